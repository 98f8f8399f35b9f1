//! From a steady document to the picture: how long, how often, how smooth the video was meanwhile, and what a look takes.

import { gaps, largest, median, quantile } from "./numbers.mjs";

/** The films: what comes, steadies, and stays so for so many milliseconds. */
const films = ["card-arrives", "passport", "licence-back"];
const still = 4_800;

/** How long a film is watched at most: it has been played twice then. */
const patience = 25_000;

/** How long nothing is there to be taken, for what the video does meanwhile. */
const empty = 15_000;

/** Measures on one device; `note` hears of each film. Gives rows, `[what, value, unit]`. */
export async function capture(bench, setting, count, note) {
  const visits = [];
  for (let index = 0; index < count; index += 1) {
    for (const name of films) {
      const record = await bench.visit({ ...setting, name, index }, untilTaken);
      const seen = { ...setting, name, index, ...judge(record) };
      note(seen);
      visits.push({ ...seen, record });
    }
  }
  const desk = await bench.visit({ ...setting, name: "empty" }, pressesAtTheEnd);
  const records = [...visits.map(({ record }) => record), desk.record];
  return [...ofPictures(visits), ...ofLooks(records), ...ofVideo(records), ["a press on the button, until the picture is shown", desk.pressed, "ms"]];
}

async function untilTaken({ page }) {
  await page.waitForFunction(() => window.record.taken !== null, null, { timeout: patience }).catch(() => {});
  return page.evaluate(() => window.record);
}

/** Watches a desk on which nothing lies, then takes the picture by hand. */
async function pressesAtTheEnd({ page, person }) {
  await page.waitForTimeout(empty);
  const record = await page.evaluate(() => window.record);
  const began = performance.now();
  await person.presses("Take photo");
  await page.getByRole("img", { name: "The photo that you took" }).waitFor();
  return { record, pressed: performance.now() - began };
}

/** What became of a film: when it was taken, in milliseconds after it was steady. */
function judge({ steady, taken, looks }) {
  if (steady === null && taken === null) throw new Error("the mark of a film was not seen");
  const hints = looks.map(({ hint }) => hint).filter((hint, place, all) => hint !== all[place - 1]);
  if (taken === null) return { became: "never", hints };
  if (steady === null) return { became: "before", hints };
  const after = taken - steady;
  return { became: after > still ? "later" : "while", after, hints };
}

function ofPictures(visits) {
  const became = (wanted) => visits.filter((visit) => visit.became === wanted);
  const times = became("while").map(({ after }) => after);
  return [
    ["films", visits.length, ""],
    ["taken while the document lay steady", became("while").length, ""],
    ["taken before: it was good enough", became("before").length, ""],
    ["taken when the film was played again", became("later").length, ""],
    ["never taken", became("never").length, ""],
    ["from steady to taken, median", median(times), "ms"],
    ["from steady to taken, nine of ten", quantile(times, 0.9), "ms"],
    ["from steady to taken, worst", largest(times), "ms"],
    ...films.map((name) => {
      const own = became("while").filter((visit) => visit.name === name);
      return [`from steady to taken, median of ${name}`, median(own.map(({ after }) => after)), "ms"];
    }),
    ["hints shown in a film, median", median(visits.map(({ hints }) => hints.length)), ""],
  ];
}

function ofLooks(records) {
  const looks = records.flatMap((record) => record.looks);
  const seconds = records.reduce((sum, { looks }) => sum + (looks.length > 1 ? looks.at(-1).asked - looks[0].asked : 0), 0) / 1_000;
  const first = records.filter(({ looks }) => looks.length > 0).map(({ frames, looks }) => looks[0].asked + looks[0].took - frames[0][0]);
  return [
    ["a look, in the worker, median", median(looks.map(({ worked }) => worked)), "ms"],
    ["a look, in the worker, nine of ten", quantile(looks.map(({ worked }) => worked), 0.9), "ms"],
    ["a look, from frame to advice in the page, median", median(looks.map(({ took }) => took)), "ms"],
    ["looks a second", (looks.length - records.length) / seconds, ""],
    ["the first advice, after the first picture of the video, median", median(first), "ms"],
  ];
}

function ofVideo(records) {
  const shown = records.flatMap(({ frames }) => gaps(frames.map(([now]) => now)));
  const seconds = records.reduce((sum, { frames }) => sum + frames.at(-1)[1] - frames[0][1], 0) / 1_000;
  const pictures = records.reduce((sum, { frames }) => sum + frames.at(-1)[2] - frames[0][2], 0);
  // What keeps the page before the video moves is no matter of the camera.
  const tasks = records.flatMap((record) => record.tasks.filter(([at]) => at > record.frames[0][0]).map(([, took]) => took));
  return [
    ["video frames shown a second", pictures / seconds, ""],
    ["from one frame to the next, median", median(shown), "ms"],
    ["from one frame to the next, 99 of 100", quantile(shown, 0.99), "ms"],
    ["from one frame to the next, longest", largest(shown), "ms"],
    ["frames that came more than 100 ms after the last, of 1,000", (1_000 * shown.filter((gap) => gap > 100).length) / shown.length, ""],
    ["longest task of the page", largest(tasks) ?? 0, "ms"],
  ];
}

//! Hands what a video shows to the worker: one frame at a time, given away and never copied, at a pace that
//! the device keeps.

import { pause } from "../waiting.js?lazy";
import { grab, nextFrame } from "./frames.js";
import { createOverlay } from "./overlay.js";
import { readingOf } from "./reading.js";

/** A frame each so many milliseconds is enough: what people do takes longer. */
const pace = 66;

/** What a slow device rests after a frame without a document, as a part of what that took: it stays cool meanwhile. */
const rest = 0.5;

/** How many milliseconds to pause after a look that `took` so many. What is seen may be taken soon: then one looks on. */
export function pauseAfter(took, seen) {
  return Math.max(pace - took, seen ? 0 : took * rest);
}

/**
 * Looks at what the video on `stage` shows until the function that it gives is called. `wanted` says what is
 * looked for. `take` gets the picture, once: `{blob, width, height, reading}`. What was read is also the video's
 * `reading`, for a picture that is taken by hand. What the person should do is said on the stage. When the sight is
 * lost, the stage is again as it was.
 */
export function watch({ ask, messages, memory, signal }, stage, wanted, take) {
  const life = new AbortController();
  const video = stage.querySelector("video");
  const overlay = createOverlay(stage, video, messages);
  const stop = () => {
    life.abort();
    overlay.remove();
  };
  signal.addEventListener("abort", stop);
  const heard = (read) => (video.reading = readingOf(read, wanted.kind, memory, messages));
  const begun = ask("watch", [{ ...wanted, today: new Date().toISOString().slice(0, 10) }]);
  begun
    .then(() => look(ask, life.signal, video, overlay, heard))
    .then((picture) => {
      if (life.signal.aborted) return;
      navigator.vibrate?.(60);
      take({ ...picture, reading: video.reading });
    })
    .catch(() => {}) // Stopped, or lost: the button is there.
    .finally(() => {
      overlay.remove();
      signal.removeEventListener("abort", stop);
      if (!signal.aborted) begun.then((number) => ask("rest", [number])).catch(() => {});
    });
  return stop;
}

/** Gives the picture. `heard` gets what is read meanwhile. */
async function look(ask, signal, video, overlay, heard) {
  for (;;) {
    signal.throwIfAborted();
    await nextFrame(video, signal);
    const shown = view(video);
    const frame = shown && (await grab(video));
    if (!frame) continue;
    if (signal.aborted) frame.close();
    signal.throwIfAborted();
    const began = performance.now();
    const advice = await ask("see", [frame, part(video, shown), Math.round(began)], [frame]);
    signal.throwIfAborted();
    overlay.show(advice, shown);
    if (advice.reading) heard(advice.reading);
    if (advice.picture) return advice.picture;
    await pause(pauseAfter(performance.now() - began, advice.outline), signal);
  }
}

/** What of the frame is seen on the screen, in its own pixels: the video covers its box. `null` before there is a size. */
function view({ videoWidth, videoHeight, clientWidth, clientHeight }) {
  const scale = Math.max(clientWidth / videoWidth, clientHeight / videoHeight);
  if (!(scale > 0 && scale < Infinity)) return null;
  const [width, height] = [clientWidth / scale, clientHeight / scale];
  return { x: (videoWidth - width) / 2, y: (videoHeight - height) / 2, width, height, scale };
}

/**
 * What of it is looked at: beside the guide all, above and below the guide half its height. The rest is but
 * table on a phone held upright, and would cost pixels of the document.
 */
function part(video, { x, y, width, height, scale }) {
  const guide = video.parentElement?.querySelector(".guide");
  if (!guide?.offsetHeight) return { x, y, width, height };
  const tall = guide.offsetHeight / scale;
  const top = (guide.offsetTop - video.offsetTop) / scale;
  const [from, to] = [Math.max(0, top - tall / 2), Math.min(height, top + tall * 1.5)];
  return { x, y: y + from, width, height: to - from };
}

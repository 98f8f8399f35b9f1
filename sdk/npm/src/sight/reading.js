//! What was read of a document: shown for confirmation, offered to fields that are empty, and held against
//! what was typed. It stays in this page; the server reads for itself.

import { draw } from "../tree.js?lazy";

/** What of a reading is shown, by which a person knows it for theirs. */
const shown = ["first_name", "last_name", "dob", "document_number", "expires_at"];

/** A reading of a document of this kind, as the screen with the picture takes it. */
export function readingOf(read, kind, memory, messages) {
  const lines = shown.filter((word) => read[word]);
  return {
    lines: () => draw(["dl", "read", ...lines.map((word) => line(messages[`reading.${word}`], inWords(word, read[word])))]),
    confirm: () => memory.keep(kind, read),
  };
}

function line(term, text) {
  return ["div", "line", ["dt", {}, term], ["dd", { dir: "auto" }, text]];
}

/** What stands in a field of this name, with days and countries as the person's language writes them. */
function inWords(field, text) {
  if (/(nationality|country)$/.test(field)) return new Intl.DisplayNames(undefined, { type: "region" }).of(text);
  if (!/(dob|_at)$/.test(field)) return text;
  return new Date(text).toLocaleDateString(undefined, { dateStyle: "long", timeZone: "UTC" });
}

/** What the person confirmed in this flow. */
export function createMemory(messages, ask) {
  let kept = null;
  /** The fields that are to have what was read, and not what was typed. */
  let preferred = [];
  let asked = false;

  /** What was read for a data identifier, such as `id.dob` or `document.passport.dob`. */
  function readFor(field) {
    const [of, kind] = field.split(".");
    const fits = kept && (of === "id" || (of === "document" && kind === kept.kind));
    return fits ? kept.read[field.split(".").at(-1)] : undefined;
  }

  return {
    keep(kind, read) {
      kept = { kind, read };
      asked = false;
    },

    /** What a field begins with of which `known` is known already; `undefined` leaves that. */
    recall(field, known) {
      const wanted = !known || preferred.includes(field);
      preferred = preferred.filter((name) => name !== field);
      return wanted ? readFor(field) : undefined;
    },

    /** Asks in `place` about what differs of these `[step, field, label, typed]`, once. `correct(step)` goes to correct it. */
    async question(place, given, correct) {
      const both = given.map(([step, field, label, typed]) => ({ step, field, label, typed, read: readFor(field) })).filter(({ read }) => read);
      if (asked || both.length === 0) return;
      const fields = await ask("differing", [both.map(({ field, read, typed }) => [field, read, typed])]).catch(() => []);
      // One step can be corrected at a time.
      const [first] = both.filter(({ field }) => fields.includes(field));
      if (!first) return;
      const differing = both.filter(({ step, field }) => step === first.step && fields.includes(field));
      const answer = (id, act) => {
        const onclick = () => {
          asked = true;
          place.replaceChildren();
          act();
        };
        return ["button", { class: "secondary", type: "button", onclick }, ["span", {}, messages[id]]];
      };
      const lines = differing.map(({ field, label, read, typed }) => {
        const values = { field: label, read: inWords(field, read), typed: inWords(field, typed) };
        return ["p", { dir: "auto" }, messages["reading.line"].replace(/\{(\w+)\}/g, (_, name) => values[name])];
      });
      const take = () => {
        preferred = differing.map(({ field }) => field);
        correct(first.step);
      };
      const words = [["h2", {}, messages["reading.differs"]], ...lines];
      place.replaceChildren(
        draw(["section", "given question", ["div", { role: "status" }, ...words], answer("reading.correct", take), answer("reading.keep", () => {})]),
      );
    },
  };
}

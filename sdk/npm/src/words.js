//! The loader's own texts: the frame's and the intro's.

import texts from "../../../flow-ui/locales/en.json?frame";

/** The text of this id with its `{placeholders}` filled in; `undefined` where there is none. */
export function say(id, values = {}) {
  return texts[id]?.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

//! The npm package: `init(options)` gives a component that opens a Vestibule flow in the page.
//! Safe to import on a server: nothing here touches `window` before `render()`.

import { readOptions } from "./src/options.js";
import { startRun } from "./src/run.js";

export { VestibuleError } from "./src/error.js";

/** See index.d.ts, which is the reviewed description of this API. */
export function init(options) {
  const wanted = readOptions(options);
  let run = null;
  return {
    render() {
      run ??= startRun(wanted, () => {
        run = null;
      });
    },
    destroy() {
      run?.destroy();
      run = null;
    },
  };
}

export default { init };

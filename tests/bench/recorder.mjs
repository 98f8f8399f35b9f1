//! Notes what happens at the camera, in the page and in the worker, and changes nothing of it.

/**
 * Runs in the page before its scripts. `window.record` has, in milliseconds of the page's clock: the frames that the
 * video showed, the looks of the sight, since when the document of a marked film is steady (`films.mjs`), when
 * the picture came, and how long tasks kept the page from everything else.
 */
export function recordPage() {
  const record = { frames: [], looks: [], tasks: [], started: false, steady: null, taken: null };
  window.record = record;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) record.tasks.push([startTime, duration]);
  }).observe({ type: "longtask" });

  const Native = window.Worker;
  window.Worker = class extends Native {
    #asked = new Map();

    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data: [id, answer, , worked] }) => {
        const now = performance.now();
        const [call, asked] = this.#asked.get(id);
        this.#asked.delete(id);
        if (call === "start") record.started = true;
        if (call !== "see" || !answer?.hint) return;
        record.looks.push({ asked, took: now - asked, worked, hint: answer.hint });
        if (answer.picture) record.taken ??= now;
      });
    }

    postMessage(message, transferred) {
      this.#asked.set(message[0], [message[1], performance.now()]);
      super.postMessage(message, transferred);
    }
  };

  const seen = new WeakSet();
  const play = HTMLVideoElement.prototype.play;
  HTMLVideoElement.prototype.play = function () {
    if (this.requestVideoFrameCallback && !seen.has(this)) {
      seen.add(this);
      noteFrames(this);
    }
    return play.call(this);
  };

  function noteFrames(video) {
    video.requestVideoFrameCallback((now, { presentationTime, presentedFrames, captureTime }) => {
      record.frames.push([now, presentationTime, presentedFrames]);
      if (record.steady === null) noteMark(new VideoFrame(video), captureTime ?? presentationTime);
      noteFrames(video);
    });
  }

  /** Reads one piece of the frame, so that to measure costs nothing that could be measured. */
  async function noteMark(frame, at) {
    const rect = { x: 8, y: 8, width: 8, height: 8 };
    const piece = new Uint8Array(frame.allocationSize({ rect }));
    await frame.copyTo(piece, { rect });
    frame.close();
    // Its first byte is how bright a pixel is, or how red.
    if (piece[0] > 128) record.steady ??= at;
  }
}

/**
 * What stands before the worker's script: it says with each answer how many milliseconds the worker was at it, after
 * a pause by which all takes `slower` times as long, and keeps the memory of the module in `self.memory`.
 */
export function workerPrelude(slower) {
  return `(${recordWorker})(${slower});\n`;
}

function recordWorker(slower) {
  let began = 0;
  self.addEventListener("message", () => (began = performance.now()));
  const post = self.postMessage.bind(self);
  // It waits and does not keep a processor busy, which the page and the camera need as on a device of their own.
  const place = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
  self.postMessage = ([id, answer, failed]) => {
    Atomics.wait(place, 0, 0, (performance.now() - began) * (slower - 1));
    post([id, answer, failed, performance.now() - began]);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const native = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await native.apply(WebAssembly, given);
      self.memory = (made.instance ?? made).exports.memory;
      return made;
    };
  }
}

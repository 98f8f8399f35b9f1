//! The worker: looks at frames in a thread of its own: draws each to a canvas, lets the wasm module see its pixels,
//! and keeps the sharpest at full size until the picture is taken.

import start, { Eye, differs } from "vestibule:vision";

/** So many pixels are looked at: what 720p has. The picture that is taken has all that the camera gave. */
const looked = 921_600;

/** What is kept around the document, as a part of its size. */
const margin = 0.08;

/** JPEG quality: above it files grow and nothing is gained for reading. */
const quality = 0.92;

/** A picture's longest side: as in `flow-ui/src/capture/picture.rs`. */
const longest = 2560;

/** Vectors of 128 bits: a function that makes one and drops it. */
const vectors = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11]);

/** What is looked at, and what is kept: two canvases that are used over and over. */
const small = canvas({ willReadFrequently: true });
const kept = canvas({});
let eye = null;
/** How often something was begun to be looked for. */
let watches = 0;

const calls = {
  async start() {
    const file = WebAssembly.validate(vectors) ? SIGHT_WASM : SIGHT_PLAIN_WASM;
    await start({ module_or_path: new URL(file, import.meta.url) });
  },

  /** Begins to look for something else; gives its number. */
  watch({ subject, kind, today }) {
    eye?.free();
    eye = new Eye(subject, kind, today);
    return (watches += 1);
  },

  /** Nobody looks any more, unless another watch has begun: gives the memory of the canvases back. */
  rest(watch) {
    if (watch !== watches) return;
    eye?.free();
    eye = null;
    for (const { element } of [small, kept]) element.width = element.height = 0;
  },

  /** Looks at the part of a frame, in its pixels, that was taken at this time. */
  async see(frame, part, at) {
    try {
      if (!eye) return {};
      const scale = Math.min(1, Math.sqrt(looked / (part.width * part.height)));
      const [width, height] = [part.width, part.height].map((side) => Math.floor(side * scale));
      draw(small, frame, part, width, height);
      const advice = eye.see(small.brush.getImageData(0, 0, width, height).data, width, height, at);
      const { keep, take, outline: corners, ...told } = advice;
      const outline = corners && inFrame(corners, part, scale);
      if (keep) keepFrame(frame, outline);
      return { ...told, outline, reading: eye.reading(), ...(take && { picture: await picture() }) };
    } finally {
      frame.close();
    }
  },

  /** Of these `[field, read, typed]`, the fields of which both differ. */
  differing(asked) {
    const capitals = (text) => text.toUpperCase();
    const differ = ([field, ...both]) => differs(field.split(".").at(-1), ...both.map(capitals));
    return asked.filter(differ).map(([field]) => field);
  },
};

self.onmessage = async ({ data: [id, name, values] }) => {
  try {
    self.postMessage([id, await calls[name](...values)]);
  } catch (error) {
    self.postMessage([id, null, String(error)]);
  }
};

function canvas(attributes) {
  const element = new OffscreenCanvas(1, 1);
  return { element, brush: element.getContext("2d", attributes) };
}

/** Draws a part of a source over a whole canvas, which keeps its memory while its size stays. */
function draw({ element, brush }, source, { x, y, width, height }, wide, high) {
  if (element.width !== wide) element.width = wide;
  if (element.height !== high) element.height = high;
  brush.drawImage(source, x, y, width, height, 0, 0, wide, high);
}

/** Corners of what is looked at, in the pixels of the frame. */
function inFrame(corners, { x, y }, scale) {
  return Array.from(corners, (place, index) => place / scale + (index % 2 ? y : x));
}

/** Keeps the document of this frame, in place of the one before. */
function keepFrame(frame, outline) {
  const [wide, high] = [frame.displayWidth ?? frame.width, frame.displayHeight ?? frame.height];
  const cut = (first, end) => {
    const places = outline.filter((_, index) => index % 2 === first);
    const more = (Math.max(...places) - Math.min(...places)) * margin;
    const from = Math.max(0, Math.floor(Math.min(...places) - more));
    return [from, Math.min(end, Math.ceil(Math.max(...places) + more)) - from];
  };
  const [[x, width], [y, height]] = [cut(0, wide), cut(1, high)];
  const scale = Math.min(1, longest / Math.max(width, height));
  draw(kept, frame, { x, y, width, height }, Math.round(width * scale), Math.round(height * scale));
}

/** What is kept, as a JPEG. */
async function picture() {
  const { width, height } = kept.element;
  return { blob: await kept.element.convertToBlob({ type: "image/jpeg", quality }), width, height };
}

//! The burst: smaller pictures of what the camera shows, in a row right after a selfie. Loaded where one is wanted.

import texts from "../../../../flow-ui/locales/en.json?burst";

/** A picture's longest side, in pixels, and its JPEG quality: little more is asked of each face than its movement. */
const longest = 640;
const quality = 0.6;

/** How much is kept around the guide, as a part of its size: as in `flow-ui/src/capture/viewport.rs`. */
const margin = 0.08;

/**
 * Takes so many pictures of what `video` shows in the guide, so many milliseconds apart: fewer when memory is short, and
 * none once the camera is gone. The person is told to keep looking. From then on `selfie.addBurst(form)` adds those that
 * could be taken to the form in which it is sent. Without a selfie this is only loaded.
 */
export async function burst(selfie, video, pictures, apart) {
  if (!selfie) return;
  tell(video.parentElement, texts["burst.look"]);
  const taken = [];
  selfie.addBurst = (form) => taken.forEach((picture) => form.append("burst", picture));
  for (let left = pictures; left > 0; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, apart));
    if (!video.srcObject?.active) break;
    const picture = await grab(video).catch(() => null);
    if (picture) taken.push(picture);
  }
}

/** Says this in the place of what the flow says on the stage, which goes with the burst. */
function tell(stage, words) {
  const asked = stage.querySelector(".bottom > p");
  const told = document.createElement("p");
  told.role = "status";
  asked.after(told);
  asked.hidden = true;
  told.textContent = words;
  stage.querySelector(".shutter").ariaDisabled = "true";
}

async function grab(video) {
  const { x, y, width, height } = inGuide(video);
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height].map((side) => Math.round(side * scale));
  canvas.getContext("2d").drawImage(video, x, y, width, height, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  canvas.width = canvas.height = 0;
  return picture;
}

/** The part of the frame that is seen in the guide and its margin; it stands in the middle, so a mirror changes nothing. */
function inGuide(video) {
  const [seen, guide] = [video, video.parentElement.querySelector(".guide")].map((element) => element.getBoundingClientRect());
  const { videoWidth, videoHeight } = video;
  const scale = Math.max(seen.width / videoWidth, seen.height / videoHeight);
  const along = (start, length, shown, whole) => {
    const from = Math.max(0, (start - length * margin - (shown - whole * scale) / 2) / scale);
    return [from, Math.min(whole - from, (length * (1 + 2 * margin)) / scale)];
  };
  const [x, width] = along(guide.x - seen.x, guide.width, seen.width, videoWidth);
  const [y, height] = along(guide.y - seen.y, guide.height, seen.height, videoHeight);
  return { x, y, width, height };
}

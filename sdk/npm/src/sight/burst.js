//! The burst: smaller pictures of what the camera shows, in a row right after a selfie. Loaded where one is wanted.

import texts from "../../../../flow-ui/locales/en.json?burst";

/** A picture's longest side, in pixels, and its JPEG quality: little more is asked of each face than its movement. */
const longest = 640;
const quality = 0.6;

/**
 * Takes so many pictures, so many milliseconds apart, of the part of the video's frame that the selfie shows (`x`, `y`,
 * `width`, `height`, in its pixels): fewer when memory is short, and none once the camera is gone. The person is told to keep looking. From then on `selfie.addBurst(form)` adds those that
 * could be taken to the form in which it is sent. Without a selfie this is only loaded.
 */
export async function burst(selfie, video, pictures, apart, ...part) {
  if (!selfie) return;
  tell(video.parentElement, texts["burst.look"]);
  const taken = [];
  selfie.addBurst = (form) => taken.forEach((picture) => form.append("burst", picture));
  for (let left = pictures; left > 0; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, apart));
    if (!video.srcObject?.active) break;
    const picture = await grab(video, part).catch(() => null);
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

async function grab(video, [x, y, width, height]) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height].map((side) => Math.round(side * scale));
  canvas.getContext("2d").drawImage(video, x, y, width, height, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  canvas.width = canvas.height = 0;
  return picture;
}

//! The Chromium that a person sits before: its flags, the film in its camera, and how a telephone's camera differs.

const flags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-device-for-media-stream",
];

/** How it is launched with this camera (`camera.mjs`). */
export function launchOptions(camera) {
  return {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...flags, `--use-file-for-fake-video-capture=${camera.film}`],
  };
}

/**
 * Runs in the page. A telephone's browser takes the wanted width and height as those of the camera
 * lying across, and turns the picture upright; the fake camera knows nothing of that.
 */
export function turnTheCamera() {
  const devices = navigator.mediaDevices;
  if (!devices) return;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = ({ video, ...rest }) => open({ ...rest, video: video === true ? true : { ...video, width: video.height, height: video.width } });
}

//! The frames of a video: waiting for the next one, and taking it.

/**
 * Waits for a picture that the video shows anew; where the browser does not tell, for each that it draws.
 * None comes while the page is hidden.
 */
export function nextFrame(video, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
    const shown = () => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(shown);
    else requestAnimationFrame(shown);
  });
}

/** The frame that is shown; `null` while there is none. */
export async function grab(video) {
  try {
    return self.VideoFrame ? new VideoFrame(video) : await createImageBitmap(video);
  } catch {
    return null;
  }
}

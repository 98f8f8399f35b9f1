//! The film in the browser's fake camera. The browser opens the file anew with each camera session,
//! so what the camera shows next can be changed while the browser runs.

import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** How many frames a film has; it is played over and over. */
const frames = 30;

export class Camera {
  /** The film, for Chromium's `--use-file-for-fake-video-capture`. */
  film;
  /** How the camera is held: `across` as a webcam, `upright` as a telephone. */
  held = "across";

  constructor(film) {
    this.film = film;
    this.shows("passport");
  }

  /** Points it at a scene of tests/fixtures/scenes: `passport`, `id-card-front`, `id-card-back`, `selfie`, or a `desk` on which nothing lies. */
  shows(scene) {
    const frame = readFileSync(new URL(`../fixtures/scenes/${this.held}/${scene}.jpg`, import.meta.url));
    writeFileSync(`${this.film}.next`, Buffer.concat(Array(frames).fill(frame)));
    renameSync(`${this.film}.next`, this.film);
  }

  /** Lets it see a film: the path of one, of `films.mjs`. */
  plays(film) {
    copyFileSync(film, `${this.film}.next`);
    renameSync(`${this.film}.next`, this.film);
  }
}

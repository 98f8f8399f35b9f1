/**
 * Opens an identity-onboarding flow in a web page.
 *
 * ```js
 * import { init } from "@vestibule/sdk";
 *
 * init({ kind: "verify", authToken, onComplete: (validationToken) => send(validationToken) }).render();
 * ```
 */

/**
 * Reads the options and gives a component. Nothing is drawn or loaded before `render()`, so this
 * can be called on a server too.
 *
 * @throws {TypeError} at once, with a sentence that names the option, when an option is wrong,
 * missing or unknown.
 */
export function init(options: Options): Component;

declare const vestibule: { init: typeof init };
export default vestibule;

/** A flow of its own. Components on one page do not disturb each other. */
export interface Component {
  /**
   * Draws the frame with its intro at once and loads the rest. While the frame is there, calling
   * it again changes nothing; once it is gone, calling it again begins a new run.
   *
   * @throws {VestibuleError} `no_container` when no element has the `containerId`.
   */
  render(): void;

  /**
   * Takes the frame away with all that belongs to it (elements, listeners, timers, requests,
   * camera) and gives the page back its scrolling and its focus. No callback is called by it or
   * after it. May be called at any time and more than once.
   */
  destroy(): void;
}

export type Options = StartedOptions | SkillOptions | AuthOptions;

/** A session that your backend started: `POST /onboarding/session`. */
export interface StartedOptions extends CommonOptions {
  /**
   * What the session was started for. What is opened the token alone decides.
   * - `verify` or `onboard`: a person, or a business, is onboarded.
   * - `inherit`: a person gives what a reviewer asked for; the reviewer's note stands above the steps.
   * - `update_login_methods`: a person logs in, and changes how they do.
   * - `auth`: a person logs in, and no more.
   */
  kind: "verify" | "onboard" | "inherit" | "update_login_methods" | "auth";
  /** The `token` that your backend got: `obtok_…`, or the omni family's. */
  authToken: string;
}

/** A session that the page starts itself: `POST /sessions`. */
export interface SkillOptions extends CommonOptions {
  kind: "skill";
  /** Your public client id. */
  clientId: string;
  /** Your public client app key (`cak_…`). */
  clientAppKey: string;
  /** What is to be done, by its name in the catalogue, such as `kyc_document_#1.0`. */
  skill: string;
  /** Your own name for the person: 10 to 256 of `A-Z a-z 0-9 _ . -`. */
  tenantUserId?: string;
}

/** A log-in that the page starts itself. */
export interface AuthOptions extends CommonOptions {
  kind: "auth";
  /** Your public client id. */
  clientId: string;
  /** Your public client app key (`cak_…`). */
  clientAppKey: string;
  /** Your own name for the person: 10 to 256 of `A-Z a-z 0-9 _ . -`. */
  tenantUserId?: string;
}

interface CommonOptions {
  /**
   * - `modal` (default): a dialog in the middle of the page; the whole screen on a phone.
   * - `drawer`: a dialog at the page's side; a sheet from below on a phone.
   * - `inline`: part of the page, in the element `containerId`; it has no close button.
   */
  variant?: "modal" | "drawer" | "inline";

  /** For `inline`: the id of the element in which the flow is drawn. */
  containerId?: string;

  /** The origin of the Vestibule server, such as `https://verify.example.com`. Default: the page's own. */
  server?: string;

  /**
   * The person sees this step, by its name in the skill; told once for each that comes, and again for one to which
   * they go back. For your funnel: nothing of what they gave is told.
   */
  onStep?(name: string): void;

  /**
   * The person is done. `token` is what your backend redeems, once: a validation token
   * (`POST /onboarding/session/validate`) of a session that your backend started, a temp token
   * (`POST /token`) of one that the page started itself (`skill`, and `auth` without `authToken`).
   * The frame stays and shows its last screen until the person closes it or you call `destroy()`.
   * A person who leaves while only files are missing that may come after the token (`after_token` in the
   * skill) is done too.
   */
  onComplete?(token: string, details: CompleteDetails): void;

  /** The person left before the end. What was given is kept; a session that your backend started can be resumed. */
  onCancel?(): void;

  /**
   * The flow cannot go on, and trying again does not help: an expired or wrong token, options
   * that the server refuses, a browser that is too old. The person has been told in the frame.
   * A lost connection is no such error: the frame waits, and offers to try again.
   */
  onError?(error: VestibuleError): void;

  /** The frame is gone from the page, after whatever was the reason. */
  onClose?(): void;

  // Of onComplete, onCancel and onError exactly one is called in a run, once; none after destroy().
}

export interface CompleteDetails {
  /** Where the hosted page would go now, if the session was started with a redirect URL. */
  redirectUrl: string | null;
}

/** What stopped a flow. */
export class VestibuleError extends Error {
  readonly name: "VestibuleError";
  /**
   * The server's code (`session_expired`, `invalid_token`, `invalid_client_id`, …), or the
   * loader's: `offline`, `network`, `load_failed`, `flow_failed`,
   * `unsupported_browser`, `no_container`.
   */
  readonly code: string;
  /** Whether the same may succeed later. */
  readonly retryable: boolean;
  /** Names the occurrence in the server's log. Quote it to support. */
  readonly supportId: string | null;
}

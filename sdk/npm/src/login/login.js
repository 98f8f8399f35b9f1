//! What a browser does when somebody logs in, loaded when a step about it is shown: authenticators are asked, and
//! messages are read. One thing is asked at a time; what is asked next ends what was asked before.

import { creationOptions, requestOptions, written } from "./credential.js";

/** How people log in, on one page, until `signal` ends. */
export function createLogin(signal) {
  /** What is asked now, and what the browser offers while nothing else is. */
  let asked;
  let offered;
  signal.addEventListener("abort", stop);

  function stop() {
    offered = null;
    asked?.abort();
  }

  /** The signal of what is asked next, in the place of what was asked before. */
  function instead() {
    asked?.abort();
    asked = new AbortController();
    return asked.signal;
  }

  /** Asks the browser for a credential. */
  function ask(method, options) {
    return navigator.credentials[method]({ ...options, signal: instead() });
  }

  /** Lets the browser offer passkeys where an address is typed, where it can. */
  async function offer(text, take) {
    const before = asked;
    const mine = (offered = [text, take]);
    try {
      if (!(await self.PublicKeyCredential?.isConditionalMediationAvailable?.())) return;
      if (asked === before && offered === mine) take(written(await ask("get", { ...requestOptions(text), mediation: "conditional" })));
    } catch {} // Nobody asked for it: there are the other ways.
  }

  return {
    stop,
    offer,

    /** Makes a passkey. Gives `{passkey}`, a credential as JSON, or `{declined}`: whether the person wants none now. */
    create: (text) => answer(() => ask("create", creationOptions(text))),

    /** Asks for one, with the browser's own dialog. Gives the same; without a passkey they are offered again. */
    async get(text) {
      const given = await answer(() => ask("get", requestOptions(text)));
      if (offered && !given.passkey) offer(...offered);
      return given;
    },

    /** Leads to a window of its own. Gives `{back}` when the person is, or nothing where none was opened. */
    async window(url) {
      const signal = instead();
      if (!open(url)) return {};
      return new Promise((end) => {
        const look = () => document.hidden || end({ back: true });
        document.addEventListener("visibilitychange", look, { signal });
        addEventListener("focus", look, { signal });
        signal.addEventListener("abort", () => end({ declined: true }));
      });
    },

    /** Reads the code from a text message that names this page (WebOTP), where the browser can. */
    async hear(take) {
      try {
        if (self.OTPCredential) take((await ask("get", { otp: { transport: ["sms"] } })).code);
      } catch {} // The person types it.
    },
  };
}

/**
 * Web Authentication Level 3, sections 5.1.3 and 5.1.4: a person who does not want to and one who takes too long are
 * both `NotAllowedError`.
 */
async function answer(ask) {
  try {
    return { passkey: written(await ask()) };
  } catch ({ name }) {
    return { declined: /^(NotAllowed|Abort)Error$/.test(name) };
  }
}

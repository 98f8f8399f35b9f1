//! A device that makes passkeys and proves them: the browser's own virtual authenticator.

export class Authenticator {
  #devtools;
  #id;

  /** Puts one into the browser of this page. `willing` says whether its owner shows their finger. */
  static async plugInto(page, willing = true) {
    const authenticator = new Authenticator();
    authenticator.#devtools = await page.context().newCDPSession(page);
    await authenticator.#devtools.send("WebAuthn.enable");
    const { authenticatorId } = await authenticator.#devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: willing,
        automaticPresenceSimulation: true,
      },
    });
    authenticator.#id = authenticatorId;
    return authenticator;
  }

  /** What it keeps. */
  async passkeys() {
    const { credentials } = await this.#devtools.send("WebAuthn.getCredentials", { authenticatorId: this.#id });
    return credentials;
  }

  /** Whether somebody touches it by themselves: without, the browser's own offers go unanswered. */
  async isTouched(touched) {
    await this.#devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: this.#id, enabled: touched });
  }
}

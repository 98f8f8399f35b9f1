//! The demo bank's page: what a customer of ours builds.

import { expect } from "@playwright/test";

export class HostPage {
  constructor(page, server) {
    this.page = page;
    this.server = server;
  }

  async opens() {
    await this.page.goto(`${this.server.url}/`);
    await expect(this.verifyButton).toBeEnabled();
  }

  get verifyButton() {
    return this.page.getByRole("button", { name: "Verify your identity" });
  }

  /** The flow's frame, where it is a dialog. */
  get dialog() {
    return this.page.getByRole("dialog");
  }

  /** Chooses, as an engineer would, how the flow opens: `Modal`, `Drawer`, `In the page`. */
  async choosesVariant(name) {
    await this.page.getByText("For engineers").click();
    await this.page.getByRole("radio", { name }).check();
  }

  /** Chooses that the page itself starts the session, with its public client. */
  async choosesOwnSession() {
    await this.page.getByRole("radio", { name: /The page, with its public client/ }).check();
  }

  /** Presses the bank's button. */
  async verifies() {
    await this.verifyButton.click();
  }

  /** What the page says once its backend has redeemed the token. */
  async shows(title) {
    await expect(this.page.getByRole("heading", { level: 2, name: title })).toBeVisible();
  }

  /** What stands beside this term in the result. */
  result(term) {
    const line = this.page.locator("dl > div").filter({ has: this.page.getByRole("term").filter({ hasText: term }) });
    return line.getByRole("definition");
  }

  /**
   * Does what an engineer writes: `init` with these options, and `render()`. Every callback is
   * written down with what it was called with. Gives the number of the component.
   */
  async integrates(options) {
    return this.page.evaluate(async (options) => {
      const { init } = await import("/sdk/index.js");
      window.calls ??= [];
      window.components ??= [];
      const number = window.components.length;
      const note = (name) => (value) => window.calls.push([number, name, value instanceof Error ? value.code : value ?? null]);
      const callbacks = Object.fromEntries(["onComplete", "onCancel", "onError", "onClose"].map((name) => [name, note(name)]));
      window.components.push(init({ ...options, ...callbacks }));
      window.components[number].render();
      return number;
    }, options);
  }

  /** Calls a component's method. */
  async calls(number, method) {
    await this.page.evaluate(([number, method]) => window.components[number][method](), [number, method]);
  }

  /** The callbacks of a component so far, by name, with what they were called with. */
  async heard(number) {
    const calls = await this.page.evaluate(() => window.calls ?? []);
    return calls.filter(([of]) => of === number).map(([, name, value]) => [name, value]);
  }
}

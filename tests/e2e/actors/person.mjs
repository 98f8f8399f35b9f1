//! The person who is onboarded: does what the screens ask, by what they say.

import { expect } from "@playwright/test";
import { fileURLToPath } from "node:url";

/** What Anna gives, as the labels ask for it. */
const details = {
  "First names": "Anna Maria",
  "Last name": "Eriksson",
  "Email address": "anna.eriksson@mail.example",
  Address: "12 Harbour Street",
  "Town or city": "Zenith",
  Postcode: "94107",
};
/** What she gives of her business. */
const business = {
  "Legal name of the business": "Harbour Chandlers Ltd.",
  "Employer identification number (EIN)": "12-3456789",
  "Phone number of the business": "+1 415 555 0132",
};
const place = { Address: "1 Quay", "Town or city": "Zenith", "State or region": "California", Postcode: "94107" };
const birthday = { Day: "12", Month: "8", Year: "1974" };

export class Person {
  constructor(page, camera, server) {
    this.page = page;
    this.camera = camera;
    this.server = server;
  }

  /** The heading that says where one is. */
  heading(name) {
    return this.page.getByRole("heading", { level: 1, name });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  field(name) {
    return this.page.getByRole("textbox", { name, exact: true });
  }

  /** Is before the screen with this heading. */
  async sees(name) {
    await expect(this.heading(name)).toBeVisible();
  }

  async presses(name) {
    await this.button(name).click();
  }

  /** Opens a link that somebody sent. */
  async opens(link) {
    // From one link to another that differs after the # alone, a browser does not navigate.
    await this.page.goto("about:blank");
    await this.page.goto(link);
  }

  /** Reads the intro and starts. */
  async starts() {
    await this.presses("Start");
  }

  /** Asks for a code to her address, and types the one that comes. */
  async logsIn(tenant, address = details["Email address"]) {
    await this.isAskedForEmail();
    await this.field("Email address").fill(address);
    await this.presses("Continue");
    await this.typesCode(tenant, address);
  }

  /** Comes to the question for her address, by way of that for her telephone if it stands first. */
  async isAskedForEmail() {
    await this.sees(/^What is your/);
    if (await this.heading("What is your phone number?").isVisible()) await this.presses("Use your email address instead");
    await this.sees("What is your email address?");
  }

  /** Types the code that was sent to this address. */
  async typesCode(tenant, address = details["Email address"]) {
    await this.sees(address.includes("@") ? "Check your email" : "Check your text messages");
    await this.field("Code").fill(await tenant.codeFor(address));
  }

  /** Fills the form of the first step, and sends it. */
  async givesDetails(changes = {}) {
    await this.sees("Your details");
    for (const [label, text] of Object.entries({ ...details, ...changes })) await this.field(label).fill(text);
    for (const [part, digits] of Object.entries(birthday)) await this.field(part).fill(digits);
    await this.page.getByRole("combobox", { name: "Country" }).selectOption({ label: "Sweden" });
    await this.presses("Continue");
  }

  /** Says what her business is, and where. */
  async describesBusiness() {
    await this.sees("Your business");
    for (const [label, text] of Object.entries(business)) await this.field(label).fill(text);
    await this.page.getByRole("combobox", { name: "Kind of business" }).selectOption({ label: "Limited liability company (LLC)" });
    await this.presses("Continue");
    await this.sees("Where your business is");
    for (const [label, text] of Object.entries(place)) await this.field(label).fill(text);
    await this.page.getByRole("combobox", { name: "Country" }).selectOption({ label: "United States" });
    await this.presses("Continue");
  }

  /** Adds an owner: first and last name, address, share in percent. */
  async addsOwner(firstName, lastName, email, stake) {
    await this.presses("Add an owner");
    const owner = this.page.getByRole("group", { name: /^Owner \d+$/ }).last();
    const given = { "First names": firstName, "Last name": lastName, "Email address": email, "Share, in percent": stake };
    for (const [label, text] of Object.entries(given)) await owner.getByRole("textbox", { name: label, exact: true }).fill(text);
  }

  /** Agrees to every text. */
  async agrees() {
    await this.sees("Your agreement");
    for (const tick of await this.page.getByRole("checkbox").all()) await tick.check();
    await this.presses("Continue");
  }

  /** Says which document it will be. */
  async chooses(document) {
    await this.sees("Choose your document");
    await this.page.getByRole("radio", { name: document }).check();
    await this.presses("Continue");
  }

  /** Opens a link and goes as far as the first photograph of this document. */
  async comesToPhotograph(document, link) {
    await this.opens(link);
    await this.starts();
    await this.givesDetails();
    await this.agrees();
    await this.chooses(document);
  }

  /** Takes a picture of what the camera is pointed at, from the screen that asks for it. */
  async photographs(scene, heading) {
    this.camera.shows(scene);
    await this.sees(heading);
    await this.presses("Open camera");
    await this.shoots();
    await this.accepts();
  }

  /** The heading over a picture that was taken; with what was read in it, or without. */
  get taken() {
    return this.heading(/^(Is it sharp and complete|Is this right)\?$/);
  }

  /** Presses the shutter once the camera shows something, unless the picture is taken by itself before. Sees the picture. */
  async shoots() {
    const shutter = this.page.locator("button.shutter:not([aria-disabled])");
    await expect(shutter.or(this.taken)).toBeVisible();
    await shutter.click({ timeout: 2_000 }).catch(() => {});
    await expect(this.taken).toBeVisible();
    await expect(this.page.getByRole("img", { name: "The photo that you took" })).toBeVisible();
  }

  /** Says that the picture is good, and that what was read is right. */
  async accepts() {
    await this.page.getByRole("button", { name: /^(Use this photo|Yes, this is right)$/ }).click();
  }

  /** Chooses a file instead of using the camera. */
  async uploads(picture) {
    const chooser = this.page.waitForEvent("filechooser");
    await this.presses("Upload a photo instead");
    await (await chooser).setFiles(fileURLToPath(new URL(`../../fixtures/pictures/${picture}`, import.meta.url)));
    await this.sees("Is it sharp and complete?");
    await this.presses("Use this photo");
  }

  async photographsPassport() {
    await this.chooses("Passport");
    await this.photographs("passport", "Photograph your passport");
  }

  async photographsCard() {
    await this.chooses("Identity card");
    await this.photographs("id-card-front", "Photograph the front");
    await this.photographs("id-card-back", "Now photograph the back");
  }

  async takesSelfie() {
    await this.photographs("selfie", "Take a picture of yourself");
  }

  /** Looks everything over and sends it. */
  async confirms() {
    await this.sees("Check your answers");
    await this.presses("Confirm and send");
  }

  /** Goes back from the review to one of its parts. */
  async changes(part) {
    await this.page.getByRole("button", { name: new RegExp(`^Change ?: ${part}$`) }).click();
  }

  /** Closes the frame after the last screen, by that screen's own button. */
  async closes() {
    await this.sees("Thank you, that is all");
    await this.button("Close").last().click();
  }

  /** From the first step to before the review. */
  async givesEverything() {
    await this.givesDetails();
    await this.agrees();
    await this.photographsPassport();
    await this.takesSelfie();
  }

  /** From the first step to the end. */
  async goesThrough() {
    await this.givesEverything();
    await this.confirms();
    await this.sees("Thank you, that is all");
  }
}

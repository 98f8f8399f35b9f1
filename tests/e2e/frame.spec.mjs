//! The frame in the host page: its variants, how one leaves it, and that nothing of it stays.

import { Visitor } from "../house/visitor.mjs";
import { expect, test } from "./house.mjs";

/** A component of a session that was just started, drawn on the bank's page. */
async function opensComponent(hostPage, tenant, options = {}) {
  const { body } = await tenant.startOnboarding();
  return hostPage.integrates({ kind: "verify", authToken: body.token, ...options });
}

test("nothing is drawn or loaded before render", async ({ page, hostPage }) => {
  await hostPage.opens();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.evaluate(async () => {
    const { init } = await import("/sdk/index.js");
    init({ kind: "verify", authToken: "obtok_of_nobody" });
  });
  expect(asked.filter((path) => path !== "/sdk/index.js")).toEqual([]);
  await expect(page.locator("vestibule-frame")).toHaveCount(0);
});

test("wrong options throw a sentence at once", async ({ page, hostPage }) => {
  await hostPage.opens();
  const refusal = (options) =>
    page.evaluate(async (options) => {
      const { init } = await import("/sdk/index.js");
      try {
        init(options);
        return null;
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    }, options);
  for (const options of [undefined, {}, { kind: "onboard" }, { kind: "verify" }, { kind: "verify", authToken: 1 }]) {
    expect(await refusal(options)).toMatch(/^TypeError: .+\.$/);
  }
  expect(await refusal({ kind: "verify", authToken: "obtok_x", variant: "inline" })).toContain("containerId");
  expect(await refusal({ kind: "verify", authToken: "obtok_x", colour: "red" })).toContain("colour");
});

for (const [variant, name] of [["modal", "Modal"], ["drawer", "Drawer"]]) {
  test(`the ${variant} is a dialog: it holds the focus and the page, and gives both back`, async ({ page, hostPage, person }) => {
    await hostPage.opens();
    await hostPage.choosesVariant(name);
    const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflowY);
    const before = await overflow();
    await hostPage.verifies();
    await expect(hostPage.dialog).toBeVisible();
    await expect(hostPage.dialog).toHaveAttribute("aria-modal", "true");
    await expect(hostPage.dialog).toHaveAccessibleName("Confirm who you are");
    expect(await overflow()).toBe("hidden");
    await expect(person.button("Start")).toBeVisible();
    for (let press = 0; press < 8; press += 1) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.localName === "vestibule-frame");
      expect(inside, "the focus never reaches the page behind").toBe(true);
    }
    await page.keyboard.press("Escape");
    await expect(hostPage.dialog).toHaveCount(0);
    expect(await overflow()).toBe(before);
    await expect(hostPage.verifyButton).toBeFocused();
  });
}

test("inline is part of the page, and goes through to the result", async ({ page, hostPage, person }) => {
  await hostPage.opens();
  await hostPage.choosesVariant("In the page");
  await hostPage.verifies();
  await person.starts();
  await person.sees("Your details");
  await expect(hostPage.dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Confirm who you are" })).toBeVisible();
  await person.goesThrough();
  await hostPage.shows("Welcome to Northwind");
});

for (const way of ["Escape", "the close button"]) {
  test(`leaving in the middle by ${way} asks once`, async ({ page, hostPage, person, tenant }) => {
    await hostPage.opens();
    const component = await opensComponent(hostPage, tenant);
    await person.starts();
    await person.sees("Your details");
    const leave = () => (way === "Escape" ? page.keyboard.press("Escape") : person.presses("Close"));

    await leave();
    await expect(page.getByRole("alertdialog", { name: "Leave now?" })).toBeVisible();
    await person.presses("Stay");
    await person.sees("Your details");
    expect(await hostPage.heard(component)).toEqual([]);

    await leave();
    await person.presses("Leave");
    await expect(hostPage.dialog).toHaveCount(0);
    expect(await hostPage.heard(component)).toEqual([["onCancel", null], ["onClose", null]]);
  });
}

test("a finished flow tells its token once, and closes without asking", async ({ page, hostPage, person, tenant }) => {
  await hostPage.opens();
  const component = await opensComponent(hostPage, tenant);
  await person.starts();
  await person.goesThrough();
  await page.keyboard.press("Escape");
  await expect(hostPage.dialog).toHaveCount(0);
  const heard = await hostPage.heard(component);
  expect(heard.map(([name]) => name)).toEqual(["onComplete", "onClose"]);
  expect(heard[0][1]).toMatch(/^valtok_/);
  const { status, body } = await tenant.validate(heard[0][1]);
  expect([status, body.user.status]).toEqual([200, "pass"]);
  expect((await tenant.validate(heard[0][1])).body.code).toBe("invalid_validation_token");
});

test("a token of nobody ends with words and one onError", async ({ hostPage, person }) => {
  await hostPage.opens();
  const component = await hostPage.integrates({ kind: "verify", authToken: "obtok_0000000000000000000000000000000000" });
  await person.sees("This cannot be opened");
  expect(await hostPage.heard(component)).toEqual([["onError", "invalid_token"]]);
});

test("destroy leaves nothing behind", async ({ page, hostPage, person, tenant }) => {
  await page.addInitScript(watchTimersAndTracks);
  await hostPage.opens();
  // Once before, so that what is loaded once for all components is not counted.
  await hostPage.calls(await opensComponent(hostPage, tenant), "destroy");
  const before = await remains(page);

  const component = await opensComponent(hostPage, tenant);
  await person.starts();
  await person.givesDetails();
  await person.agrees();
  await person.chooses("Passport");
  person.camera.shows("desk");
  await person.presses("Open camera");
  await expect(page.locator(".seeing")).toBeVisible();
  expect(await page.evaluate(() => window.liveTracks())).toBe(1);
  expect(page.workers()).toHaveLength(1);

  await hostPage.calls(component, "destroy");
  await hostPage.calls(component, "destroy");
  await expect.poll(() => remains(page)).toEqual(before);
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await hostPage.heard(component)).toEqual([]);
});

/** Runs in the page: counts timers that have not fired and tracks that are not stopped. */
function watchTimersAndTracks() {
  const timers = new Set();
  const { setTimeout: later, clearTimeout: never, setInterval: often, clearInterval: stop } = window;
  window.setTimeout = (act, ...rest) => {
    const id = later((...values) => {
      timers.delete(id);
      act(...values);
    }, ...rest);
    timers.add(id);
    return id;
  };
  window.setInterval = (...values) => {
    const id = often(...values);
    timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => (timers.delete(id), never(id));
  window.clearInterval = (id) => (timers.delete(id), stop(id));
  window.pendingTimers = () => timers.size;

  const tracks = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    tracks.push(...stream.getTracks());
    return stream;
  };
  window.liveTracks = () => tracks.filter(({ readyState }) => readyState === "live").length;
}

/** What a component could leave behind: elements, listeners, timers, tracks, a locked page. */
async function remains(page) {
  const session = await page.context().newCDPSession(page);
  const listeners = {};
  for (const target of ["window", "document", "document.body", "screen.orientation", "navigator.mediaDevices", "visualViewport"]) {
    const { result } = await session.send("Runtime.evaluate", { expression: target });
    const found = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId });
    listeners[target] = found.listeners.length;
  }
  await session.detach();
  const rest = await page.evaluate(() => ({
    elements: document.querySelectorAll("*").length,
    frames: document.querySelectorAll("vestibule-frame").length,
    timers: window.pendingTimers(),
    tracks: window.liveTracks(),
    html: document.documentElement.getAttributeNames(),
    body: document.body.getAttributeNames(),
    overflow: getComputedStyle(document.documentElement).overflowY,
  }));
  return { listeners, ...rest };
}

test("two components on one page do not disturb each other", async ({ page, hostPage, person, tenant }) => {
  await hostPage.opens();
  await page.evaluate(() => {
    for (const id of ["left", "right"]) document.querySelector("main").append(Object.assign(document.createElement("div"), { id }));
  });
  const left = await opensComponent(hostPage, tenant, { variant: "inline", containerId: "left" });
  const right = await opensComponent(hostPage, tenant, { variant: "inline", containerId: "right" });
  await page.locator("#left").getByRole("button", { name: "Start" }).click();
  await page.locator("#right").getByRole("button", { name: "Start" }).click();
  await page.locator("#left").getByRole("textbox", { name: "First names" }).fill("Left");
  await page.locator("#right").getByRole("textbox", { name: "First names" }).fill("Right");
  await expect(page.locator("#left").getByRole("textbox", { name: "First names" })).toHaveValue("Left");

  await hostPage.calls(left, "destroy");
  await expect(page.locator("#left").getByRole("textbox")).toHaveCount(0);
  await person.goesThrough();
  expect((await hostPage.heard(right)).map(([name]) => name)).toEqual(["onComplete"]);
  expect(await hostPage.heard(left)).toEqual([]);
});

test("the page's own styles do not reach into the flow", async ({ page, hostPage, person, tenant }) => {
  await hostPage.opens();
  await opensComponent(hostPage, tenant);
  const look = () => person.button("Start").evaluate((button) => {
    const { fontFamily, backgroundColor, textTransform } = getComputedStyle(button);
    return { fontFamily, backgroundColor, textTransform };
  });
  const before = await look();
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* , button { font-family: fantasy !important; background: lime !important; text-transform: uppercase !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  expect(await look()).toEqual(before);
});

test("who leaves while only a late file is missing is done", async ({ hostPage, person, server, tenant }) => {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["xyz_sbx_#3.1"] });
  const visitor = new Visitor(server);
  await visitor.open(body.token);
  await visitor.submit({ value: 1200, currency: "EUR", period: 12 });
  await visitor.submit({ income: 3000, correct: true });
  await hostPage.opens();
  const component = await hostPage.integrates({ kind: "onboard", authToken: body.token });
  await person.sees("Proof of income");
  expect(await hostPage.heard(component)).toEqual([]);
  await person.button("Close").first().click();
  await person.presses("Leave");
  const [[said, token], ...rest] = await hostPage.heard(component);
  expect([said, rest]).toEqual(["onComplete", [["onClose", null]]]);
  expect((await tenant.validate(token)).body.user.status).toBe("pending");
});

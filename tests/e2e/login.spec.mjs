//! People log in by codes and by passkeys, and change how they do: with an authenticator, without one, and through
//! refreshes.

import { Authenticator } from "./actors/authenticator.mjs";
import { HostPage } from "./actors/host-page.mjs";
import { Person } from "./actors/person.mjs";
import { elsewhere, expect, loginServer, test } from "./house.mjs";

const anna = "anna.eriksson@mail.example";

test.use({ serverOptions: loginServer });

/** A session of the page's own. */
function own({ tenant }, skill) {
  const { client_id: clientId, client_app_key: clientAppKey } = tenant.keys;
  return skill ? { kind: "skill", skill, clientId, clientAppKey } : { kind: "auth", clientId, clientAppKey };
}

/** Who a component's session was about, by what the backend redeems. */
async function who({ hostPage, tenant }, component) {
  await expect.poll(async () => (await hostPage.heard(component)).map(([name]) => name)).toEqual(["onComplete"]);
  const [[, token]] = await hostPage.heard(component);
  const { body } = await tenant.redeem(token);
  return (await tenant.credentials(body)).body;
}

test("somebody signs up by a code, makes a passkey, and logs in by it the next time", async ({ page, hostPage, person, tenant }) => {
  const authenticator = await Authenticator.plugInto(page);
  await hostPage.opens();
  const first = await hostPage.integrates(own({ tenant }, "login_and_passkey_#1.0"));
  await person.logsIn(tenant);
  await person.sees("Log in without a code next time");
  await person.presses("Create a passkey");
  await person.sees("Thank you, that is all");
  expect(await authenticator.passkeys()).toHaveLength(1);
  const { fp_id: her, auth_events: events } = await who({ hostPage, tenant }, first);
  expect(events.map(({ kind }) => kind)).toEqual(["email", "passkey_added"]);
  await person.closes();

  // A browser that offers none by itself, which the virtual authenticator would take at once.
  await page.evaluate(() => (PublicKeyCredential.isConditionalMediationAvailable = async () => false));
  const second = await hostPage.integrates(own({ tenant }));
  await person.sees(/^What is your/);
  await person.presses("Use a passkey");
  await person.sees("Thank you, that is all");
  const again = await who({ hostPage, tenant }, second);
  expect([again.fp_id, again.auth_events.map(({ kind }) => kind)]).toEqual([her, ["passkey"]]);
});

test("the browser offers a passkey where the address is typed", async ({ page, hostPage, person, tenant }) => {
  await Authenticator.plugInto(page);
  await hostPage.opens();
  const first = await hostPage.integrates(own({ tenant }, "login_and_passkey_#1.0"));
  await person.logsIn(tenant);
  await person.presses("Create a passkey");
  await person.sees("Thank you, that is all");
  const { fp_id: her } = await who({ hostPage, tenant }, first);
  await person.closes();
  // The virtual authenticator takes what is offered at once, as somebody does who touches their name in the list.
  const second = await hostPage.integrates(own({ tenant }));
  await person.sees("Thank you, that is all");
  expect((await who({ hostPage, tenant }, second)).fp_id).toBe(her);
});

test("without an authenticator a code is enough, and no passkey is missed", async ({ hostPage, page, person, tenant }) => {
  await page.addInitScript(() => delete window.PublicKeyCredential);
  await hostPage.opens();
  const component = await hostPage.integrates(own({ tenant }, "login_and_passkey_#1.0"));
  await person.sees("What is your email address?");
  await expect(person.button("Use a passkey")).toHaveCount(0);
  await person.logsIn(tenant);
  await expect(page.getByText("This browser cannot create a passkey here.")).toBeVisible();
  await person.presses("Continue");
  await person.sees("Thank you, that is all");
  expect((await who({ hostPage, tenant }, component)).auth_events.map(({ kind }) => kind)).toEqual(["email"]);
});

test("who wants no passkey, or whose device refuses, goes on without one", async ({ page, hostPage, person, tenant }) => {
  const authenticator = await Authenticator.plugInto(page, false);
  await hostPage.opens();
  await hostPage.integrates(own({ tenant }, "login_and_passkey_#1.0"));
  await person.sees("What is your email address?");
  await person.presses("Use a passkey");
  await person.logsIn(tenant);
  await person.presses("Create a passkey");
  await expect(person.button("Not now")).toBeEnabled();
  expect(await authenticator.passkeys()).toEqual([]);
  await person.presses("Not now");
  await person.sees("Thank you, that is all");
});

test("a code is typed wrong, asked for anew, and pasted with the message around it", async ({ page, hostPage, person, server, tenant }) => {
  await hostPage.opens();
  await hostPage.integrates(own({ tenant }));
  await person.isAskedForEmail();
  await person.field("Email address").fill(anna);
  await person.presses("Continue");
  const first = await tenant.codeFor(anna);
  await person.field("Code").fill(first === "000000" ? "000001" : "000000");
  await expect(page.getByText("That is not the code that we sent.")).toBeVisible();
  await expect(person.field("Code")).toBeFocused();
  await expect(person.field("Code")).toHaveValue("");
  await expect(page.getByText(/You can ask for a new code in 0:/)).toBeVisible();
  server.letTimePass(31);
  await page.clock.install();
  await page.clock.runFor(31_000);
  await person.presses("Send a new code");
  const second = await tenant.codeFor(anna, [first]);
  await person.field("Code").fill(`Your code is ${second.slice(0, 3)} ${second.slice(3)}. It is good for 10 minutes.`);
  await person.sees("Thank you, that is all");
});

test("a refresh goes on without a new code, and another tab logs in for itself", async ({ page, context, person, server, tenant }) => {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["login_and_passkey_#1.0"] });
  await person.opens(body.link);
  await person.logsIn(tenant);
  await person.sees("Log in without a code next time");
  await page.reload();
  await person.sees("Log in without a code next time");
  const kept = await page.evaluate(() => [Object.keys(localStorage), Object.entries(sessionStorage).flat().join(" ")]);
  expect(kept[0]).toEqual([]);
  expect(kept[1]).toContain("logtok_");
  expect(kept[1]).not.toContain(body.token);

  const other = await context.newPage();
  await other.goto(`${server.url}/verify#${body.token}`);
  await expect(other.getByRole("button", { name: /^Send a code to a•••@/ })).toBeVisible();
  await other.close();

  await person.presses("Not now");
  await expect(person.button(/^Send a code to a•••@/)).toBeVisible();
});

test("what logging in gave is gone when the session is complete", async ({ page, person, tenant }) => {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["login_and_passkey_#1.0"] });
  await person.opens(body.link);
  await person.logsIn(tenant);
  await person.presses("Not now");
  await person.sees("Thank you, that is all");
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});

/** Somebody signs up, comes again to change how they log in, and has logged in for it: who, and the second component. */
async function changesHowTheyLogIn({ hostPage, person, tenant }) {
  const first = await hostPage.integrates(own({ tenant }));
  await person.logsIn(tenant);
  const { fp_id: her } = await who({ hostPage, tenant }, first);
  await person.closes();

  const before = await tenant.codeFor(anna);
  const { body } = await tenant.startLogin(her);
  const component = await hostPage.integrates({ kind: "update_login_methods", authToken: body.token });
  await person.presses("Send a code to a•••@mail.example");
  await person.sees("Check your email");
  await person.field("Code").fill(await tenant.codeFor(anna, [before]));
  await person.sees("How you log in");
  return { her, component };
}

test("somebody changes their address and adds a passkey", async ({ page, hostPage, person, tenant }) => {
  const authenticator = await Authenticator.plugInto(page);
  await hostPage.opens();
  const { her, component } = await changesHowTheyLogIn({ hostPage, person, tenant });
  await person.presses("Change: Email address");
  await person.sees("What is your email address?");
  await person.field("Email address").fill("anna.berg@mail.example");
  await person.presses("Continue");
  await person.typesCode(tenant, "anna.berg@mail.example");
  await person.sees("How you log in");
  await expect(page.getByRole("listitem").filter({ hasText: "Email address" })).toContainText("Changed");
  await person.presses("Add: Passkeys");
  await expect(page.getByRole("listitem").filter({ hasText: "Passkeys" })).toContainText("You have 1");
  expect(await authenticator.passkeys()).toHaveLength(1);
  await person.presses("Done");
  await person.sees("Thank you, that is all");

  const [[said, token]] = await hostPage.heard(component);
  expect(said).toBe("onComplete");
  const { body: told } = await tenant.validate(token);
  expect(told.user_auth.fp_id).toBe(her);
  expect(told.user_auth.auth_events.map(({ kind }) => kind)).toEqual(["email", "email_updated", "passkey_added"]);
});

/** A page of the tenant's in a frame of somebody else's page, and who stands before it. */
async function framed({ page, server, camera }) {
  const address = `${server.url}/in-a-frame`;
  const draw = (body) => (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><meta name="viewport" content="width=device-width">${body}` });
  await page.route(address, draw("<title>Acorn</title>"));
  await page.route(elsewhere, draw(`<iframe src="${address}" title="Acorn" style="width: 100%; height: 95vh; border: 0"></iframe>`));
  await page.goto(elsewhere);
  const frame = page.frames()[1];
  await frame.waitForURL(address);
  return { frame, hostPage: new HostPage(frame, server), person: new Person(frame, camera, server) };
}

/** What a press in the frame opens: its page, with an authenticator, and who stands before it. */
async function openedBy({ page, server, camera }, press) {
  const [window] = await Promise.all([page.waitForEvent("popup"), press()]);
  const authenticator = await Authenticator.plugInto(window);
  return { window, authenticator, person: new Person(window, camera, server) };
}

/** Browsers that are driven believe that each page has the focus; only a person's browser tells that they are back. */
const comesBack = (frame) => frame.evaluate(() => dispatchEvent(new Event("focus")));

test("in a frame of another page a passkey is made in a tab of its own, and the frame goes on", async ({ page, server, camera, tenant }) => {
  const { frame, hostPage, person } = await framed({ page, server, camera });
  const component = await hostPage.integrates({ ...own({ tenant }, "login_and_passkey_#1.0"), variant: "modal" });
  await person.sees("What is your email address?");
  await expect(person.button("Use a passkey")).toHaveCount(0);
  await person.logsIn(tenant);

  const { window, authenticator, person: there } = await openedBy({ page, server, camera }, () => person.presses("Create a passkey (opens in a new tab)"));
  await there.sees("Log in without a code next time");
  expect(window.url()).not.toContain("logtok_");
  await window.reload();
  await there.sees("Log in without a code next time");
  const closed = window.waitForEvent("close");
  await there.presses("Create a passkey");
  await closed;

  await comesBack(frame);
  await person.sees("Thank you, that is all");
  expect((await who({ hostPage, tenant }, component)).auth_events.map(({ kind }) => kind)).toEqual(["email", "passkey_added"]);
});

test("who comes back from that tab without one is asked again, and may go on without", async ({ page, server, camera, tenant }) => {
  const { frame, hostPage, person } = await framed({ page, server, camera });
  await hostPage.integrates(own({ tenant }, "login_and_passkey_#1.0"));
  await person.logsIn(tenant);
  const create = "Create a passkey (opens in a new tab)";
  const { window, person: there } = await openedBy({ page, server, camera }, () => person.presses(create));
  await there.sees("Log in without a code next time");
  await window.close();
  await comesBack(frame);
  await frame.evaluate(() => (window.open = () => null));
  await person.presses(create);
  await expect(frame.getByRole("alert")).toContainText("was not created");
  await person.presses("Not now");
  await person.sees("Thank you, that is all");
});

test("in a frame of another page how one logs in is changed in a tab of its own", async ({ page, server, camera, tenant }) => {
  const { frame, hostPage, person } = await framed({ page, server, camera });
  const { component } = await changesHowTheyLogIn({ hostPage, person, tenant });
  const { window, person: there } = await openedBy({ page, server, camera }, () => person.presses("Add: Passkeys"));
  await there.presses("Add: Passkeys");
  await expect(window.getByRole("listitem").filter({ hasText: "Passkeys" })).toContainText("You have 1");
  const closed = window.waitForEvent("close");
  await there.presses("Done");
  await closed;
  await comesBack(frame);
  await person.sees("Thank you, that is all");
  const [[said, token]] = await hostPage.heard(component);
  expect(said).toBe("onComplete");
  const { body: told } = await tenant.validate(token);
  expect(told.user_auth.auth_events.map(({ kind }) => kind)).toEqual(["email", "passkey_added"]);
});

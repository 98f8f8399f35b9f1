//! Life as it is: pages loaded again, two tabs, lost answers, no connection, a server that dies. What
//! was acknowledged is never lost, and the person gets through.

import { expect, test } from "./house.mjs";
import { Person } from "./actors/person.mjs";
import { picture, Visitor } from "../house/visitor.mjs";
import { anna } from "../house/anna.mjs";

/** A hosted link whose session is started. */
async function link(tenant) {
  return (await tenant.startOnboarding()).body.link;
}

test("loading the page again goes on at the same step", async ({ page, person, tenant }) => {
  await person.opens(await link(tenant));
  await person.starts();
  await person.givesDetails();
  await person.sees("Your agreement");

  await page.reload();
  await person.presses("Continue");
  await person.agrees();
  await person.chooses("Identity card");
  await person.photographs("id-card-front", "Photograph the front");
  await person.sees("Now photograph the back");

  await page.reload();
  await person.presses("Continue");
  await person.photographs("id-card-back", "Now photograph the back");
  await person.takesSelfie();
  await person.sees("Check your answers");

  await page.reload();
  await person.presses("Continue");
  await expect(page.getByText("anna.eriksson@mail.example")).toBeVisible();
  await person.confirms();
  await person.sees("Thank you, that is all");
});

test("a server that is killed and started again has lost nothing", async ({ page, person, server, tenant }) => {
  await person.comesToPhotograph("Identity card", await link(tenant));
  await person.photographs("id-card-front", "Photograph the front");
  await person.sees("Now photograph the back");

  await server.kill();
  const refused = page.waitForEvent("requestfailed");
  person.camera.shows("id-card-back");
  await person.presses("Open camera");
  await person.shoots();
  await person.accepts();
  await refused;
  await server.start();

  await person.takesSelfie();
  await person.sees("Check your answers");
  await expect(page.getByText("anna.eriksson@mail.example")).toBeVisible();
  await person.confirms();
  await person.sees("Thank you, that is all");
});

test("a server that stays away is said to, and trying again goes on", async ({ page, person, server, tenant }) => {
  test.setTimeout(90_000);
  await person.opens(await link(tenant));
  await person.starts();
  await server.kill();
  await person.givesDetails();
  await expect(page.getByRole("status").filter({ hasText: "We could not reach the server" })).toBeVisible({ timeout: 60_000 });
  await server.start();
  await person.presses("Try again");
  await person.sees("Your agreement");
});

test("two tabs: the second goes on, and the first is not lost", async ({ context, page, person, camera, server, tenant }) => {
  const address = await link(tenant);
  await person.opens(address);
  await person.starts();
  await person.givesDetails();
  await person.sees("Your agreement");

  const second = new Person(await context.newPage(), camera, server);
  await second.opens(address);
  await second.presses("Continue");
  await second.agrees();
  await second.sees("Choose your document");

  await page.bringToFront();
  await person.agrees();
  await person.photographsPassport();
  await person.takesSelfie();
  await person.confirms();
  await person.sees("Thank you, that is all");
});

test("a form that was left lying until its nonce expired is sent all the same", async ({ person, server, tenant }) => {
  await person.opens(await link(tenant));
  await person.starts();
  await person.sees("Your details");
  server.letTimePass(31 * 60);
  await person.givesDetails();
  await person.sees("Your agreement");
  server.letTimePass(31 * 60);
  await person.agrees();
  await person.chooses("Passport");
  await person.sees("Photograph your passport");
  server.letTimePass(31 * 60);
  await person.photographs("passport", "Photograph your passport");
  await person.sees("Take a picture of yourself");
});

test("a session past its life says so", async ({ page, person, server, tenant }) => {
  await person.opens(await link(tenant));
  await person.starts();
  await person.sees("Your details");
  server.letTimePass(25 * 3600);
  await person.givesDetails();
  await person.sees("We cannot go on");
  await expect(page.getByText("This session has expired")).toBeVisible();
});

test("an answer that was lost on its way is asked for again, and nothing happens twice", async ({ page, person, tenant }) => {
  await person.opens(await link(tenant));
  await person.starts();
  await person.sees("Your details");
  const sent = [];
  await page.route("**/sessions/*/steps", async (route) => {
    sent.push(route.request().postData());
    const answer = await route.fetch();
    if (sent.length === 1) await route.abort("connectionreset");
    else await route.fulfill({ response: answer });
  });
  await person.givesDetails();
  await person.sees("Your agreement");
  expect(sent.length).toBe(2);
  expect(sent[1]).toBe(sent[0]);
});

test("a nonce that was used for one body is refused for another", async ({ server, tenant }) => {
  const { body } = await tenant.startOnboarding();
  const visitor = new Visitor(server);
  await visitor.open(body.token);
  const { nonce, next } = visitor.at;
  const first = await visitor.submit(anna);
  expect(first.status).toBe(200);

  const replayed = await visitor.submit(anna, { nonce, step: next.name });
  expect(replayed).toEqual(first);
  const forged = await visitor.submit({ ...anna, "id.first_name": "Mallory" }, { nonce, step: next.name });
  expect(forged.status).toBe(409);
  expect(forged.body.code).toBe("nonce_used");

  await visitor.open(body.token);
  expect(visitor.at.next.name).toBe("consent");
});

test("an upload that loses its connection goes on when it is back", async ({ context, page, person, tenant }) => {
  await person.comesToPhotograph("Passport", await link(tenant));
  await person.sees("Photograph your passport");
  await person.presses("Open camera");
  await person.shoots();
  await context.setOffline(true);
  await person.accepts();
  await expect(page.getByRole("status").filter({ hasText: "You are offline" })).toBeVisible();
  await context.setOffline(false);
  await person.sees("Take a picture of yourself");
});

test("a refused picture is said to be, and taken again", async ({ page, person, server, tenant }) => {
  await person.comesToPhotograph("Passport", await link(tenant));
  await person.sees("Photograph your passport");
  const truncate = (route) => {
    const cut = picture("passport.jpg").subarray(0, 4_000);
    return route.continue({ postData: withFile(route.request().postDataBuffer(), cut) });
  };
  await page.route("**/steps/*/upload", truncate, { times: 1 });
  await person.uploads("passport.jpg");
  await expect(page.getByText("Please try again.")).toBeVisible();
  await person.uploads("passport.jpg");
  await person.sees("Take a picture of yourself");
  expect(server.log).not.toContain("panicked");
});

/** The multipart body with another file in it. */
function withFile(body, file) {
  const start = body.indexOf("\r\n\r\n", body.indexOf('name="file"')) + 4;
  const end = body.lastIndexOf("\r\n--");
  return Buffer.concat([body.subarray(0, start), file, body.subarray(end)]);
}

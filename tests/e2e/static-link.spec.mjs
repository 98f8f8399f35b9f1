//! A tenant's static link: a session for whoever follows it, one and the same after a refresh.

import { expect, test } from "./house.mjs";

/** The link that the sandbox tenant would print on its letters. */
function staticLink({ url, sandbox }) {
  return `${url}/verify/${sandbox.configuration_id}`;
}

/** Counts the sessions that the page starts. */
function watchesStarts(page) {
  const starts = [];
  page.on("request", (request) => request.url().endsWith("/sessions/hosted") && starts.push(request.url()));
  return starts;
}

test("says who asks, begins with Start, and goes on after a refresh", async ({ page, person, server }) => {
  const starts = watchesStarts(page);
  await person.opens(staticLink(server));
  await expect(page.getByText("Northwind Bank")).toBeVisible();
  await person.starts();
  await person.givesDetails();
  await person.sees("Your agreement");
  await page.reload();
  await person.presses("Continue");
  await person.sees("Your agreement");
  await person.agrees();
  await person.photographsPassport();
  await person.takesSelfie();
  await person.confirms();
  await person.sees("Thank you, that is all");
  await expect(page.getByText("You can close this page.")).toBeVisible();
  expect(starts).toHaveLength(1);
});

test("is another session for the next who follows it", async ({ page, person, server }) => {
  await person.opens(staticLink(server));
  await person.starts();
  await person.givesDetails();
  await person.opens(staticLink(server));
  await person.starts();
  await expect(person.field("First names")).toHaveValue("");
  expect(new URL(page.url()).search).toBe("");
});

test("begins anew after its session has expired", async ({ page, person, server }) => {
  const starts = watchesStarts(page);
  await person.opens(staticLink(server));
  await person.starts();
  server.letTimePass(25 * 3600);
  await page.reload();
  await person.sees("This link has expired");
  await page.reload();
  await person.starts();
  await person.givesDetails();
  await person.sees("Your agreement");
  expect(starts).toHaveLength(2);
});

test("of nobody says so", async ({ person, server }) => {
  await person.opens(`${server.url}/verify/${"0".repeat(24)}`);
  await person.sees("This link is not valid");
});

test("without a connection offers to try again", async ({ page, person, server }) => {
  await page.route("**/sessions/hosted", (route) => route.abort());
  await person.opens(staticLink(server));
  await person.sees("We cannot be reached");
  await page.unroute("**/sessions/hosted");
  await person.presses("Try again");
  await person.starts();
  await person.sees("Your details");
});

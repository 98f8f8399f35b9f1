//! The omni family from a browser: an onboarding URL, the success screen, and the way back.

import { expect, test } from "./house.mjs";

test("an onboarding URL opens the flow, which ends with success and goes where the backend said", async ({ page, person, server, tenant }) => {
  const redirectionUrl = `${server.url}/?order=0001&back=%2Fshop#done`;
  const { body } = await tenant.startOmni({ externalCustomerId: "MyCustomerID#0001", redirectionUrl });
  const { body: link } = await tenant.readOmni("onboarding-url", body.interviewId);
  expect(link.url).toContain(`${server.url}/verify?type=omni#`);
  await person.opens(link.url);
  await person.starts();
  await person.givesDetails();
  await person.agrees();
  await person.photographsCard();
  const status = async () => (await tenant.readOmni("get/onboarding/status", body.interviewId)).body.onboardingStatus;
  await expect.poll(status).toBe("ID_VALIDATION_FINISHED");
  await person.takesSelfie();
  await person.confirms();
  await person.sees("Thank you, that is all");
  await page.waitForURL(redirectionUrl);

  const { body: finish } = await tenant.readOmni("finish-status", body.interviewId);
  expect(finish).toEqual({ redirectionUrl, action: "approved", scoreStatus: "OK" });
});

test("a session goes on after a refresh, and with a fresh token", async ({ page, person, server, tenant }) => {
  const { body } = await tenant.startOmni();
  await person.opens(`${server.url}/verify?type=omni#${body.token}`);
  await person.starts();
  await person.givesDetails();
  await page.reload();
  await person.presses("Continue");
  await person.agrees();
  const { body: again } = await tenant.startOmni({ interviewId: body.interviewId });
  expect(again.existingSession).toBe(true);
  await person.opens(`${server.url}/verify?type=omni#${again.token}`);
  await person.presses("Continue");
  await person.photographsPassport();
  await person.takesSelfie();
  await person.confirms();
  await person.sees("Thank you, that is all");
});

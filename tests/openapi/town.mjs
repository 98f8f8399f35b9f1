//! A server with some life in it: sessions under way, others that are complete, and who went through them.
//! schemathesis asks about them.

import { anna, herBusiness } from "../house/anna.mjs";
import { Tenant } from "../house/tenant.mjs";
import { Visitor, picture } from "../house/visitor.mjs";

/** The address of a page of the tenant's. */
const page = "https://bank.example/done";

/** Where the tenant is told. */
const hook = "https://bank.example/webhooks";

/** What a web page may read and write: what the page is for, and what the published example writes. */
const contact = ["id.email", "id.phone_number"];
const printed = ["id.first_name", "investor_profile.occupation", "custom.branch", "id.ssn4"];

/** What it may do. */
const permission = { scopes: ["vault", "decrypt"], fields: [...contact, ...printed], reason: "The customer edits their contact details." };

/** Brings it to life. Gives the credentials by scheme, and what is known: `[member, pattern, texts]`, as `hooks.py` takes it. */
export async function town(server) {
  const { sandbox } = server;
  const tenant = new Tenant(server);
  const finished = [];
  for (let at = 0; at < 20; at++) finished.push(await walkedTwice(server, tenant, `customer-${1000 + at}`));
  const [first, ...rest] = finished;
  const temp = rest.map(({ temp_token }) => temp_token);
  const access = (await tenant.redeem(first.temp_token)).body;
  const { user, business } = await describedBusiness(server, tenant);

  // Opening a session voids its nonces, so the one that is opened is another.
  const [open, other] = [new Visitor(server), new Visitor(server)];
  await Promise.all([open.create("kyc_document_#1.0"), other.create("kyc_document_#1.0")]);
  await walk(open);

  const interview = await startInterview(server, tenant);
  const [pictured, kept] = [await photographed(server, tenant, "customer-3000"), await photographed(server, tenant, "customer-3001")];
  const decided = (await tenant.get("/users?external_id=customer-1000")).body.data[0].id;
  const { token } = (await tenant.post(`/users/${user.fp_id}/client_token`, permission)).body;
  const hooks = [];
  for (let at = 0; at < 6; at++) hooks.push((await tenant.post("/webhooks", { url: hook, family: "steps" })).body.id);
  const delivery = (await tenant.post(`/webhooks/${hooks[0]}/test`, {})).body;
  const [record] = (await tenant.get("/audit_events")).body.data;
  return {
    credentials: {
      secret_key: { username: sandbox.secret_key, password: "" },
      session_token: { bearer: other.at.session_token },
      access_token: { bearer: access.access_token },
      api_key: { api_key: sandbox.api_key },
      own_token: { api_key: interview.token },
      client_token: { bearer: token },
    },
    known: [
      // A token is redeemed once: the call's other name takes the others.
      ["redeemTokens.temp_token", "temptok_\\w{34}", temp.slice(10)],
      // Other calls erase files.
      ["decryptFile.fp_id", "fp_id_\\w{22}", [kept]],
      // Who has been onboarded is asked for what their skill has.
      ["requestInfo.fp_id", "fp_id_\\w{22}", [decided]],
      ["requestInfo.key", "pb_(test|live)_\\w{22}", [sandbox.playbooks["kyc_basic_#1.0"]]],
      ["requestInfo.steps", "[a-z]\\w*", ["consent"]],
      // A page reads what it was allowed to.
      ["decryptVaultWithToken.fields", ".+", permission.fields],
      ["client_id", uuid, [sandbox.client_id]],
      ["session_id", uuid, [open.session]],
      ["configurationId", hex, [sandbox.configuration_id]],
      ["configuration_id", hex, [sandbox.configuration_id]],
      ["interviewId", hex, [interview.interviewId]],
      ["id", hex, [interview.interviewId]],
      ["externalCustomerId", ".+", [customer]],
      ["redirectUrl", "https?://.*", [page]],
      ["redirectionUrl", "https?://.*", [page]],
      ["nonce", "[\\w-]{43}", [open.at.uploads.nonce, open.at.nonce]],
      ["user_external_id", external, [user.external_id]],
      ["business_external_id", external, [business.external_id]],
      ["redirect_url", "https?://.*", [page]],
      ["*", "cak_\\w{32}", [sandbox.client_app_key]],
      ["*", "cs_\\w{32}", [sandbox.client_secret]],
      ["*", "pb_(test|live)_\\w{22}", Object.values(sandbox.playbooks)],
      ["*", "[a-z]\\w*_#\\d+\\.\\d+", ["kyc_document_#1.0"]],
      ["*", "temptok_\\w{34}", temp.slice(0, 10)],
      ["*", "valtok_\\w{34}", finished.map(({ validation_token }) => validation_token)],
      ["*", "fp_id_\\w{22}", [user.fp_id, pictured]],
      ["*", "fp_bid_\\w{22}", [business.fp_bid]],
      ["*", "step_\\w{22}", [open.at.uploads.step_id]],
      ["*", "cred_\\w{22}", [access.credentials_id]],
      ["*", "hook_\\w{22}", hooks],
      ["*", "dlv_\\w{22}", [delivery.id]],
      ["*", "audit_\\w{22}", [record.id]],
      ["url", "https://.*", [hook]],
      ["field", ".*", ["document.id_card.front"]],
    ],
  };
}

const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const hex = "[0-9a-f]{24}";
const external = "[\\w.-]{10,256}";

/** How the tenant calls somebody in the omni family. */
const customer = "MyCustomerID#0001";

/** A session of the omni family, walked to the end. */
async function startInterview(server, tenant) {
  const started = (await tenant.startOmni({ externalCustomerId: customer })).body;
  const person = new Visitor(server);
  await person.open(started.token);
  await walk(person);
  return started;
}

/** A person with a card, who has been onboarded with pictures of it and of themselves: their id. */
async function photographed(server, tenant, name) {
  const person = new Visitor(server);
  await person.open((await tenant.startOnboarding({ user_external_id: name })).body.token);
  while (person.at.next) {
    await person.submit(answer(person.at.next.screen, "id_card"));
    for (const file of person.at.uploads?.remaining ?? []) await person.upload(file.name, picture(pictures[file.name]));
  }
  return (await tenant.get(`/users?external_id=${name}`)).body.data[0].id;
}

const pictures = { front: "id-card-front.jpg", back: "id-card-back.jpg", selfie: "selfie.jpg" };

/** A session that a page started and one that a backend did, both walked to the end: their result tokens. */
async function walkedTwice(server, tenant, name) {
  const [page, backend] = [new Visitor(server), new Visitor(server)];
  await page.create("kyc_basic_#1.0");
  const key = server.sandbox.playbooks["kyc_basic_#1.0"];
  await backend.open((await tenant.startOnboarding({ key, user_external_id: name })).body.token);
  await Promise.all([walk(page), walk(backend)]);
  return { temp_token: page.at.temp_token, validation_token: backend.at.validation_token };
}

/** A business, described by one owner, and its other owner, who has got a name. */
async function describedBusiness(server, tenant) {
  const key = server.sandbox.playbooks["kyb_business_#1.0"];
  const business_external_id = "business-2000";
  const acting = new Visitor(server);
  await acting.open((await tenant.startOnboarding({ key, user_external_id: "customer-2000", business_external_id })).body.token);
  await walk(acting);
  const told = (await tenant.validate(acting.at.validation_token)).body;
  const { fp_bid } = told.business;
  const owners = (await tenant.get(`/businesses/${fp_bid}/owners`)).body;
  const { fp_id } = owners.find((owner) => owner.fp_id !== told.user.fp_id);
  const external_id = "customer-2001";
  await tenant.startOnboarding({ key: server.sandbox.playbook_key, fp_id, user_external_id: external_id });
  return { user: { fp_id, external_id }, business: { fp_bid, external_id: business_external_id } };
}

/** Gives whatever is asked for, to the end or to the first file. */
async function walk(person) {
  while (person.at.next && !person.at.uploads) await person.submit(answer(person.at.next.screen));
}

function answer({ form, consent, document }, card = document?.documents[0]) {
  const given = { ...anna, ...herBusiness };
  if (form) return Object.fromEntries(form.fields.map(({ name }) => [name, given[name]]));
  if (consent) return Object.fromEntries(consent.consents.map(({ name, version }) => [name, version]));
  return document ? { kind: card } : {};
}

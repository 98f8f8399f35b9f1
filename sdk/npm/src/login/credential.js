//! Options and credentials of Web Authentication, which the wire writes as JSON and browsers as bytes. New browsers
//! turn one into the other by themselves (Level 3, sections 5.1.7 to 5.1.9); the others are helped.

/** What `navigator.credentials.create` takes, from the JSON of the server. */
export function creationOptions(text) {
  const publicKey = JSON.parse(text);
  const { challenge, user, excludeCredentials } = publicKey;
  const parsed = PublicKeyCredential.parseCreationOptionsFromJSON?.(publicKey) ?? {
    ...publicKey,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: excludeCredentials?.map(descriptor),
  };
  return { publicKey: parsed };
}

/** The same for `navigator.credentials.get`. */
export function requestOptions(text) {
  const publicKey = JSON.parse(text);
  const { challenge, allowCredentials } = publicKey;
  const parsed = PublicKeyCredential.parseRequestOptionsFromJSON?.(publicKey) ?? {
    ...publicKey,
    challenge: bytes(challenge),
    allowCredentials: allowCredentials?.map(descriptor),
  };
  return { publicKey: parsed };
}

/** A credential as the server reads it. */
export function written(credential) {
  return JSON.stringify(credential.toJSON?.() ?? plain(credential));
}

/** `toJSON`, for browsers that have none. */
function plain(credential) {
  const { id, rawId, type, response, authenticatorAttachment } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((part) => response[part]).map((part) => [part, base64url(response[part])]);
  return {
    id,
    rawId: base64url(rawId),
    type,
    authenticatorAttachment: authenticatorAttachment ?? undefined,
    response: { ...Object.fromEntries(given), transports: response.getTransports?.() },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function descriptor(credential) {
  return { ...credential, id: bytes(credential.id) };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt());
}

function base64url(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

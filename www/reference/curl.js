//! A call as a command that can be copied. What only the reader knows stands in variables of the shell.

/** The command for a call of this server. */
export function curl(api, call) {
  const lines = [`curl ${call.method === "GET" ? "" : `-X ${call.method} `}"${location.origin}${filled(call)}"`];
  for (const scheme of call.schemes) lines.push(credential(api.components.securitySchemes[scheme], scheme));
  for (const { name, in: place, required, schema } of call.parameters) {
    if (place === "header" && required) lines.push(`-H "${name}: ${schema.const ?? variable(name)}"`);
  }
  lines.push(...body(call));
  return lines.join(" \\\n  ");
}

function filled({ path, parameters }) {
  const query = parameters.filter(({ in: place, required }) => place === "query" && required).map(({ name }) => `${name}=${variable(name)}`);
  return path.replace(/\{(\w+)\}/g, (_, name) => variable(name)) + (query.length ? `?${query.join("&")}` : "");
}

function credential({ type, scheme, name }, called) {
  if (type === "apiKey") return `-H "${name}: ${variable(called)}"`;
  return scheme === "basic" ? `-u "${variable(called)}:"` : `-H "authorization: Bearer ${variable(called)}"`;
}

function body({ body }) {
  if (!body) return [];
  if (body.type === "multipart/form-data") return ["-F nonce=\"$NONCE\"", "-F name=front", "-F file=@photo.jpg"];
  const [example] = [...body.examples].sort((one, other) => JSON.stringify(one.value).length - JSON.stringify(other.value).length);
  const json = JSON.stringify(example?.value ?? {}, null, 2).replaceAll("'", "'\\''");
  return ["-H 'content-type: application/json'", `-d '${json}'`];
}

/** `fp_id` is `$FP_ID`, `externalCustomerId` is `$EXTERNAL_CUSTOMER_ID`. */
function variable(name) {
  return `$${name.replace(/([a-z])([A-Z])/g, "$1_$2").replace(/\W/g, "_").toUpperCase()}`;
}

//! The document as the page reads it: families of calls, and the webhooks of each.

const methods = ["get", "put", "post", "patch", "delete"];

/** The families in the document's order, with their calls. */
export function families(api) {
  const calls = operations(api);
  return api.tags.map(({ name, description, "x-displayName": title }) => ({
    name,
    title: title ?? name,
    about: description,
    calls: calls.filter(({ family }) => family === name),
  }));
}

function operations(api) {
  const of = (items, webhook) =>
    Object.entries(items ?? {}).flatMap(([path, item]) =>
      methods.filter((method) => item[method]).map((method) => call(api, path, method, item[method], webhook)),
    );
  return [...of(api.paths, false), ...of(api.webhooks, true)];
}

function call(api, path, method, operation, webhook) {
  const { operationId: id, summary, description, tags, parameters = [], requestBody, responses = {}, security = [] } = operation;
  return {
    id,
    summary,
    description,
    webhook,
    path,
    method: method.toUpperCase(),
    family: tags[0],
    parameters,
    body: requestBody && { required: requestBody.required, ...content(requestBody) },
    answers: Object.entries(responses).map(([status, answer]) => ({ status, description: answer.description, headers: answer.headers ?? {}, ...content(answer) })),
    schemes: security.flatMap((one) => Object.keys(one)),
    words: searchable(api, [path, id, summary, description, JSON.stringify(parameters), JSON.stringify(requestBody), JSON.stringify(responses)]),
  };
}

/** The one type of content of a body. */
function content({ content = {} }) {
  const [[type, media] = []] = Object.entries(content);
  return type ? { type, schema: media.schema, examples: Object.entries(media.examples ?? {}).map(([name, { value }]) => ({ name, value })) } : {};
}

/** What the search looks into: the call's own words, and the names of the members of what it refers to. */
function searchable(api, texts) {
  const own = texts.filter(Boolean).join(" ");
  const names = [...own.matchAll(/#\/components\/schemas\/(\w+)/g)].flatMap(([, name]) => Object.keys(api.components.schemas[name].properties ?? {}));
  return `${own} ${names.join(" ")}`.toLowerCase();
}

/** The schema that a reference leads to, with what stands beside the reference; and its name. */
export function resolved(api, schema) {
  if (!schema.$ref) return { schema };
  const name = schema.$ref.split("/").pop();
  const { $ref, ...beside } = schema;
  return { name, schema: { ...api.components.schemas[name], ...beside } };
}

//! Sends what a document prints for curl, as curl would: the words of a shell, and curl's own defaults.

/** Reads a printed command. Gives its URL and what goes into `fetch`. */
export function printed(command) {
  const words = shellWords(command);
  if (words.shift() !== "curl") throw new Error("the command is not curl");
  const request = { method: null, headers: { accept: "*/*", "user-agent": "curl/8.14.1" } };
  let url;
  while (words.length) {
    const word = words.shift();
    if (word === "-X" || word === "--request") request.method = words.shift();
    else if (word === "-u" || word === "--user") request.headers.authorization = `Basic ${Buffer.from(words.shift()).toString("base64")}`;
    else if (word === "-H" || word === "--header") setHeader(request.headers, words.shift());
    else if (word === "-d" || word === "--data") setBody(request, words.shift());
    else if (word === "--location" || word === "-L") request.redirect = "follow";
    else if (word.startsWith("-")) throw new Error(`curl's option ${word} is not known here`);
    else url = word;
  }
  request.method ??= request.body === undefined ? "GET" : "POST";
  return { url, request };
}

/** Sends a printed command; gives status and parsed body of the answer. */
export async function curl(command) {
  const { url, request } = printed(command);
  const response = await fetch(url, request);
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

function setHeader(headers, line) {
  const [name, ...value] = line.split(":");
  headers[name.trim().toLowerCase()] = value.join(":").trim();
}

/** Without another word curl calls a body a form. */
function setBody(request, text) {
  request.body = text.replace(/\r?\n/g, "");
  request.headers["content-type"] ??= "application/x-www-form-urlencoded";
}

/** The words of a line as a shell splits it: quotes kept together, `\` at an end of line joins lines. */
function shellWords(command) {
  const words = [];
  let word = null;
  let quote = null;
  const text = command.trim();
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place];
    if (quote) {
      if (character === quote) quote = null;
      else word += character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= "";
    } else if (character === "\\") {
      place += 1;
      if (text[place] !== undefined && text[place] !== "\n") word = (word ?? "") + text[place];
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + character;
  }
  if (quote) throw new Error("a quote is not closed");
  return word === null ? words : [...words, word];
}

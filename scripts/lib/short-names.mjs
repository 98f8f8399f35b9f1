//! Gives a wasm-bindgen module's imports short names. Each name has a hash of sixteen digits, which
//! no compression shrinks, and stands in the wasm file and in its glue: four kilobytes in all.

const importSection = 2;

/** The module and its glue with `a0`, `a1` … in place of the names that wasm-bindgen chose. */
export function withShortNames(wasm, glue) {
  const names = new Map();
  const short = (name) => names.get(name) ?? names.set(name, `a${names.size.toString(36)}`).get(name);
  const parts = [wasm.subarray(0, 8)];
  const reader = new Reader(wasm, 8);
  while (!reader.atEnd) {
    const start = reader.position;
    const id = reader.bytes(1)[0];
    const content = reader.bytes(reader.number());
    if (id === importSection) parts.push(section(id, renamedImports(content, short)));
    else parts.push(wasm.subarray(start, reader.position));
  }
  const left = new Set(names.keys());
  const renamed = glue.replace(/^( +)(\w+)(?=: function\()/gm, (whole, indent, name) =>
    left.delete(name) ? indent + names.get(name) : whole,
  );
  if (left.size > 0) throw new Error(`the glue has no function ${[...left][0]}`);
  return { wasm: Buffer.concat(parts), glue: renamed };
}

/** The import section's content: a count, then for each import its module, name, kind and type. */
function renamedImports(content, short) {
  const reader = new Reader(content, 0);
  const count = reader.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    const module = reader.bytes(reader.number());
    const name = Buffer.from(short(reader.bytes(reader.number()).toString()));
    const kind = reader.bytes(1);
    if (kind[0] !== 0) throw new Error("the module imports something that is no function");
    parts.push(number(module.length), module, number(name.length), name, kind, number(reader.number()));
  }
  return Buffer.concat(parts);
}

function section(id, content) {
  return Buffer.concat([Buffer.from([id]), number(content.length), content]);
}

/** An unsigned number as WebAssembly writes it: LEB128. */
function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

class Reader {
  constructor(source, position) {
    this.source = Buffer.from(source.buffer, source.byteOffset, source.length);
    this.position = position;
  }

  get atEnd() {
    return this.position >= this.source.length;
  }

  bytes(length) {
    this.position += length;
    return this.source.subarray(this.position - length, this.position);
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes(1)[0];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}

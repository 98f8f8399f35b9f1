//! The table: a row for each thing that was measured, a column for each reader, and how we compare.

const ours = "vestibule";

/** The table as text. `of` says how many pictures a row is of; a peer that saw another number has it beside its cell. */
export function table(measurements) {
  const readers = [ours, ...new Set(measurements.map(({ who }) => who).filter((who) => who !== ours))];
  const rows = [...new Set(measurements.map(({ what }) => what))].map((what) => {
    const all = measurements.filter((one) => one.what === what);
    const own = all.find(({ who }) => who === ours);
    const cells = readers.map((reader) => {
      const one = all.find(({ who }) => who === reader);
      return one ? written(one) + (own && one.of !== own.of ? ` (${one.of})` : "") : "";
    });
    return [what, ...cells, own ? compared(own, all.filter(isPeer)) : "", String((own ?? all[0]).of)];
  });
  const head = ["", ...readers, "ours : best peer", "of"];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ");
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** Our readers given a truth are columns of their own, and no peers. */
function isPeer({ who }) {
  return !who.startsWith(ours);
}

function written({ value, unit }) {
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  if (unit === "count") return String(value);
  if (unit === "auc") return value.toFixed(3);
  return `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
}

/** Ours divided by the best of the others: the largest share; the smallest time, size, memory and number of errors. */
function compared(own, others) {
  if (others.length === 0) return "";
  const values = others.map(({ value }) => value);
  const best = /ms|MB|kB/.test(own.unit) || /no document|wrong/.test(own.what) ? Math.min(...values) : Math.max(...values);
  return best > 0 ? `${(own.value / best).toFixed(2)}` : "";
}

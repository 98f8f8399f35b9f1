//! The table: a row for each thing that was measured, a column for each device.

/** Columns `{name, rows: [[what, value, unit]]}` as text. */
export function table(columns) {
  const named = [...new Set(columns.flatMap(({ rows }) => rows.map(([what]) => what)))];
  const rows = named.map((what) => [what, ...columns.map((column) => written(column.rows.find((row) => row[0] === what)))]);
  const head = ["", ...columns.map(({ name }) => name)];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ");
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

function written(row) {
  if (!row) return "";
  const [, value, unit] = row;
  if (value === null) return "–";
  if (typeof value === "string") return value;
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`.trim();
}

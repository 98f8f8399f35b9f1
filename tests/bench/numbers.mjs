//! Numbers of many measurements.

/** The value below which this share of them lies; `null` of none. */
export function quantile(values, share) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (values) => quantile(values, 0.5);

/** The largest; `null` of none. */
export const largest = (values) => (values.length === 0 ? null : Math.max(...values));

/** From each to the next. */
export const gaps = (values) => values.slice(1).map((value, place) => value - values[place]);

/** By how much `[x, y]` rise with each x: the line with the least squares. */
export function slope(points) {
  const mean = (place) => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of) => points.reduce((total, point) => total + of(point), 0);
  return sum(([at, value]) => (at - x) * (value - y)) / sum(([at]) => (at - x) ** 2);
}

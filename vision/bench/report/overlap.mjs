//! The same as `overlap` in vision/bench/src/score.rs, for corners as `[x, y]`.

/** The area that two convex shapes share, divided by the area that either covers. */
export function overlap(one, other) {
  let left = clockwise(one);
  const cut = clockwise(other);
  cut.forEach((a, side) => {
    const b = cut[(side + 1) % cut.length];
    const inside = ([x, y]) => (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    left = left.flatMap((from, at) => {
      const to = left[(at + 1) % left.length];
      const [here, there] = [inside(from), inside(to)];
      const kept = here >= 0 ? [from] : [];
      if (here >= 0 !== there >= 0) {
        const share = here / (here - there);
        kept.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
      }
      return kept;
    });
  });
  const both = Math.abs(area(left));
  return both / (Math.abs(area(one)) + Math.abs(area(other)) - both);
}

function clockwise(corners) {
  return area(corners) >= 0 ? corners : [...corners].reverse();
}

function area(corners) {
  const next = (at) => corners[(at + 1) % corners.length];
  return corners.reduce((sum, [x, y], at) => sum + x * next(at)[1] - next(at)[0] * y, 0) / 2;
}

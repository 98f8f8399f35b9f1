"""Fits what a line is worth as a side of a document: the choice of `vision/src/outline/along.rs`, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-lines -- 500 > lines.txt
    python outline_lines.py lines.txt

It writes `../src/outline/along.bin`, eleven little-endian `f32`, and `along.txt` beside it, which says how well it
fits. Among the lines that may be a side one is chosen, with odds of which the logarithm is the sum of its signs, each
times its weight (a conditional logit). Right is a line that passes the corners of the true side within a fiftieth of the
document's size, and the nearer the likelier.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "src" / "outline"
RIGHT, NEAR = 0.02, 0.006
# What keeps weights small, where signs say much the same.
KEEP = 1e-3


def read(path):
    """For each side the signs of its lines, and how far each is off."""
    sides = {}
    for line in Path(path).read_text().splitlines():
        side, *numbers = line.split()
        sides.setdefault(side, []).append([float(number) for number in numbers])
    return [(np.array(lines)[:, 2:], np.array(lines)[:, :2].max(1)) for lines in sides.values()]


def wanted(off):
    """How likely each line ought to be."""
    near = np.where(off < RIGHT, np.exp(-off / NEAR), 0)
    return near / near.sum()


def likely(signs, weights):
    odds = signs @ weights
    share = np.exp(odds - odds.max())
    return share / share.sum()


def fit(sides):
    """Newton's method on standardised signs."""
    every = np.concatenate([signs for signs, _ in sides])
    spread = every.std(0)
    scaled = [(signs / spread, wanted(off)) for signs, off in sides]
    weights = np.zeros(len(spread))
    for _ in range(12):
        slope, bend = KEEP * weights, KEEP * np.eye(len(weights))
        for signs, target in scaled:
            share = likely(signs, weights)
            mean = share @ signs
            slope = slope + (mean - target @ signs) / len(scaled)
            bend = bend + ((signs * share[:, None]).T @ signs - np.outer(mean, mean)) / len(scaled)
        weights = weights - np.linalg.solve(bend, slope)
    return weights / spread


def chosen_right(sides, weights):
    return np.mean([off[likely(signs, weights).argmax()] < RIGHT for signs, off in sides])


def main():
    sides = read(sys.argv[1])
    # Every fifth is kept apart, to say how well it does.
    apart = sides[4::5]
    learned = [side for at, side in enumerate(sides) if at % 5 != 4 and side[1].min() < RIGHT]
    weights = fit(learned).astype("<f4")
    there = np.mean([off.min() < RIGHT for _, off in apart])
    (TARGET / "along.bin").write_bytes(weights.tobytes())
    script = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    record = f"""made by vision/train/outline_lines.py, sha256 {script}
learned from {len(learned)} sides
kept apart, {len(apart)} sides: a right line is among those of {there:.3f}, and is chosen of {chosen_right(apart, weights):.3f}
"""
    (TARGET / "along.txt").write_text(record)
    print(record, weights)


main()

"""Fits what a line is worth as a side of a document: the weights of `vision/src/outline/along.rs`.

    cargo run --release -p vestibule-vision-bench --bin outline-lines -- 1200 > lines.txt
    python outline_lines.py lines.txt

It writes `../src/outline/along.bin`, eleven little-endian `f32`, and `along.txt` beside it, which says how well it
fits. One is chosen among the lines that may be a side, by what speaks for each: odds of which the logarithm is the sum of
its signs, each times its weight (a conditional logit). The more nearly right a line is, the likelier it ought to be chosen.
"""

import sys
from pathlib import Path

import numpy as np

from record import write

# What is off by less, as a share of the document's size, is right; and how fast what is off by more ought to be unlikelier.
RIGHT, NEAR = 0.02, 0.006
# What keeps weights small, where signs say much the same.
KEEP = 1e-3


def read(path):
    """Of lines with the number of a choice, how far one of it is off, and its signs: for each choice the signs of all, and
    how far each is off."""
    choices = {}
    for line in Path(path).read_text().splitlines():
        choice, *numbers = line.split()
        choices.setdefault(choice, []).append([float(number) for number in numbers])
    return [(np.array(lines)[:, 1:], np.array(lines)[:, 0]) for lines in choices.values()]


def wanted(off):
    """How likely each ought to be."""
    near = np.where(off < RIGHT, np.exp(-off / NEAR), 0)
    return near / near.sum()


def likely(signs, weights):
    odds = signs @ weights
    share = np.exp(odds - odds.max())
    return share / share.sum()


def fit(choices):
    """Newton's method on standardised signs."""
    every = np.concatenate([signs for signs, _ in choices])
    spread = every.std(0)
    scaled = [(signs / spread, wanted(off)) for signs, off in choices]
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


def main():
    choices = read(sys.argv[1])
    apart = choices[4::5]
    learned = [choice for at, choice in enumerate(choices) if at % 5 != 4 and choice[1].min() < RIGHT]
    weights = fit(learned).astype("<f4")
    there = np.mean([off.min() < RIGHT for _, off in apart])
    right = np.mean([off[likely(signs, weights).argmax()] < RIGHT for signs, off in apart])
    kept = f"kept apart, {len(apart)}: a right line is among those of {there:.3f}, and is chosen of {right:.3f}"
    write("outline/along", weights.tobytes(), [__file__], f"learned from {len(learned)} choices of a line", kept)


main()

"""The choice of one among several by what speaks for each: odds of which the logarithm is the sum of their signs, each
times its weight (a conditional logit). The more nearly right one is, the likelier it ought to be chosen."""

import hashlib
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "src" / "outline"
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


def learn(path, script, name, what):
    """Learns from four of five choices, and writes the weights and the record of this name; `what` is chosen."""
    choices = read(path)
    apart = choices[4::5]
    learned = [choice for at, choice in enumerate(choices) if at % 5 != 4 and choice[1].min() < RIGHT]
    weights = fit(learned).astype("<f4")
    there = np.mean([off.min() < RIGHT for _, off in apart])
    right = np.mean([off[likely(signs, weights).argmax()] < RIGHT for signs, off in apart])
    (TARGET / f"{name}.bin").write_bytes(weights.tobytes())
    made = hashlib.sha256(Path(script).read_bytes()).hexdigest()
    record = f"""made by vision/train/{Path(script).name}, sha256 {made}
learned from {len(learned)} choices of a {what}
kept apart, {len(apart)}: a right {what} is among those of {there:.3f}, and is chosen of {right:.3f}
"""
    (TARGET / f"{name}.txt").write_text(record)
    print(record, weights)

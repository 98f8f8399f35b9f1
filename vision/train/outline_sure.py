"""Fits how sure an outline is: the logistic regression of `vestibule_vision::outline`, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-signs -- 1500 > signs.txt
    python outline_sure.py signs.txt

It writes `../src/outline/sure.bin`, three little-endian `f32`, and `sure.txt` beside it, which says how well it fits.
Right is what overlaps with the truth by 0.95. There are more frames without a document before cameras than there are
here: they count for more. After `outline_looks.py`.
"""

import sys
from pathlib import Path

import numpy as np

from record import write

RIGHT = 0.95
# What counts, by what was found: right corners, nearly right ones, wrong ones, and those of nothing.
WEIGHTS = {"right": 1.0, "nearly": 0.5, "wrong": 1.0, "nothing": 2.0}


def read(path):
    """The signs of each frame in which a whole shape was found, whether it is right, and what it counts."""
    signs, rights, counts, whole = [], [], [], 0
    for line in Path(path).read_text().splitlines():
        kind, *rest = line.split()
        whole += kind == "1"
        if rest[0] == "none" or rest[1] == "1":
            continue
        overlap = float(rest[0])
        name = "nothing" if kind == "0" else "right" if overlap >= RIGHT else "nearly" if overlap >= 0.9 else "wrong"
        signs.append([float(value) for value in rest[2:]] + [1.0])
        rights.append(name == "right")
        counts.append(WEIGHTS[name])
    return np.array(signs), np.array(rights, float), np.array(counts), whole


def fit(signs, rights, counts):
    """Newton's method, with a little to keep the weights small."""
    weights = np.zeros(signs.shape[1])
    keep = np.diag([0.02] * (signs.shape[1] - 1) + [0.0]) * len(signs) / 100
    for _ in range(50):
        share = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (counts * (share - rights)) + keep @ weights
        bend = (signs * (counts * share * (1 - share))[:, None]).T @ signs + keep
        weights -= np.linalg.solve(bend, slope)
    return weights


def main():
    signs, rights, counts, whole = read(sys.argv[1])
    # Every fifth is kept apart, to say how well it does.
    apart = np.arange(len(signs)) % 5 == 4
    weights = fit(signs[~apart], rights[~apart], counts[~apart]).astype("<f4")
    share = 1 / (1 + np.exp(-signs[apart] @ weights))
    said = []
    for low, high in [(0.25, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)]:
        chosen = (share >= low) & (share < high)
        said.append(f"{low} to {min(high, 1)}: {np.mean(rights[apart][chosen]):.2f} of {chosen.sum()}")
    fitted = (
        f"fitted to {(~apart).sum()} frames in which a whole shape was found, out of {whole} with a whole document and those without"
    )
    kept = f"kept apart, what is right of those between these confidences: {', '.join(said)}"
    write("outline/sure", weights.tobytes(), [__file__], fitted, kept)
    print(weights)


main()

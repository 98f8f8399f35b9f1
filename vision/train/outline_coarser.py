"""Lets the network that tells a document from what lies around it go on learning with coarser weights, so that a browser
downloads less of them.

    cargo run --release -p vestibule-vision-bench --bin outline-views -- views.bin 9800
    python outline_coarser.py views.bin

It begins with what `outline_net.py` left, `../src/outline/net.bin`, and writes `net.small.bin`, and `net.small.txt` beside it,
which says of what and how well it was made. Rounding alone, as in `coarser.py`, costs a hundredth of the overlaps from steps
of 0.35 on. It takes a few minutes.
"""

import hashlib
import sys
from functools import partial
from pathlib import Path

import numpy as np

import outline_net
from outline_net import HELD_OUT, LAYERS, TARGET, as_stored, read, score, train
from rounding import coarser, stored

PASSES, RATE, STEP = 3, 5e-4, 0.4


def left():
    """The network as it was stored."""
    content, at, net = (TARGET / "net.bin").read_bytes(), 0, {}

    def take(kind, count):
        nonlocal at
        taken = np.frombuffer(content, kind, count, at)
        at += taken.nbytes
        return taken

    upper = lambda count: (take("<u2", count).astype(np.uint32) << 16).view(np.float32)
    for name, kernel, inputs, outputs in LAYERS:
        shape = (kernel, kernel, max(inputs, 1), outputs)
        weights = take("i1", np.prod(shape)).reshape(shape)
        net[name] = weights * upper(outputs), np.ones(outputs, np.float32), upper(outputs)
    return net


def main():
    outline_net.STEP = STEP
    views, covers = read(sys.argv[1])
    total = len(views) - HELD_OUT
    held = views[total:], covers[total:]
    random = np.random.default_rng(10)
    net = train(left(), views[:total], covers[:total], held, PASSES, RATE, random, folded=True, stepped=True)
    net, layers = as_stored(net, partial(coarser, part=STEP))
    result = score(net, held)
    (TARGET / "net.small.bin").write_bytes(stored(layers))
    script = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    (TARGET / "net.small.txt").write_text(
        f"made by vision/train/outline_coarser.py, sha256 {script}\n"
        f"learned from {total} views in {PASSES} passes in steps of {STEP}, after those of net.txt\n"
        f"held out, rounded: {result}\n"
    )
    print(result)


main()

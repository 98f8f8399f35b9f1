"""Makes the weights of two networks coarser, so that a browser downloads less of them.

    python coarser.py

What training left, `ocrb.bin` of the zone's network (`mrz_net.py`) and `net.bin` of the one that tells how a document
lies (`lie_net.py`), has weights of 8 bits, of which compression saves nothing. Here the weights of each output become
multiples of a part of how large they are on the whole (the root of the mean of their squares): most are small numbers
then, and one takes three to five bits. Written are `ocrb.small.bin` and `net.small.bin` beside them, which are what the
readers have in them, both laid out as in `rounding.py`. Nothing is drawn or trained, so the same weights become the
same; tests compare them with what was trained.

Documents of the tuning seeds 0 to 159, read in one frame with their corners known, exact with 8 bits and in steps of
a tenth, a fifth, three and four tenths: 134, 135, 134, 134, 128 as usual. How 600 documents lie is told of 593, 589,
590 and 587 in steps of two to five tenths, and never otherwise.
"""

from pathlib import Path

import numpy as np

from rounding import coarser, stored

VISION = Path(__file__).parent.parent / "src"
# As a part of the root of the mean of squares.
STEPS = {"zone": 0.2, "lie": 0.5}
# How many weights each output of a layer has, and how many outputs a layer has.
ZONE = [(3 * 3, 8), (3 * 3 * 8, 16), (3 * 3 * 16, 32), (3 * 2 * 32, 41)]
LIE = [(3 * 3 * 3, 8), (3 * 3 * 8, 12), (3 * 3 * 12, 16), (5 * 8 * 16, 4)]


def zone():
    """The layers as `mrz_net.py` leaves them: scales and biases of 32 bits, then weights."""
    layer = [("unit", "<f4", 0), ("bias", "<f4", 0), ("weights", "i1", 1)]
    return read(VISION / "mrz" / "picture" / "ocrb.bin", ZONE, layer)


def laid_out(file, sizes):
    """The layers as `rounding.py` lays them out."""
    return read(file, sizes, [("weights", "i1", 1), ("unit", "<u2", 0), ("bias", "<u2", 0)])


def read(file, sizes, parts):
    """The weights and biases of each layer."""
    content, at = file.read_bytes(), 0
    for weights, outputs in sizes:
        layer = {}
        for name, kind, each in parts:
            count = weights * outputs if each else outputs
            numbers = np.frombuffer(content, kind, count, at)
            at += numbers.nbytes
            if kind == "<u2":
                numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
            layer[name] = numbers
        yield layer["weights"].reshape(weights, outputs) * layer["unit"], layer["bias"]
    assert at == len(content), file


for name, layers, target in (
    ("zone", zone(), "mrz/picture/ocrb.small.bin"),
    ("lie", laid_out(VISION / "lie" / "net.bin", LIE), "lie/net.small.bin"),
):
    (VISION / target).write_bytes(stored([coarser(*layer, STEPS[name]) for layer in layers]))

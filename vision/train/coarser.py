"""Makes the weights of the network that reads zones coarser, so that a browser downloads less of them.

    python coarser.py

What `mrz_net.py` left, `ocrb.bin`, has weights of 8 bits, of which compression saves nothing. Here the weights of each
output become multiples of a part of how large they are on the whole (the root of the mean of their squares): most are small
numbers then, and one takes four to five bits. Written is `ocrb.small.bin` beside it, which is what the reader has in it,
laid out as in `rounding.py`. Nothing is drawn or trained, so the same weights become the same; a test compares them with
what was trained.

Documents of the tuning seeds 0 to 159, read in one frame with their corners known, exact with 8 bits and in steps of
a tenth, a fifth, three and four tenths: 134, 135, 134, 134, 128 as usual.
"""

from pathlib import Path

import numpy as np

from rounding import coarser, stored

TARGET = Path(__file__).parent.parent / "src" / "mrz" / "picture"
# As a part of the root of the mean of squares.
STEP = 0.2
# How many weights each output of a layer has, and how many outputs a layer has.
LAYERS = [(3 * 3, 8), (3 * 3 * 8, 16), (3 * 3 * 16, 32), (3 * 2 * 32, 41)]


def left():
    """The weights and biases of each layer as `mrz_net.py` leaves them: scales and biases of 32 bits, then weights."""
    content, at = (TARGET / "ocrb.bin").read_bytes(), 0

    def take(kind, count):
        nonlocal at
        taken = np.frombuffer(content, kind, count, at)
        at += taken.nbytes
        return taken

    for weights, outputs in LAYERS:
        scale, bias = take("<f4", outputs), take("<f4", outputs)
        yield take("i1", weights * outputs).reshape(weights, outputs) * scale, bias
    assert at == len(content)


(TARGET / "ocrb.small.bin").write_bytes(stored([coarser(*layer, STEP) for layer in left()]))

"""Fits what a line is worth as a side of a document: the choice of `vision/src/outline/along.rs`, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-lines -- 1200 > lines.txt
    python outline_lines.py lines.txt

It writes `../src/outline/along.bin`, eleven little-endian `f32`, and `along.txt` beside it, which says how well it
fits. One is chosen among the lines that may be a side: see `choice.py`.
"""

import sys

from choice import learn

learn(sys.argv[1], __file__, "along", "line")

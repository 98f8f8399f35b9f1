"""Fits what four lines are worth together as the sides of a document: the choice of `vision/src/outline/whole.rs`, and
writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-shapes -- 1500 > shapes.txt
    python outline_shapes.py shapes.txt

It writes `../src/outline/whole.bin`, six little-endian `f32`, and `whole.txt` beside it, which says how well it fits. One is
chosen among the shapes that are looked at, which depends on what lines are worth: after `outline_lines.py`. See
`choice.py`.
"""

import sys

from choice import learn

learn(sys.argv[1], __file__, "whole", "shape")

#!/usr/bin/env python3
"""Packs OpenCV's cascade of faces into the bytes that vision/src/face/cascade.rs reads.

    python3 vision/train/face_cascade.py lbpcascade_frontalface_opencv.xml vision/src/face/cascade.bin

The file is part of OpenCV (see NOTICE); scikit-image ships it as skimage/data. Nothing is trained here.

A stage is its number of features (one byte) and its threshold (f32). A feature is the left, top, width and
height of the upper left one of its 3 x 3 cells (four bytes), the patterns that speak for no face (256 bits,
the lowest first), and what it adds to the sum if the pattern is one of them, and if not (the upper halves of two
f32: three digits are enough). All numbers are little-endian.
"""

import struct
import sys
import xml.etree.ElementTree as xml


def upper_half(number):
    (bits,) = struct.unpack("<I", struct.pack("<f", number))
    return (bits + 0x8000) >> 16


source, target = sys.argv[1:]
cascade = xml.parse(source).getroot()[0]
rectangles = [[int(number) for number in feature.find("rect").text.split()] for feature in cascade.find("features")]
packed = bytearray()
for stage in cascade.find("stages"):
    features = stage.find("weakClassifiers")
    packed += struct.pack("<Bf", len(features), float(stage.find("stageThreshold").text))
    for feature in features:
        _, _, rectangle, *patterns = [int(number) for number in feature.find("internalNodes").text.split()]
        packed += bytes(rectangles[rectangle])
        packed += struct.pack("<8i", *patterns)
        packed += struct.pack("<2H", *[upper_half(float(leaf)) for leaf in feature.find("leafValues").text.split()])
open(target, "wb").write(packed)

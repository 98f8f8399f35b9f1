"""Weights as they are stored: see `vision/src/convolution.rs`, which reads them."""

import numpy as np


def coarse(values):
    """The upper half of their bits: three digits are enough for scales and biases."""
    bits = np.asarray(values, np.float32).view(np.uint32)
    return ((bits + 0x8000) & 0xFFFF0000).view(np.float32)


def rounded(weights, bias):
    """A layer as whole numbers of 8 bits, the scale of each output, and the biases. Outputs are last."""
    weights = np.asarray(weights)
    unit = coarse(np.abs(weights).max(tuple(range(weights.ndim - 1))) / 127 + 1e-9)
    return np.clip(np.round(weights / unit), -127, 127).astype(np.int8), unit, coarse(bias)


def coarser(weights, bias, part):
    """The same in steps that are a part of how large the weights of each output are on the whole (the root of the mean
    of their squares): most are small numbers then, of which compression makes less."""
    weights = np.asarray(weights)
    size = np.sqrt((weights**2).mean(tuple(range(weights.ndim - 1))))
    step = coarse(size * part + 1e-9)
    return np.clip(np.round(weights / step), -127, 127).astype(np.int8), step, coarse(bias)


def whole(layer):
    """The weights and biases that a stored layer stands for."""
    weights, unit, bias = layer
    return weights * unit, bias


def stored(layers):
    """The bytes of layers."""
    upper = lambda values: (values.view(np.uint32) >> 16).astype("<u2").tobytes()
    return b"".join(weights.tobytes() + upper(unit) + upper(bias) for weights, unit, bias in layers)

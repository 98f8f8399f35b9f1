"""Trains the network that reads the characters of machine-readable zones, and writes its weights.

    python mrz_net.py --fonts /usr/share/fonts/opentype/ocr-b

draws all cells anew, some as strips (`mrz_cells.py`) and some from documents before the made-up camera
(`../bench/src/bin/zone-cells.rs`, training seeds), trains for some minutes on two cores, and writes
`../src/mrz/picture/ocrb.bin` and `ocrb.txt` beside it, which says of what and how well they were made. A
test compares the hash there with these three sources. The seeds are fixed; the drawing is the same on every
machine, the sums of training are so on machines of one kind.

The network: 24 × 16 samples, three convolutions of 3 × 3 (8, 16 and 32 channels), each followed by the
largest of 2 × 2, then one layer to 41 outputs: 38 classes, and where and how tall the character is. Weights
are whole numbers of 8 bits with one scale for each output channel.
"""

import argparse
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from mrz_cells import ALPHABET, HEIGHT, NOTHING, WIDTH, cells

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "mrz" / "picture"
SOURCES = (HERE / "mrz_cells.py", HERE / "mrz_net.py", HERE.parent / "bench" / "src" / "bin" / "zone-cells.rs")
# Seeds of strips, and how many cells each gives.
STRIPS, STRIPS_HELD_OUT, CELLS_OF_A_SEED = range(1, 5), 900, 20_000
# Training seeds of the made-up camera, from one up to another.
CAMERA, CAMERA_HELD_OUT = [(0, 250), (250, 500)], (100_000, 100_040)
PASSES = 10
BATCH = 256
FIRST, SECOND, THIRD = 8, 16, 32
CLASSES = NOTHING + 1


def start(key):
    keys = jax.random.split(key, 4)
    normal = jax.random.normal
    return {
        "first": normal(keys[0], (3, 3, 1, FIRST)) * 0.3,
        "first_bias": jnp.zeros(FIRST),
        "second": normal(keys[1], (3, 3, FIRST, SECOND)) * 0.12,
        "second_bias": jnp.zeros(SECOND),
        "third": normal(keys[2], (3, 3, SECOND, THIRD)) * 0.1,
        "third_bias": jnp.zeros(THIRD),
        "last": normal(keys[3], (3 * 2 * THIRD, CLASSES + 3)) * 0.05,
        "last_bias": jnp.zeros(CLASSES + 3),
    }


def forward(net, pixels, dropped=None):
    """The outputs for standardised pixels: logarithms of odds for each class, and three measures."""

    def layer(x, weights, bias):
        x = jax.lax.conv_general_dilated(x, weights, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + bias)
        count, height, width, channels = x.shape
        return x.reshape(count, height // 2, 2, width // 2, 2, channels).max((2, 4))

    x = layer(pixels[..., None], net["first"], net["first_bias"])
    x = layer(x, net["second"], net["second_bias"])
    x = layer(x, net["third"], net["third_bias"])
    x = x.reshape(x.shape[0], -1)
    if dropped is not None:
        x = x * jax.random.bernoulli(dropped, 0.9, x.shape) / 0.9
    return x @ net["last"] + net["last_bias"]


def standardised(pixels):
    """As the reader does it: mean 0, and deviation 1 where there is contrast."""
    mean = pixels.mean((1, 2), keepdims=True)
    return (pixels - mean) / (pixels.std((1, 2), keepdims=True) + 4)


def loss(net, pixels, classes, places, placed, key):
    out = forward(net, standardised(pixels.astype(jnp.float32)), key)
    wanted = jax.nn.one_hot(classes, CLASSES) * 0.99 + 0.01 / CLASSES
    wrong = -(jax.nn.log_softmax(out[:, :CLASSES]) * wanted).sum(1)
    off = jnp.abs(out[:, CLASSES:] - places).sum(1) * placed
    return (wrong + off).mean()


@jax.jit
def step(net, mean, square, count, batch, key, rate):
    slope = jax.grad(loss)(net, *batch, key)
    mean = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, mean, slope)
    square = jax.tree.map(lambda old, new: 0.999 * old + 0.001 * new * new, square, slope)
    net = jax.tree.map(
        lambda old, m, s: old - rate * (m / (1 - 0.9**count)) / (jnp.sqrt(s / (1 - 0.999**count)) + 1e-7),
        net,
        mean,
        square,
    )
    return net, mean, square


def train(drawn, passes, say=print):
    random = np.random.default_rng(0)
    key = jax.random.PRNGKey(1)
    net = start(jax.random.PRNGKey(0))
    mean = square = jax.tree.map(jnp.zeros_like, net)
    batches = len(drawn[0]) // BATCH
    count = 0
    for turn in range(passes):
        order = random.permutation(len(drawn[0]))
        for at in range(batches):
            count += 1
            key, own = jax.random.split(key)
            rows = np.sort(order[at * BATCH : (at + 1) * BATCH])
            rate = 1.5e-3 * (1 + np.cos(np.pi * count / (passes * batches))) + 1e-5
            net, mean, square = step(net, mean, square, count, tuple(part[rows] for part in drawn), own, rate)
        say(f"pass {turn + 1} of {passes}")
    return net


def rounded(net):
    """The weights as they are stored, and the network that they make."""
    stored, made = bytearray(), {}
    for name in ("first", "second", "third", "last"):
        weights, bias = np.asarray(net[name]), np.asarray(net[name + "_bias"])
        scale = np.abs(weights).reshape(-1, weights.shape[-1]).max(0) / 127
        whole = np.round(weights / scale).astype(np.int8)
        stored += scale.astype("<f4").tobytes() + bias.astype("<f4").tobytes() + whole.tobytes()
        made[name], made[name + "_bias"] = whole.astype(np.float32) * scale.astype(np.float32), bias
    return bytes(stored), made


def score(net, drawn):
    """Shares of cells that are read right, and where it is known how far off the measures are (median)."""
    pixels, classes, places, placed = drawn
    run = jax.jit(lambda part: forward(net, standardised(part.astype(jnp.float32))))
    out = np.concatenate([np.asarray(run(pixels[at : at + 1000])) for at in range(0, len(pixels), 1000)])
    right = out[:, :CLASSES].argmax(1) == classes
    shares = {"characters": right[classes != NOTHING].mean(), "cells with nothing": right[classes == NOTHING].mean()}
    if placed.any():
        near = (placed > 0) & (np.abs(places[:, :2]).max(1) < 0.15)
        off = np.median(np.abs(out[placed > 0, CLASSES:] - places[placed > 0]), axis=0)
        shares |= {"characters in the middle": right[near].mean()}
        shares |= dict(zip(("off to the right", "off down", "off in height"), off))
    return shares


def fnv(content):
    """FNV-1a, 64 bits."""
    value = 0xCBF29CE484222325
    for byte in content:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def strips(fonts, seed):
    """Cells of strips, with what they show, where it stands, and whether that is known."""
    drawn = cells(seed, CELLS_OF_A_SEED, fonts)
    return np.round(drawn.pixels).astype(np.uint8), drawn.classes, drawn.places, drawn.placed


def camera(seeds):
    """Cells of the made-up camera. Where in the cell a character stands is not known to the pixel."""
    cargo = ["cargo", "run", "--quiet", "--release", "-p", "vestibule-vision-bench", "--bin", "zone-cells", "--"]
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([*cargo, file.name, str(seeds[0]), str(seeds[1] - seeds[0])], cwd=HERE, check=True)
        rows = np.fromfile(file.name, np.uint8).reshape(-1, 1 + HEIGHT * WIDTH)
    count = len(rows)
    pixels = rows[:, 1:].reshape(count, HEIGHT, WIDTH)
    return pixels, rows[:, 0].astype(np.int32), np.zeros((count, 3), np.float32), np.zeros(count, np.float32)


def together(parts):
    return [np.concatenate(part) for part in zip(*parts)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/opentype/ocr-b"))
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    with ProcessPoolExecutor(args.workers) as pool:
        shot = [pool.submit(camera, seeds) for seeds in [*CAMERA, CAMERA_HELD_OUT]]
        drawn = [pool.submit(strips, args.fonts, seed) for seed in [*STRIPS, STRIPS_HELD_OUT]]
        *shot, shot_held_out = [part.result() for part in shot]
        *drawn, drawn_held_out = [part.result() for part in drawn]
    net = train(together([*shot, *drawn]), PASSES, partial(print, flush=True))
    stored, made = rounded(net)
    sources = b"".join(source.read_bytes() for source in SOURCES)
    lines = [f"sources {fnv(sources)}", f"weights {fnv(stored)}"]
    for name, held_out in (("strips", drawn_held_out), ("camera", shot_held_out)):
        lines += [f"{name}, {what}: {share:.4f}" for what, share in score(made, held_out).items()]
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "ocrb.bin").write_bytes(stored)
    (TARGET / "ocrb.txt").write_text("\n".join(lines) + "\n")
    print("\n".join(lines), len(stored), "bytes")


if __name__ == "__main__":
    main()

"""Trains the network that reads the characters of machine-readable zones, and writes its weights.

    python mrz_net.py --fonts /usr/share/fonts/opentype/ocr-b

draws all cells anew, some as strips (`mrz_cells.py`) and some from documents before the made-up camera
(`../bench/src/bin/zone-cells.rs`, training seeds), trains for some minutes on two cores, and writes
`../src/mrz/picture/ocrb.bin` and `ocrb.txt` beside it, which says of what and how well they were made. The seeds are
fixed; the drawing is the same on every machine, the sums of training are so on machines of one kind.

The network: 24 × 16 samples, three convolutions of 3 × 3 (8, 16 and 32 channels), each followed by the
largest of 2 × 2, then one layer to 41 outputs: 38 classes, and where and how tall the character is. In the last passes
weights are coarse: see `learning.in_steps`.
"""

import argparse
import subprocess
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from learning import as_stored, learn, priced
from mrz_cells import ALPHABET, HEIGHT, NOTHING, WIDTH, cells
from record import write

HERE = Path(__file__).parent
SOURCES = (HERE / "mrz_net.py", HERE / "mrz_cells.py", HERE.parent / "bench" / "src" / "bin" / "zone-cells.rs")
# Seeds of strips, and how many cells each gives.
STRIPS, STRIPS_HELD_OUT, CELLS_OF_A_SEED = range(1, 6), 900, 20_000
# Training seeds of the made-up camera, from one up to another.
CAMERA, CAMERA_HELD_OUT = [(0, 450), (450, 900), (900, 1350)], (100_000, 100_060)
# A character is nothing as far as a finger or light hides it: not at all up to the first share, and wholly from the second one on.
# What is left of an O may be a C to the last stroke, and no look at it can tell.
HIDDEN = 0.04, 0.3
# Cells of strips with less contrast (the deviation of their samples) show nothing that could be learnt.
FAINTEST = 7
PASSES, RATE = 12, 3e-3
# Then with weights in steps, of which each bit of a weight costs something.
LAST_PASSES, LAST_RATE, STEP, PRICE = 7, 3e-4, 0.3, 0.1
BATCH = 256
CLASSES = NOTHING + 1
# Name, the shape of its weights, and how large these are at first.
LAYERS = [
    ("first", (3, 3, 1, 8), 0.3),
    ("second", (3, 3, 8, 16), 0.12),
    ("third", (3, 3, 16, 32), 0.1),
    ("last", (HEIGHT // 8 * (WIDTH // 8) * 32, CLASSES + 3), 0.05),
]


def start(key):
    keys = jax.random.split(key, len(LAYERS))
    net = {}
    for (name, shape, size), key in zip(LAYERS, keys):
        outputs = shape[-1]
        net[name] = jax.random.normal(key, shape) * size, jnp.ones(outputs), jnp.zeros(outputs)
    return net


def forward(net, pixels, dropped=None):
    """The outputs for standardised pixels: logarithms of odds for each class, and three measures."""
    x = pixels[..., None]
    for name, *_ in LAYERS[:-1]:
        weights, _, bias = net[name]
        x = jax.lax.conv_general_dilated(x, weights, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + bias)
        count, height, width, channels = x.shape
        x = x.reshape(count, height // 2, 2, width // 2, 2, channels).max((2, 4))
    x = x.reshape(x.shape[0], -1)
    if dropped is not None:
        x = x * jax.random.bernoulli(dropped, 0.9, x.shape) / 0.9
    weights, _, bias = net["last"]
    return x @ weights + bias


def standardised(pixels):
    """As the reader does it: mean 0, and deviation 1 where there is contrast."""
    mean = pixels.mean((1, 2), keepdims=True)
    return (pixels - mean) / (pixels.std((1, 2), keepdims=True) + 4)


def loss(net, pixels, classes, hidden, places, placed, number):
    out = forward(net, standardised(pixels.astype(jnp.float32)), jax.random.PRNGKey(number))
    shown = jax.nn.one_hot(classes, CLASSES) * (1 - hidden)[:, None] + jax.nn.one_hot(NOTHING, CLASSES) * hidden[:, None]
    wanted = shown * 0.99 + 0.01 / CLASSES
    wrong = -(jax.nn.log_softmax(out[:, :CLASSES]) * wanted).sum(1)
    off = jnp.abs(out[:, CLASSES:] - places).sum(1) * placed
    return (wrong + off).mean(), {}


def train(net, drawn, cost, passes, most, random):
    batches = len(drawn[0]) // BATCH

    def chosen():
        for _ in range(passes):
            order = random.permutation(len(drawn[0]))
            for at in range(batches):
                rows = np.sort(order[at * BATCH : (at + 1) * BATCH])
                yield *(part[rows] for part in drawn), random.integers(1 << 31)

    costs = []
    for net, _, value in learn(net, cost, chosen(), passes * batches, most):
        costs.append(value)
        if len(costs) % batches == 0:
            print(f"pass {len(costs) // batches}: {np.mean(np.array(costs[-batches:])):.4f}", flush=True)
    return net


def score(net, drawn):
    """Shares of cells that are read right, and where it is known how far off the measures are (median)."""
    pixels, classes, hidden, places, placed = drawn
    run = jax.jit(lambda part: forward(net, standardised(part.astype(jnp.float32))))
    out = np.concatenate([np.asarray(run(pixels[at : at + 1000])) for at in range(0, len(pixels), 1000)])
    found = out[:, :CLASSES].argmax(1)
    right = found == classes
    shares = {"characters": right[(classes != NOTHING) & (hidden == 0)].mean()}
    shares |= {"cells with nothing": right[classes == NOTHING].mean()}
    if (hidden == 1).any():
        shares |= {"hidden characters taken for others": (~right & (found != NOTHING))[hidden == 1].mean()}
    if placed.any():
        near = (placed > 0) & (np.abs(places[:, :2]).max(1) < 0.15)
        off = np.median(np.abs(out[placed > 0, CLASSES:] - places[placed > 0]), axis=0)
        shares |= {"characters in the middle": right[near].mean()}
        shares |= dict(zip(("off to the right", "off down", "off in height"), off))
    return shares


def strips(args, seed):
    """Cells of strips, with what they show, how far it is hidden, where it stands, and whether that is known."""
    kept = args.drawn and args.drawn / f"strips-{seed}.npz"
    if kept and kept.exists():
        stored = np.load(kept)
        parts = tuple(stored[name] for name in ("X", "Y", "H", "P", "M"))
    else:
        drawn = cells(seed, CELLS_OF_A_SEED, args.fonts)
        hidden = np.zeros(len(drawn.classes), np.float32)
        parts = np.round(drawn.pixels).astype(np.uint8), drawn.classes, hidden, drawn.places, drawn.placed
        if kept:
            np.savez(kept, **dict(zip(("X", "Y", "H", "P", "M"), parts)))
    visible = (parts[0].std((1, 2)) > FAINTEST) | (parts[1] == NOTHING)
    return tuple(part[visible] for part in parts)


def camera(args, seeds):
    """Cells of the made-up camera. Where in the cell a character stands is not known to the pixel."""
    folder = args.drawn or Path(tempfile.mkdtemp())
    file = folder / f"camera-{seeds[0]}-{seeds[1]}.cells"
    if not file.exists():
        cargo = ["cargo", "run", "--quiet", "--release", "-p", "vestibule-vision-bench", "--bin", "zone-cells", "--"]
        subprocess.run([*cargo, file, str(seeds[0]), str(seeds[1] - seeds[0])], cwd=HERE, check=True)
    rows = np.fromfile(file, np.uint8).reshape(-1, 2 + HEIGHT * WIDTH)
    count = len(rows)
    pixels, (least, most) = rows[:, 2:].reshape(count, HEIGHT, WIDTH), HIDDEN
    hidden = np.clip((rows[:, 1] / 255 - least) / (most - least), 0, 1).astype(np.float32)
    return pixels, rows[:, 0].astype(np.int32), hidden, np.zeros((count, 3), np.float32), np.zeros(count, np.float32)


def together(parts):
    return [np.concatenate(part) for part in zip(*parts)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts/opentype/ocr-b"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--drawn", type=Path, help="a folder in which drawn cells are kept and found again")
    args = parser.parse_args()
    with ProcessPoolExecutor(args.workers) as pool:
        shot = [pool.submit(camera, args, seeds) for seeds in [*CAMERA, CAMERA_HELD_OUT]]
        drawn = [pool.submit(strips, args, seed) for seed in [*STRIPS, STRIPS_HELD_OUT]]
        *shot, shot_held_out = [part.result() for part in shot]
        *drawn, drawn_held_out = [part.result() for part in drawn]
    cells = together([*shot, *drawn])
    random = np.random.default_rng(0)
    net = train(start(jax.random.PRNGKey(0)), cells, loss, PASSES, RATE, random)
    net = train(net, cells, priced(loss, STEP, PRICE), LAST_PASSES, LAST_RATE, random)
    net, content = as_stored(net, [name for name, *_ in LAYERS], STEP)
    said = [f"learned in {PASSES} passes, then in steps of {STEP} in {LAST_PASSES}"]
    said += [f"cells of strips: {sum(len(part[0]) for part in drawn)}"]
    said += [f"cells of the made-up camera: {sum(len(part[0]) for part in shot)}"]
    for name, held_out in (("strips", drawn_held_out), ("camera", shot_held_out)):
        said += [f"held out, rounded, {name}, {what}: {share:.4f}" for what, share in score(net, held_out).items()]
    write("mrz/picture/ocrb", content, SOURCES, *said)


if __name__ == "__main__":
    main()

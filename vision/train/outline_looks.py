"""Trains the network that tells how a shape looks which may be a document, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-looks -- looks.bin 4000
    python outline_looks.py looks.bin

It writes `../src/outline/looks.bin`, and `looks.txt` beside it, which says of what and how well it was made. The seeds are
fixed; the sums are the same on machines of one kind. It takes a quarter of an hour of two cores. What is covered and which
shapes are found depends on the other network and on the worth of lines: after `outline_net.py` and `outline_lines.py`.

It sees a shape laid flat with an eighth of it all around, and learns whether the shape overlaps with the truth by nearly
all: that what is within looks like a document, and ends where the shape ends. Weights are as those of `outline_net.py`; in
the last steps they are coarse.
"""

import hashlib
import sys
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from learning import ahead
from rounding import coarser, stored, whole

TARGET = Path(__file__).parent.parent / "src" / "outline"
HEIGHT, WIDTH = 40, 64
RECORD = np.dtype([("frame", "<u4"), ("overlap", "<f4"), ("looks", "i1", (HEIGHT, WIDTH, 4))])
# The last of all frames are kept apart.
HELD_OUT = 0.1
BATCH = 256
STEPS, RATE = 8000, 4e-3
# Then in coarse steps, as a part of the root of the mean of squares of the weights of an output.
LAST_STEPS, LAST_RATE, STEP = 2000, 1e-3, 0.4
# A shape that overlaps by less is wrong, and by so much more is right.
WRONG, RIGHT = 0.90, 0.98
EPSILON = 1e-4

# Name, kernel, inputs, outputs; the last is of all places.
LAYERS = [("c1", 3, 4, 8), ("c2", 3, 8, 12), ("c3", 3, 12, 16), ("out", 0, HEIGHT // 8 * (WIDTH // 8) * 16, 1)]


def start(random):
    """Weights, and what each layer's outputs are scaled by and moved by once they are standardised."""
    net = {}
    for name, kernel, inputs, outputs in LAYERS:
        count = max(kernel * kernel, 1) * inputs
        weights = random.normal(0, ((2 if kernel else 1) / count) ** 0.5, (count, outputs)).astype(np.float32)
        net[name] = weights, np.ones(outputs, np.float32), np.zeros(outputs, np.float32)
    return net


def forward(net, x, usual=None, folded=False):
    """The logarithm of the odds, and the mean and variance of each layer's outputs, by which they are standardised, or by
    the usual ones where these are given, or not at all."""
    seen = {}
    for name, *_ in LAYERS[:-1]:
        weights, scale, bias = net[name]
        x = around(x) @ weights
        if not folded:
            seen[name] = x.mean((0, 1, 2)), x.var((0, 1, 2))
            mean, variance = seen[name] if usual is None else usual[name]
            x = (x - mean) * (scale / jnp.sqrt(variance + EPSILON))
        x = jax.nn.relu(x + bias)
    weights, _, bias = net["out"]
    return (x.reshape(len(x), -1) @ weights + bias)[:, 0], seen


def around(x):
    """What 3 × 3 weights see in steps of two."""
    x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    high, wide = (size - 2 for size in x.shape[1:3])
    return jnp.concatenate([x[:, v : v + high : 2, u : u + wide : 2] for v in range(3) for u in range(3)], 3)


def in_steps(net):
    """The network with weights in steps; what it learns moves them as if there were none."""

    def felt(weights):
        step = STEP * jnp.sqrt((weights**2).mean(0)) + 1e-9
        return weights + jax.lax.stop_gradient(jnp.round(weights / step) * step - weights)

    return {name: (felt(weights), scale, bias) for name, (weights, scale, bias) in net.items()}


def loss(net, looks, right, folded):
    odds, seen = forward(in_steps(net) if folded else net, looks, folded=folded)
    return (jax.nn.softplus(odds) - odds * right).mean(), seen


def right(records):
    return np.clip((records["overlap"] - WRONG) / (RIGHT - WRONG), 0, 1).astype(np.float32)


def disturb(random, records):
    """Mirrors shapes, and changes colours."""
    x = records["looks"].astype(np.float32) / 32
    if random.random() < 0.5:
        x = x[:, ::-1]
    if random.random() < 0.5:
        x = x[:, :, ::-1]
    one = (len(x), 1, 1, 1)
    colours = x[..., random.permutation(3)]
    grey = random.uniform(0, 1, one).astype(np.float32) ** 2
    colours = colours + grey * (colours.mean(3, keepdims=True) - colours)
    colours = colours * random.uniform(0.85, 1.15, (len(x), 1, 1, 3)).astype(np.float32)
    return np.concatenate([colours, x[..., 3:]], 3), right(records)


def fold(net, usual):
    """The same network with the standardising put into weights and biases."""
    folded = dict(net)
    for name, (mean, variance) in usual.items():
        weights, scale, bias = net[name]
        scale = scale / np.sqrt(variance + EPSILON)
        folded[name] = np.asarray(weights * scale), np.ones_like(scale), np.asarray(bias - mean * scale)
    return folded


def train(net, records, held, steps, most, random, folded=False):
    """Learns by Adam in steps that begin and end small."""
    zeros = jax.tree.map(np.zeros_like, net)
    moments = (zeros, zeros)
    usual = {} if folded else {name: (np.zeros(outputs, np.float32), np.ones(outputs, np.float32)) for name, *_, outputs in LAYERS[:-1]}

    @jax.jit
    def step(net, moments, usual, at, looks, right):
        (cost, seen), slope = jax.value_and_grad(loss, has_aux=True)(net, looks, right, folded)
        first, second = moments
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda m, g: 0.99 * m + 0.01 * g * g, second, slope)
        rate = most * jnp.minimum(at / 200, 0.5 + 0.5 * jnp.cos(jnp.pi * at / steps)) + 1e-5
        move = lambda w, m, v: w - rate * (m / (1 - 0.9 ** (at + 1))) / (jnp.sqrt(v / (1 - 0.99 ** (at + 1))) + 1e-6)
        usual = {name: jax.tree.map(lambda old, new: 0.98 * old + 0.02 * new, usual[name], seen[name]) for name in usual}
        return jax.tree.map(move, net, first, second), (first, second), usual, cost

    costs = []
    chosen = (np.sort(random.integers(0, len(records), BATCH)) for _ in range(steps))
    for at, (looks, wanted) in enumerate(ahead(disturb(random, records[part]) for part in chosen)):
        net, moments, usual, cost = step(net, moments, usual, at, looks, wanted)
        costs.append(cost)
        if at % 1000 == 999:
            said = score(net if folded else fold(net, usual), held)
            print(f"step {at + 1}: {np.mean(np.array(costs[-1000:])):.4f}; held out: {said}", flush=True)
    return net if folded else fold(net, usual)


measure = jax.jit(lambda net, looks: forward(net, looks, folded=True)[0])


def score(net, held):
    """The cost, and how often the shape of a frame that looks best is right, where one is, as the reader looks at them."""
    odds = []
    for at in range(0, len(held), BATCH):
        looks = held["looks"][at : at + BATCH].astype(np.float32) / 32
        looks = np.pad(looks, ((0, BATCH - len(looks)), (0, 0), (0, 0), (0, 0)))
        odds.append((measure(net, looks) + measure(net, looks[:, ::-1, ::-1])) / 2)
    odds = np.concatenate(odds)[: len(held)]
    cost = np.mean(np.logaddexp(0, odds) - odds * right(held))
    _, first = np.unique(held["frame"], return_index=True)
    chosen = []
    for frame in np.split(np.arange(len(held)), first[1:]):
        overlaps = held["overlap"][frame]
        if overlaps.max() > 0.95:
            chosen.append(overlaps[odds[frame].argmax()] > 0.95)
    return f"cost {cost:.4f}, of {len(chosen)} frames with a right shape it is chosen in {np.mean(chosen):.3f}"


def main():
    records = np.memmap(sys.argv[1], RECORD, "r")
    frames = records["frame"]
    first_held = int(frames[-1] * (1 - HELD_OUT))
    held = np.array(records[frames >= first_held])
    learned = records[: np.searchsorted(frames, first_held)]
    net = train(start(np.random.default_rng(3)), learned, held, STEPS, RATE, np.random.default_rng(4))
    net = train(net, learned, held, LAST_STEPS, LAST_RATE, np.random.default_rng(5), folded=True)
    layers = [coarser(net[name][0], net[name][2], part=STEP) for name, *_ in LAYERS]
    net = {name: (whole(layer)[0], np.ones_like(layer[1]), layer[2]) for (name, *_), layer in zip(LAYERS, layers)}
    result = score(net, held)
    (TARGET / "looks.bin").write_bytes(stored(layers))
    script = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    (TARGET / "looks.txt").write_text(
        f"made by vision/train/outline_looks.py, sha256 {script}\n"
        f"learned from {len(learned)} shapes of {first_held} frames in {STEPS} steps, then in coarse ones in {LAST_STEPS}\n"
        f"held out: {result}\n"
    )
    print(result)


main()

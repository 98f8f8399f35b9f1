"""Trains the network that tells how a shape looks which may be a document, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-looks -- looks.bin 10000
    python outline_looks.py looks.bin

It writes `../src/outline/looks.bin`, and `looks.txt` beside it, which says of what and how well it was made. The seeds are
fixed; the sums are the same on machines of one kind. It takes a quarter of an hour of two cores. What is covered and which
shapes are found depends on the other network and on the worth of lines: after `outline_net.py` and `outline_lines.py`.

It sees a shape laid flat with an eighth of it all around, and learns whether the shape overlaps with the truth by nearly
all: that what is within looks like a document, and ends where the shape ends. In the last steps weights are coarse: see
`learning.in_steps`.
"""

import sys
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from learning import EPSILON, as_stored, fold, learn, priced, standard
from record import write

HEIGHT, WIDTH = 40, 64
RECORD = np.dtype([("frame", "<u4"), ("overlap", "<f4"), ("looks", "i1", (HEIGHT, WIDTH, 4))])
# The last of all frames are kept apart.
HELD_OUT = 0.1
BATCH = 256
STEPS, RATE = 8000, 4e-3
# Then with weights in steps, of which each bit of a weight costs something.
LAST_STEPS, LAST_RATE, STEP, PRICE = 3000, 5e-4, 0.6, 0.05
# A shape that overlaps by less is wrong, and by so much more is right.
WRONG, RIGHT = 0.90, 0.98

# Name, kernel, inputs, outputs; the last is of all places.
LAYERS = [("c1", 3, 4, 12), ("c2", 3, 12, 16), ("c3", 3, 16, 24), ("out", 0, HEIGHT // 8 * (WIDTH // 8) * 24, 1)]


def start(random):
    """Weights, and what each layer's outputs are scaled by and moved by once they are standardised."""
    net = {}
    for name, kernel, inputs, outputs in LAYERS:
        count = max(kernel * kernel, 1) * inputs
        weights = random.normal(0, ((2 if kernel else 1) / count) ** 0.5, (count, outputs)).astype(np.float32)
        net[name] = weights, np.ones(outputs, np.float32), np.zeros(outputs, np.float32)
    return net


def forward(net, x, folded=False):
    """The logarithm of the odds, and the mean and variance of each layer's outputs, by which they are standardised, unless
    that is in the weights."""
    seen = {}
    for name, *_ in LAYERS[:-1]:
        weights, scale, bias = net[name]
        x = around(x) @ weights
        if not folded:
            seen[name] = x.mean((0, 1, 2)), x.var((0, 1, 2))
            mean, variance = seen[name]
            x = (x - mean) * (scale / jnp.sqrt(variance + EPSILON))
        x = jax.nn.relu(x + bias)
    weights, _, bias = net["out"]
    return (x.reshape(len(x), -1) @ weights + bias)[:, 0], seen


def around(x):
    """What 3 × 3 weights see in steps of two."""
    x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    high, wide = (size - 2 for size in x.shape[1:3])
    return jnp.concatenate([x[:, v : v + high : 2, u : u + wide : 2] for v in range(3) for u in range(3)], 3)


def loss(net, looks, right, folded=False):
    odds, seen = forward(net, looks, folded)
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


def train(net, records, held, cost, steps, most, random, usual=None):
    """Learns, says how well from time to time, and gives the network with nothing left to be standardised."""
    chosen = (np.sort(random.integers(0, len(records), BATCH)) for _ in range(steps))
    batches = (disturb(random, records[part]) for part in chosen)
    costs = []
    for net, usual, value in learn(net, cost, batches, steps, most, usual):
        costs.append(value)
        if len(costs) % 1000 == 0:
            said = score(fold(net, usual), held)
            print(f"step {len(costs)}: {np.mean(np.array(costs[-1000:])):.4f}; held out: {said}", flush=True)
    return fold(net, usual)


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
    usual = standard({name: outputs for name, *_, outputs in LAYERS[:-1]})
    net = train(start(np.random.default_rng(3)), learned, held, loss, STEPS, RATE, np.random.default_rng(4), usual)
    net = train(net, learned, held, priced(partial(loss, folded=True), STEP, PRICE), LAST_STEPS, LAST_RATE, np.random.default_rng(5))
    net, content = as_stored(net, [name for name, *_ in LAYERS], STEP)
    learned = f"learned from {len(learned)} shapes of {first_held} frames in {STEPS} steps, then in coarse ones in {LAST_STEPS}"
    write("outline/looks", content, [__file__], learned, f"held out: {score(net, held)}")


main()

"""Trains the network that tells which side of a document is up and which way its print is turned.

    cargo run --release -p vestibule-vision-bench --bin lie-views -- lie.bin 2400
    python lie_net.py lie.bin

It writes `../src/lie/net.bin`, and `net.txt` beside it, which says of what and how well it was made. The seeds are fixed;
the sums are the same on machines of one kind. It takes two minutes.

The network sees 64 × 40 parts of a flat document, of each its brightness and how much it changes across and
down. Three convolutions of 3 × 3 in steps of two (8, 12 and 16 channels), then one layer to four answers: a
front that is upright, a front upside down, a back that is upright, one upside down. In the last passes weights are coarse:
see `learning.in_steps`.
"""

import sys

import jax
import jax.numpy as jnp
import numpy as np

from learning import as_stored, learn, priced
from record import write

HELD_OUT = 300
PASSES, RATE = 60, 2e-3
# Then with weights in steps, of which each bit of a weight costs something.
LAST_PASSES, LAST_RATE, STEP, PRICE = 30, 5e-4, 0.9, 0.4
BATCH = 32
LAYERS = [("first", 3, 3, 8), ("second", 3, 8, 12), ("third", 3, 12, 16)]
ANSWERS = 4


def read(path):
    """Textures, and which answer is right."""
    records = np.fromfile(path, np.uint8)
    records = records[: len(records) // RECORD * RECORD].reshape(-1, RECORD)
    textures = records[:, 2:].copy().view(np.float32).reshape(-1, 40, 64, 3)
    return textures, records[:, 0] * 2 + records[:, 1]


RECORD = 2 + 64 * 40 * 3 * 4


def start(random):
    net = {}
    for name, kernel, inputs, outputs in LAYERS:
        spread = (2 / (kernel * kernel * inputs)) ** 0.5
        net[name] = random.normal(0, spread, (kernel, kernel, inputs, outputs))
    net["last"] = random.normal(0, 0.02, (5 * 8 * 16, ANSWERS))
    count = {name: weights.shape[-1] for name, weights in net.items()}
    return {
        name: (weights.astype(np.float32), np.ones(count[name], np.float32), np.zeros(count[name], np.float32))
        for name, weights in net.items()
    }


def forward(net, x, kept=None):
    for name, *_ in LAYERS:
        weights, _, bias = net[name]
        x = jax.lax.conv_general_dilated(x, weights, (2, 2), [(1, 1)] * 2, dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + bias)
    x = x.reshape(len(x), -1)
    if kept is not None:
        x = x * kept
    weights, _, bias = net["last"]
    return x @ weights + bias


def loss(net, textures, answers, kept):
    odds = forward(net, textures, kept)
    # A fiftieth of doubt: what is never certain is said to be less so.
    right = jax.nn.one_hot(answers, ANSWERS) * 0.98 + 0.02 / ANSWERS
    decay = sum((weights**2).sum() for weights, *_ in net.values())
    return -(right * jax.nn.log_softmax(odds)).sum(1).mean() + 2e-4 * decay, {}


def disturb(random, textures, answers):
    """Turns documents upside down, shifts them, and changes light and noise."""
    if random.random() < 0.5:
        textures, answers = textures[:, ::-1, ::-1], answers ^ 1
    down, across = random.integers(-1, 2, 2)
    textures = np.roll(textures, (down, across), (1, 2))
    count = len(textures)
    gain = np.exp(random.uniform(-0.25, 0.25, (count, 1, 1, 3)))
    light = random.uniform(-0.6, 0.6, (count, 1, 1)) * np.linspace(-1, 1, 64)[None, None, :]
    light = light + random.uniform(-0.6, 0.6, (count, 1, 1)) * np.linspace(-1, 1, 40)[None, :, None]
    textures = textures * gain + random.normal(0, 0.08, textures.shape)
    textures[..., 0] = textures[..., 0] * np.where(random.random((count, 1, 1)) < 0.1, -1, 1) + light
    return textures.astype(np.float32), answers


def train(net, textures, answers, held, cost, passes, most, random):
    batches = len(textures) // BATCH

    def drawn():
        for _ in range(passes):
            order = random.permutation(len(textures))
            for first in range(0, batches * BATCH, BATCH):
                chosen = order[first : first + BATCH]
                kept = (random.random((BATCH, 640)) < 0.8).astype(np.float32) / 0.8
                yield *disturb(random, textures[chosen], answers[chosen]), kept

    costs = []
    for net, _, value in learn(net, cost, drawn(), passes * batches, most):
        costs.append(value)
        if len(costs) % (10 * batches) == 0:
            print(f"pass {len(costs) // batches}: {np.mean(np.array(costs[-batches:])):.4f}; held out: {score(net, held)}", flush=True)
    return net


def score(net, held):
    """Of how many it is said, surely, how they lie, and how often wrongly."""
    textures, answers = held
    shares = np.asarray(jax.nn.softmax(forward(net, textures)))
    up, front = shares[:, 0] + shares[:, 2], shares[:, 0] + shares[:, 1]
    told = []
    for share, right in ((up, answers % 2 == 0), (front, answers < 2)):
        sure = np.maximum(share, 1 - share) > 0.9
        told.append(f"said of {sure.mean():.3f}, wrong {((share > 0.5) != right)[sure].mean():.4f}")
    return f"turn {told[0]}; side {told[1]}"


def main():
    textures, answers = read(sys.argv[1])
    total = len(textures) - HELD_OUT
    held = textures[total:], answers[total:]
    # Held out as they lie and upside down.
    held = np.concatenate([held[0], held[0][:, ::-1, ::-1]]), np.concatenate([held[1], held[1] ^ 1])
    textures, answers = textures[:total], answers[:total]
    random = np.random.default_rng(11)
    net = train(start(random), textures, answers, held, loss, PASSES, RATE, random)
    net = train(net, textures, answers, held, priced(loss, STEP, PRICE), LAST_PASSES, LAST_RATE, random)
    net, content = as_stored(net, [*(name for name, *_ in LAYERS), "last"], STEP)
    learned = f"learned from {total} documents in {PASSES} passes, then in steps of {STEP} in {LAST_PASSES}"
    write("lie/net", content, [__file__], learned, f"held out, rounded: {score(net, held)}")


main()

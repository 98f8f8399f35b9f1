"""Trains the network that tells which side of a document is up and which way its print is turned.

    cargo run --release -p vestibule-vision-bench --bin lie-views -- lie.bin 2400
    python lie_net.py lie.bin

It writes `../src/lie/net.bin`, and `net.txt` beside it, which says of what and how well it was made. A test
compares the hash there with this script. The seeds are fixed; the sums are the same on machines of one kind. It
takes two minutes.

The network sees 64 × 40 parts of a flat document, of each its brightness and how much it changes across and
down. Three convolutions of 3 × 3 in steps of two (8, 12 and 16 channels), then one layer to four answers: a
front that is upright, a front upside down, a back that is upright, one upside down. Weights are whole numbers of
8 bits, with one scale for each output.
"""

import hashlib
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from rounding import rounded, stored, whole

TARGET = Path(__file__).parent.parent / "src" / "lie"
HELD_OUT = 300
PASSES = 60
BATCH = 32
RATE = 2e-3
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
        net[name] = random.normal(0, spread, (kernel, kernel, inputs, outputs)).astype(np.float32), np.zeros(outputs, np.float32)
    net["last"] = random.normal(0, 0.02, (5 * 8 * 16, ANSWERS)).astype(np.float32), np.zeros(ANSWERS, np.float32)
    return net


def forward(net, x, kept=None):
    for name, *_ in LAYERS:
        weights, bias = net[name]
        x = jax.lax.conv_general_dilated(x, weights, (2, 2), [(1, 1)] * 2, dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + bias)
    x = x.reshape(len(x), -1)
    if kept is not None:
        x = x * kept
    weights, bias = net["last"]
    return x @ weights + bias


def loss(net, textures, answers, kept):
    odds = forward(net, textures, kept)
    # A fiftieth of doubt: what is never certain is said to be less so.
    right = jax.nn.one_hot(answers, ANSWERS) * 0.98 + 0.02 / ANSWERS
    decay = sum((weights**2).sum() for weights, _ in net.values())
    return -(right * jax.nn.log_softmax(odds)).sum(1).mean() + 2e-4 * decay


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


def main():
    textures, answers = read(sys.argv[1])
    total = len(textures) - HELD_OUT
    held = textures[total:], answers[total:]
    # Held out as they lie and upside down.
    held = np.concatenate([held[0], held[0][:, ::-1, ::-1]]), np.concatenate([held[1], held[1] ^ 1])
    random = np.random.default_rng(11)
    net = start(random)
    zeros = jax.tree.map(np.zeros_like, net)
    moments = (zeros, zeros)
    steps = PASSES * (total // BATCH)

    @jax.jit
    def step(net, moments, at, textures, answers, kept):
        cost, slope = jax.value_and_grad(loss)(net, textures, answers, kept)
        first, second = moments
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda m, g: 0.99 * m + 0.01 * g * g, second, slope)
        rate = RATE * (0.5 + 0.5 * jnp.cos(jnp.pi * at / steps)) + 1e-5
        move = lambda w, m, v: w - rate * (m / (1 - 0.9 ** (at + 1))) / (jnp.sqrt(v / (1 - 0.99 ** (at + 1))) + 1e-6)
        return jax.tree.map(move, net, first, second), (first, second), cost

    def score(net):
        shares = np.asarray(jax.nn.softmax(forward(net, held[0])))
        up, front = shares[:, 0] + shares[:, 2], shares[:, 0] + shares[:, 1]
        told = []
        for share, right in ((up, held[1] % 2 == 0), (front, held[1] < 2)):
            sure = np.maximum(share, 1 - share) > 0.9
            told.append(f"said of {sure.mean():.3f}, wrong {((share > 0.5) != right)[sure].mean():.4f}")
        return f"turn {told[0]}; side {told[1]}"

    at = 0
    for turn in range(PASSES):
        order, costs = random.permutation(total), []
        for first in range(0, total - BATCH + 1, BATCH):
            chosen = order[first : first + BATCH]
            batch = disturb(random, textures[chosen], answers[chosen])
            kept = (random.random((BATCH, 640)) < 0.8).astype(np.float32) / 0.8
            net, moments, cost = step(net, moments, at, *batch, kept)
            costs.append(float(cost))
            at += 1
        if turn % 10 == 9:
            print(f"pass {turn}: {np.mean(costs):.4f}; held out: {score(net)}", flush=True)
    names = [name for name, *_ in LAYERS] + ["last"]
    layers = [rounded(*net[name]) for name in names]
    result = score({name: whole(layer) for name, layer in zip(names, layers)})
    (TARGET / "net.bin").write_bytes(stored(layers))
    script = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    (TARGET / "net.txt").write_text(
        f"made by vision/train/lie_net.py, sha256 {script}\nlearned from {total} documents, {PASSES} passes\nheld out, rounded: {result}\n"
    )
    print(result)


main()

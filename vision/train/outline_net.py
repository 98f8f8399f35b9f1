"""Trains the network that tells a document from what lies around it, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-views -- views.bin 14200
    python outline_net.py views.bin

It writes `../src/outline/net.bin`, and `net.txt` beside it, which says of what and how well it was made. The seeds are
fixed; the sums are the same on machines of one kind. It takes less than half an hour of two cores.

The network sees a view of a frame, 192 × 112 or so, and says for each square of 4 × 4 pixels of it how
much of the square a document covers: also what a finger hides of it, and not the pages beside it. Plain
convolutions go down to squares of 16 × 16, two wide ones look around there, and two steps lead back up with
what was seen on the way down. Weights are whole numbers of 8 bits, with one scale for each output channel; in the last
passes it learns with weights in coarse steps, which are small numbers, and of which compression makes less.
"""

import sys
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from learning import EPSILON, as_stored, fold, learn, priced, standard
from record import write

SHAPE = (112, 192)
HELD_OUT = 160
BATCH = 16
# First with standardised layers, which learn quickly; then as the network is used, with weights in steps, of which each bit
# of a weight costs something.
PASSES, RATE = 26, 6e-3
LAST_PASSES, LAST_RATE, STEP, PRICE = 5, 4e-4, 0.55, 0.04
# These are not standardised: what follows them is, or nothing does.
PLAIN = {"spread4", "spread5", "wide1", "wide2", "spread8", "up8", "d8", "out"}

# Name, kernel, inputs, outputs; each channel by itself where inputs are 0.
LAYERS = [
    ("c1", 3, 3, 12),
    ("c2", 3, 12, 12),
    ("c3", 3, 12, 12),
    ("spread4", 3, 0, 12),
    ("c4", 1, 12, 32),
    ("spread5", 3, 0, 32),
    ("c5", 1, 32, 48),
    ("wide1", 5, 0, 48),
    ("mix1", 1, 48, 48),
    ("wide2", 5, 0, 48),
    ("mix2", 1, 48, 48),
    ("up8", 1, 48, 32),
    ("spread8", 3, 0, 32),
    ("d8", 1, 32, 12),
    ("d4", 3, 12, 12),
    ("out", 1, 12, 1),
]


def read(path):
    """Views of 192 × 112, tall ones lying down, and the share of each 4 × 4 square that the document covers.
    Those of other shapes are left out: the network knows no shape, and each would be compiled anew."""
    raw, at = np.fromfile(path, np.uint8), 0
    views, covers = [], []
    while at + 37 <= len(raw):
        width, height = (int(value) for value in raw[at : at + 4].view(np.uint16))
        kind = int(raw[at + 4])
        corners = raw[at + 5 : at + 37].copy().view(np.float32).reshape(4, 2)
        end = at + 37 + width * height * 3
        if end > len(raw):
            break
        pixels = raw[at + 37 : end].reshape(height, width, 3)
        at = end
        if {height, width} != set(SHAPE):
            continue
        cover = covered(corners * [width, height], width, height) if kind else np.zeros((height // 4, width // 4), np.uint8)
        upright = (height, width) == SHAPE
        views.append(pixels if upright else pixels.transpose(1, 0, 2))
        covers.append(cover if upright else cover.T)
    return np.stack(views), np.stack(covers)


def covered(corners, width, height):
    """The share of each square within the corners, in 255ths."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) + 0.5
    inside = np.ones((height, width), np.float32)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, 0)):
        far = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / np.hypot(bx - ax, by - ay)
        inside *= np.clip(far + 0.5, 0, 1)
    return np.round(inside.reshape(height // 4, 4, width // 4, 4).mean((1, 3)) * 255).astype(np.uint8)


def start(random):
    """Weights, and what each layer's outputs are scaled by and moved by once they are standardised."""
    net = {}
    for name, kernel, inputs, outputs in LAYERS:
        shape = (kernel, kernel, max(inputs, 1), outputs)
        spread = (2 / (kernel * kernel * max(inputs, 1))) ** 0.5
        weights = random.normal(0, spread, shape).astype(np.float32)
        net[name] = weights, np.ones(outputs, np.float32), np.zeros(outputs, np.float32)
    return net


def forward(net, pixels, folded=False):
    """The logarithm of the odds that a square is covered, and the mean and variance of each layer's outputs.
    They are standardised by these, unless that is in the weights."""
    seen = {}

    def layer(x, name, stride=1):
        weights, scale, bias = net[name]
        around = weights.shape[0] // 2
        if weights.shape[2] == 1 and x.shape[3] > 1:
            # What follows has a bias of its own.
            return each_by_itself(x, weights[:, :, 0], stride, around)
        x = of_all(x, weights, stride, around)
        if folded or name in PLAIN:
            return x + bias
        seen[name] = x.mean((0, 1, 2)), x.var((0, 1, 2))
        mean, variance = seen[name]
        return (x - mean) * (scale / jnp.sqrt(variance + EPSILON)) + bias

    relu = jax.nn.relu
    twice = lambda x: x.repeat(2, 1).repeat(2, 2)
    mean = pixels.mean((1, 2, 3), keepdims=True)
    spread = jnp.sqrt(((pixels - mean) ** 2).mean((1, 2, 3), keepdims=True))
    x = (pixels - mean) / (spread + 4)
    x = relu(layer(x, "c1", 2))
    x = relu(layer(x, "c2", 2))
    fine = relu(layer(x, "c3"))
    middle = relu(layer(layer(fine, "spread4", 2), "c4"))
    x = relu(layer(layer(middle, "spread5", 2), "c5"))
    x = x + relu(layer(layer(x, "wide1"), "mix1"))
    x = x + relu(layer(layer(x, "wide2"), "mix2"))
    x = relu(twice(layer(x, "up8")) + middle)
    x = relu(twice(layer(layer(x, "spread8"), "d8")) + fine)
    x = relu(layer(x, "d4"))
    return layer(x, "out")[..., 0], seen


# JAX knows both convolutions too, and takes up to twice as long on a processor.


def of_all(x, weights, stride, around):
    """A convolution of all channels."""
    seen = [seen for _, _, seen in taps(x, len(weights), stride, around)]
    return jnp.concatenate(seen, 3) @ weights.reshape(-1, weights.shape[3])


def each_by_itself(x, weights, stride, around):
    """A convolution of each channel."""
    return sum(seen * weights[v, u] for v, u, seen in taps(x, len(weights), stride, around))


def taps(x, kernel, stride, around):
    """What each weight of a kernel sees."""
    x = jnp.pad(x, ((0, 0), (around, around), (around, around), (0, 0)))
    high, wide = ((size - kernel) // stride * stride + 1 for size in x.shape[1:3])
    return [(v, u, x[:, v : v + high : stride, u : u + wide : stride]) for v in range(kernel) for u in range(kernel)]


def loss(net, pixels, cover, folded=False):
    odds, seen = forward(net, pixels, folded)
    return cost_of(odds, cover), seen


def cost_of(odds, cover):
    cost = jax.nn.softplus(odds) - odds * cover
    # Borders are few, and what is wanted.
    weight = 1 + 3 * ((cover > 0.02) & (cover < 0.98))
    return (cost * weight).sum() / weight.sum()


def disturb(random, pixels, cover):
    """Mirrors views, and changes colours, brightness and noise."""
    pixels = pixels.astype(np.float32)
    if random.random() < 0.5:
        pixels, cover = pixels[:, :, ::-1], cover[:, :, ::-1]
    if random.random() < 0.5:
        pixels, cover = pixels[:, ::-1], cover[:, ::-1]
    pixels = pixels[..., random.permutation(3)]
    count = len(pixels)
    one = (count, 1, 1, 1)
    each = (count, 1, 1, 3)
    grey = random.uniform(0, 1, one).astype(np.float32) ** 2
    pixels = pixels + grey * (pixels.mean(3, keepdims=True) - pixels)
    gamma = np.exp(random.uniform(-0.5, 0.5, one)).astype(np.float32)
    pixels = 255 * (np.maximum(pixels, 0) / 255) ** gamma
    pixels = pixels * random.uniform(0.85, 1.15, each).astype(np.float32)
    pixels += random.normal(0, 1, pixels.shape).astype(np.float32) * random.uniform(0, 3, one).astype(np.float32)
    return np.clip(pixels, 0, 255), cover.astype(np.float32) / 255


def train(net, views, covers, held, cost, passes, most, random, usual=None):
    """Learns, says how well after each pass, and gives the network with nothing left to be standardised."""
    batches = len(views) // BATCH

    def drawn():
        for _ in range(passes):
            order = random.permutation(len(views))
            for first in range(0, batches * BATCH, BATCH):
                part = np.sort(order[first : first + BATCH])
                yield disturb(random, views[part], covers[part])

    costs = []
    for net, usual, value in learn(net, cost, drawn(), passes * batches, most, usual):
        costs.append(value)
        if len(costs) % batches == 0:
            said = score(fold(net, usual), held)
            print(f"pass {len(costs) // batches}: {np.mean(np.array(costs[-batches:])):.4f}; held out: {said}", flush=True)
    return fold(net, usual)


@jax.jit
def measure(net, pixels, cover):
    odds, _ = forward(net, pixels, folded=True)
    seen = jax.nn.sigmoid(odds)
    both, either = jnp.minimum(seen, cover).sum((1, 2)), jnp.maximum(seen, cover).sum((1, 2))
    return cost_of(odds, cover), both / jnp.maximum(either, 1e-3), cover.sum((1, 2)), (seen > 0.5).mean((1, 2))


def score(net, held):
    costs, shares, false = [], [], []
    for at in range(0, HELD_OUT, BATCH):
        pixels, cover = (part[at : at + BATCH].astype(np.float32) for part in held)
        cost, share, there, most = measure(net, pixels, cover / 255)
        costs.append(float(cost))
        shares += [float(s) for s, t in zip(share, there) if t > 0]
        false += [float(m) for m, t in zip(most, there) if t == 0]
    shares = np.array(shares)
    return (
        f"cost {np.mean(costs):.4f}, soft IoU mean {shares.mean():.3f} and tenth hundredth {np.quantile(shares, 0.1):.3f}, "
        f"a twentieth of empty views covered: {np.mean(np.array(false) > 0.05):.3f}"
    )


def main():
    views, covers = read(sys.argv[1])
    total = len(views) - HELD_OUT
    held = views[total:], covers[total:]
    views, covers = views[:total], covers[:total]
    usual = standard({name: outputs for name, _, _, outputs in LAYERS if name not in PLAIN})
    random = np.random.default_rng(7)
    net = train(start(random), views, covers, held, loss, PASSES, RATE, random, usual)
    net = train(net, views, covers, held, priced(partial(loss, folded=True), STEP, PRICE), LAST_PASSES, LAST_RATE, np.random.default_rng(8))
    net, content = as_stored(net, [name for name, *_ in LAYERS], STEP)
    learned = f"learned from {total} views in {PASSES} passes, then in steps of {STEP} in {LAST_PASSES}"
    write("outline/net", content, [__file__], learned, f"held out, rounded: {score(net, held)}")


if __name__ == "__main__":
    main()

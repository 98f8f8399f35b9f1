"""Trains the network that tells a document from what lies around it, and writes its weights.

    cargo run --release -p vestibule-vision-bench --bin outline-views -- views.bin 9800
    python outline_net.py views.bin

It writes `../src/outline/net.bin`, and `net.txt` beside it, which says of what and how well it was made. A
test compares the hash there with this script. The seeds are fixed; the sums are the same on machines of one
kind. It takes less than half an hour of two cores.

The network sees a view of a frame, 192 × 112 or so, and says for each square of 4 × 4 pixels of it how
much of the square a document covers: also what a finger hides of it, and not the pages beside it. Plain
convolutions go down to squares of 16 × 16, two wide ones look around there, and two steps lead back up with
what was seen on the way down. Weights are whole numbers of 8 bits, with one scale for each output channel; in the last
passes it learns with weights in coarse steps, which are small numbers, and of which compression makes less.
"""

import hashlib
import sys
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from learning import ahead
from rounding import coarser, rounded, stored, whole

TARGET = Path(__file__).parent.parent / "src" / "outline"
SHAPE = (112, 192)
HELD_OUT = 160
BATCH = 16
# First with standardised layers, which learn quickly; then as the network is used, rounded, with smaller steps.
PASSES, RATE = 40, 6e-3
LAST_PASSES, LAST_RATE = (1, 1), 5e-4
# Then in steps, as a part of the root of the mean of squares of the weights of an output.
PASSES_IN_STEPS, STEP = 6, 0.2
EPSILON = 1e-4
# These are not standardised: what follows them is, or nothing does.
PLAIN = {"spread4", "spread5", "wide1", "wide2", "spread8", "up8", "d8", "out"}

# Name, kernel, inputs, outputs; each channel by itself where inputs are 0.
LAYERS = [
    ("c1", 3, 3, 12),
    ("c2", 3, 12, 12),
    ("c3", 3, 12, 12),
    ("spread4", 3, 0, 12),
    ("c4", 1, 12, 24),
    ("spread5", 3, 0, 24),
    ("c5", 1, 24, 32),
    ("wide1", 5, 0, 32),
    ("mix1", 1, 32, 32),
    ("wide2", 5, 0, 32),
    ("mix2", 1, 32, 32),
    ("up8", 1, 32, 24),
    ("spread8", 3, 0, 24),
    ("d8", 1, 24, 12),
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


def forward(net, pixels, usual=None, folded=False):
    """The logarithm of the odds that a square is covered, and the mean and variance of each layer's outputs.
    They are standardised by those of this batch, or by the usual ones where these are given, or not at all."""
    seen = {}

    def layer(x, name, stride=1):
        weights, scale, bias = net[name]
        around = weights.shape[0] // 2
        if weights.shape[2] == 1 and x.shape[3] > 1:
            x = each_by_itself(x, weights[:, :, 0], stride, around)
        else:
            x = of_all(x, weights, stride, around)
        if folded or name in PLAIN:
            return x + bias
        seen[name] = x.mean((0, 1, 2)), x.var((0, 1, 2))
        mean, variance = seen[name] if usual is None else usual[name]
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


def in_steps(net):
    """The network with weights in steps; what it learns moves them as if there were none."""

    def felt(weights):
        step = STEP * jnp.sqrt((weights**2).mean((0, 1, 2))) + 1e-9
        return weights + jax.lax.stop_gradient(jnp.round(weights / step) * step - weights)

    return {name: (felt(weights), scale, bias) for name, (weights, scale, bias) in net.items()}


def loss(net, pixels, cover, folded, stepped):
    odds, seen = forward(in_steps(net) if stepped else net, pixels, folded=folded)
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


def fold(net, usual):
    """The same network with the standardising put into weights and biases."""
    folded = {}
    for name, (weights, scale, bias) in net.items():
        if name not in PLAIN:
            mean, variance = usual[name]
            scale = scale / np.sqrt(variance + EPSILON)
            weights, bias = weights * scale, bias - mean * scale
        folded[name] = np.asarray(weights), np.ones_like(scale), np.asarray(bias)
    return folded


def train(net, views, covers, held, passes, most, random, folded=False, stepped=False):
    """Learns by Adam in steps that begin and end small, and says how well after each pass."""
    zeros = jax.tree.map(np.zeros_like, net)
    moments = (zeros, zeros)
    usual = {name: (np.zeros(outputs, np.float32), np.ones(outputs, np.float32)) for name, _, _, outputs in LAYERS if name not in PLAIN}
    if folded:
        usual = {}
    steps = passes * (len(views) // BATCH)

    @jax.jit
    def step(net, moments, usual, at, pixels, cover):
        (cost, seen), slope = jax.value_and_grad(loss, has_aux=True)(net, pixels, cover, folded, stepped)
        first, second = moments
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda m, g: 0.99 * m + 0.01 * g * g, second, slope)
        rate = most * jnp.minimum(at / 200, 0.5 + 0.5 * jnp.cos(jnp.pi * at / steps)) + 1e-5
        move = lambda w, m, v: w - rate * (m / (1 - 0.9 ** (at + 1))) / (jnp.sqrt(v / (1 - 0.99 ** (at + 1))) + 1e-6)
        usual = {name: jax.tree.map(lambda old, new: 0.98 * old + 0.02 * new, usual[name], seen[name]) for name in usual}
        return jax.tree.map(move, net, first, second), (first, second), usual, cost

    at = 0
    for turn in range(passes):
        order, costs = random.permutation(len(views)), []
        chosen = (np.sort(order[first : first + BATCH]) for first in range(0, len(views) - BATCH + 1, BATCH))
        for pixels, cover in ahead(disturb(random, views[part], covers[part]) for part in chosen):
            net, moments, usual, cost = step(net, moments, usual, at, pixels, cover)
            costs.append(cost)
            at += 1
        said = score(net if folded else fold(net, usual), held)
        print(f"pass {turn}: {np.mean(np.array(costs)):.4f}; held out: {said}", flush=True)
    return net if folded else fold(net, usual)


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


def as_stored(net, store):
    """The network that is left when each layer is stored so, and what is stored."""
    names = [name for name, *_ in LAYERS]
    layers = [store(net[name][0], net[name][2]) for name in names]
    return {name: (whole(layer)[0], np.ones_like(layer[1]), layer[2]) for name, layer in zip(names, layers)}, layers


def main():
    views, covers = read(sys.argv[1])
    total = len(views) - HELD_OUT
    held = views[total:], covers[total:]
    views, covers = views[:total], covers[:total]
    random = np.random.default_rng(7)
    net = train(start(random), views, covers, held, PASSES, RATE, random)
    net, _ = as_stored(net, rounded)
    for seed, passes in zip((7, 8), LAST_PASSES):
        net = train(net, views, covers, held, passes, LAST_RATE, np.random.default_rng(seed), folded=True)
        net, _ = as_stored(net, rounded)
    random = np.random.default_rng(9)
    net = train(net, views, covers, held, PASSES_IN_STEPS, LAST_RATE, random, folded=True, stepped=True)
    net, layers = as_stored(net, partial(coarser, part=STEP))
    result = score(net, held)
    (TARGET / "net.bin").write_bytes(stored(layers))
    script = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    (TARGET / "net.txt").write_text(
        f"made by vision/train/outline_net.py, sha256 {script}\nlearned from {total} views in {PASSES} passes, then rounded in {len(LAST_PASSES)}, then in steps in {PASSES_IN_STEPS}\nheld out, rounded: {result}\n"
    )
    print(result)


if __name__ == "__main__":
    main()

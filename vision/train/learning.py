"""How the networks of this folder learn, and how their weights are stored.

A network is layers by name, of each its weights, outputs last, then what its outputs are scaled by where they are
standardised, then its biases.
"""

from concurrent.futures import ThreadPoolExecutor

import jax
import jax.numpy as jnp
import numpy as np

# What is added to a variance.
EPSILON = 1e-4


def learn(net, cost, batches, steps, most, usual=None):
    """Adam, in steps that begin and end small, `most` in between. `cost` says of a network and a batch what it costs, and of
    each layer that is standardised the mean and variance of its outputs. After each batch it yields the network, what is
    usual of these means and variances, and the cost."""
    first = second = jax.tree.map(np.zeros_like, net)
    usual = usual or {}

    @jax.jit
    def step(net, first, second, usual, at, batch):
        (value, seen), slope = jax.value_and_grad(cost, has_aux=True)(net, *batch)
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda m, g: 0.99 * m + 0.01 * g * g, second, slope)
        rate = most * jnp.minimum(at / 200, 0.5 + 0.5 * jnp.cos(jnp.pi * at / steps)) + 1e-5
        move = lambda w, m, v: w - rate * (m / (1 - 0.9 ** (at + 1))) / (jnp.sqrt(v / (1 - 0.99 ** (at + 1))) + 1e-6)
        usual = {name: jax.tree.map(lambda old, new: 0.98 * old + 0.02 * new, usual[name], seen[name]) for name in usual}
        return jax.tree.map(move, net, first, second), first, second, usual, value

    for at, batch in enumerate(ahead(batches)):
        net, first, second, usual, value = step(net, first, second, usual, at, batch)
        yield net, usual, value


def ahead(batches):
    """The same batches, each made while the one before it is learned from."""
    with ThreadPoolExecutor(1) as maker:
        made = maker.submit(next, batches, None)
        while (batch := made.result()) is not None:
            made = maker.submit(next, batches, None)
            yield batch


def standard(outputs):
    """What is usual of layers of so many outputs, before anything was seen."""
    return {name: (np.zeros(count, np.float32), np.ones(count, np.float32)) for name, count in outputs.items()}


def fold(net, usual):
    """The same network with the standardising put into weights and biases."""
    folded = dict(net)
    for name, (mean, variance) in usual.items():
        weights, scale, bias = net[name]
        scale = scale / np.sqrt(variance + EPSILON)
        folded[name] = np.asarray(weights * scale), np.ones_like(scale), np.asarray(bias - mean * scale)
    return folded


def in_steps(net, part):
    """The network as it is stored; what it learns moves its numbers as if they were not rounded. Weights are in steps: a step
    is a part of how large the weights of an output are on the whole (the root of the mean of their squares), so that most
    are small numbers, of which compression makes less. Steps and biases are rounded too."""

    def felt(weights, scale, bias):
        step = step_of(weights, part)
        seen = weights + jax.lax.stop_gradient(jnp.round(weights / step) * step - weights)
        return seen, scale, bias + jax.lax.stop_gradient(rounded(bias) - bias)

    return {name: felt(*layer) for name, layer in net.items()}


def bits(net, part):
    """About how many bits a weight takes that is stored so. Where each has its price, what does little becomes nothing, and
    networks weigh a tenth less that are as good."""
    each = [jnp.log2(1 + jnp.abs(weights) / (part * size_of(weights))) for weights, *_ in net.values()]
    return sum(one.sum() for one in each) / sum(one.size for one in each)


def priced(cost, part, price):
    """What a network costs in steps, by what it costs otherwise, where each bit of a weight has a price."""

    def both(net, *batch):
        value, seen = cost(in_steps(net, part), *batch)
        return value + price * bits(net, part), seen

    return both


def step_of(weights, part):
    """For each output."""
    return rounded(part * size_of(weights))


def size_of(weights):
    """How large the weights of each output are on the whole."""
    return jnp.sqrt((weights**2).mean(tuple(range(weights.ndim - 1)))) + 1e-9


def rounded(values):
    """The nearest of which three bits after the first are not nothing: so exact are steps and biases."""
    bits = jax.lax.bitcast_convert_type(jnp.asarray(values, jnp.float32), jnp.uint32)
    return jax.lax.bitcast_convert_type((bits + 0x80000) & jnp.uint32(0xFFF00000), jnp.float32)


def as_stored(net, names, part):
    """The network that is left when its layers are stored in this order, and the bytes of it, which
    `vision/src/convolution.rs` reads: for each layer whole numbers of 8 bits, then the step of each output and its bias, of
    which the upper half of the bits is all there is."""
    left, content = {}, b""
    for name in names:
        weights, scale, bias = net[name]
        step, bias = np.asarray(step_of(weights, part)), np.asarray(rounded(bias))
        whole = np.clip(np.round(np.asarray(weights) / step), -127, 127).astype(np.int8)
        left[name] = whole * step, np.ones_like(step), bias
        content += whole.tobytes() + upper(step) + upper(bias)
    return left, content


def upper(values):
    return (values.view(np.uint32) >> 16).astype("<u2").tobytes()

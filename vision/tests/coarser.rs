//! The weights that readers have in them are those that were trained, made coarser: `vision/train/coarser.py`.

/// The scales, the biases and the whole weights of a layer.
type Layer = (Vec<f32>, Vec<f32>, Vec<f32>);

fn take<const N: usize>(left: &mut &[u8], count: usize, number: fn([u8; N]) -> f32) -> Vec<f32> {
    let (taken, rest) = left.split_at(N * count);
    *left = rest;
    taken.as_chunks().0.iter().map(|bytes| number(*bytes)).collect()
}

fn whole(left: &mut &[u8], count: usize) -> Vec<f32> {
    take(left, count, |[byte]| f32::from(byte.cast_signed()))
}

fn upper_half(left: &mut &[u8], count: usize) -> Vec<f32> {
    take(left, count, |[low, high]| f32::from_le_bytes([0, 0, low, high]))
}

/// A layer as it is stored for readers, and as `lie_net.py` stores it.
fn stored(left: &mut &[u8], count: usize, outputs: usize) -> Layer {
    let weights = whole(left, count);
    (upper_half(left, outputs), upper_half(left, outputs), weights)
}

/// A layer as `mrz_net.py` stores it.
fn stored_of_zone(left: &mut &[u8], count: usize, outputs: usize) -> Layer {
    let mut floats = || take(left, outputs, f32::from_le_bytes);
    let (scales, biases) = (floats(), floats());
    (scales, biases, whole(left, count))
}

/// Layers, by the weights of an output and the outputs, are as they were trained but for half a step.
fn compare(
    mut trained: &[u8],
    mut coarser: &[u8],
    layer: fn(&mut &[u8], usize, usize) -> Layer,
    sizes: &[[usize; 2]],
) {
    for &[inputs, outputs] in sizes {
        let (scales, biases, weights) = layer(&mut trained, inputs * outputs, outputs);
        let (steps, coarser_biases, multiples) = stored(&mut coarser, inputs * outputs, outputs);
        for (at, (weight, multiple)) in weights.iter().zip(multiples).enumerate() {
            let (is, was) = (multiple * steps[at % outputs], weight * scales[at % outputs]);
            assert!((is - was).abs() <= 0.501 * steps[at % outputs], "{is} was {was}");
        }
        for (is, was) in coarser_biases.iter().zip(biases) {
            assert!((is - was).abs() <= was.abs() / 256.0, "{is} was {was}");
        }
    }
    assert!(trained.is_empty() && coarser.is_empty());
}

#[test]
fn the_network_of_zones_is_the_one_that_was_trained() {
    let trained = include_bytes!("../src/mrz/picture/ocrb.bin");
    let coarser = include_bytes!("../src/mrz/picture/ocrb.small.bin");
    compare(trained, coarser, stored_of_zone, &[[9, 8], [72, 16], [144, 32], [192, 41]]);
}

"""The same step as matrix products: a mini-batch at once, float32, results written where they are to be."""

import numpy

import peer


def sigmoid_in_place(z):
    numpy.negative(z, out=z)
    numpy.exp(z, out=z)
    z += 1
    numpy.reciprocal(z, out=z)


class Network:
    def __init__(self, sizes):
        random = numpy.random.default_rng()
        self.weights = [random.standard_normal(shape, numpy.float32) for shape in zip(sizes, sizes[1:])]
        self.biases = [random.standard_normal(outputs, numpy.float32) for outputs in sizes[1:]]

    def activations(self, inputs):
        layers = [inputs]
        for weight, bias in zip(self.weights, self.biases):
            z = layers[-1] @ weight
            z += bias
            sigmoid_in_place(z)
            layers.append(z)
        return layers

    def step(self, inputs, wanted, learning_rate):
        layers = self.activations(inputs)
        rate = numpy.float32(learning_rate / len(inputs))
        error = layers[-1] - wanted
        for layer in reversed(range(len(self.weights))):
            output = layers[layer + 1]
            error *= output
            error *= 1 - output
            # Through the old weights, before they change; and the rate goes into the small matrix, not the large one.
            before = error @ self.weights[layer].T if layer > 0 else None
            error *= rate
            self.weights[layer] -= layers[layer].T @ error
            self.biases[layer] -= error.sum(axis=0)
            error = before


def main():
    parsed = peer.arguments(__doc__)
    if parsed.about:
        print(f"NumPy {numpy.__version__}, {peer.blas()}")
        return

    # Far below zero exp overflows to infinity, and the sigmoid is 0, as it should be.
    numpy.seterr(over="ignore")
    pixels, labels = peer.images(parsed.data, "train", parsed.images)
    inputs, wanted = peer.features(pixels), peer.one_hot(labels)
    test_pixels, test_labels = peer.images(parsed.data, "t10k", None)
    test_inputs = peer.features(test_pixels)
    network, shuffle = Network(parsed.sizes), numpy.random.default_rng()

    def train_epoch():
        order = shuffle.permutation(len(inputs))
        for first in range(0, len(order), parsed.mini_batch):
            rows = order[first:first + parsed.mini_batch]
            network.step(inputs[rows], wanted[rows], parsed.learning_rate)

    peer.measure(
        parsed, train_epoch, lambda: int((network.activations(test_inputs)[-1].argmax(axis=1) == test_labels).sum()))


main()

"""The way the tutorial teaches it: one image at a time through lists of NumPy arrays, gradients summed over a mini-batch."""

import random

import numpy

import peer


def sigmoid(z):
    return 1.0 / (1.0 + numpy.exp(-z))


class Network:
    def __init__(self, sizes):
        self.biases = [numpy.random.randn(outputs, 1) for outputs in sizes[1:]]
        self.weights = [numpy.random.randn(outputs, inputs) for inputs, outputs in zip(sizes, sizes[1:])]

    def output(self, activation):
        for bias, weight in zip(self.biases, self.weights):
            activation = sigmoid(numpy.dot(weight, activation) + bias)
        return activation

    def train_epoch(self, examples, size, learning_rate):
        random.shuffle(examples)
        for first in range(0, len(examples), size):
            self.step(examples[first:first + size], learning_rate)

    def step(self, batch, learning_rate):
        bias_sums = [numpy.zeros(bias.shape) for bias in self.biases]
        weight_sums = [numpy.zeros(weight.shape) for weight in self.weights]
        for image, wanted in batch:
            bias_gradients, weight_gradients = self.gradients(image, wanted)
            bias_sums = [total + gradient for total, gradient in zip(bias_sums, bias_gradients)]
            weight_sums = [total + gradient for total, gradient in zip(weight_sums, weight_gradients)]
        rate = learning_rate / len(batch)
        self.biases = [bias - rate * total for bias, total in zip(self.biases, bias_sums)]
        self.weights = [weight - rate * total for weight, total in zip(self.weights, weight_sums)]

    def gradients(self, image, wanted):
        activations, weighted_inputs = [image], []
        for bias, weight in zip(self.biases, self.weights):
            weighted_inputs.append(numpy.dot(weight, activations[-1]) + bias)
            activations.append(sigmoid(weighted_inputs[-1]))

        bias_gradients = [None] * len(self.biases)
        weight_gradients = [None] * len(self.weights)
        error = activations[-1] - wanted
        for layer in reversed(range(len(self.weights))):
            error = error * sigmoid(weighted_inputs[layer]) * (1 - sigmoid(weighted_inputs[layer]))
            bias_gradients[layer] = error
            weight_gradients[layer] = numpy.dot(error, activations[layer].transpose())
            if layer > 0:
                error = numpy.dot(self.weights[layer].transpose(), error)
        return bias_gradients, weight_gradients


def columns(rows):
    return [row.reshape(-1, 1) for row in rows]


def main():
    parsed = peer.arguments(__doc__)
    if parsed.about:
        print(f"NumPy {numpy.__version__}, {peer.blas()}")
        return

    pixels, labels = peer.images(parsed.data, "train", parsed.images)
    examples = list(zip(columns(peer.features(pixels)), columns(peer.one_hot(labels).astype(numpy.float64))))
    test_pixels, test_labels = peer.images(parsed.data, "t10k", None)
    test_images = columns(peer.features(test_pixels))
    network = Network(parsed.sizes)
    peer.measure(
        parsed,
        lambda: network.train_epoch(examples, parsed.mini_batch, parsed.learning_rate),
        lambda: sum(int(numpy.argmax(network.output(image)) == label) for image, label in zip(test_images, test_labels)))


main()

"""The same network in PyTorch, as its tutorials write it: modules, autograd, and the optimiser SGD."""

import math

import torch

import peer


def network_of(sizes, scaled):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        linear = torch.nn.Linear(inputs, outputs)
        torch.nn.init.normal_(linear.weight, std=1 / math.sqrt(inputs) if scaled else 1)
        torch.nn.init.normal_(linear.bias)
        layers += [linear, torch.nn.Sigmoid()]
    return torch.nn.Sequential(*layers)


def main():
    parsed = peer.arguments(__doc__)
    if parsed.about:
        print(f"PyTorch {torch.__version__}, {peer.blas()}")
        return

    torch.set_num_threads(parsed.threads)
    pixels, labels = peer.images(parsed.data, "train", parsed.images)
    inputs, wanted = torch.from_numpy(peer.features(pixels)), torch.from_numpy(peer.one_hot(labels))
    test_pixels, test_labels = peer.images(parsed.data, "t10k", None)
    test_inputs, test_labels = torch.from_numpy(peer.features(test_pixels)), torch.from_numpy(test_labels.copy())
    network = network_of(parsed.sizes, parsed.scaled)
    optimiser = torch.optim.SGD(network.parameters(), lr=parsed.learning_rate)

    def train_epoch():
        order = torch.randperm(len(inputs))
        for first in range(0, len(order), parsed.mini_batch):
            rows = order[first:first + parsed.mini_batch]
            optimiser.zero_grad(set_to_none=True)
            cost = 0.5 * (network(inputs[rows]) - wanted[rows]).square().sum() / len(rows)
            cost.backward()
            optimiser.step()

    def count_correct():
        with torch.no_grad():
            return int((network(test_inputs).argmax(dim=1) == test_labels).sum())

    peer.measure(parsed, train_epoch, count_correct)


main()

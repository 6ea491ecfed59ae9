"""Classifies images with nothing but Python, and prints a label for each: python3 classify.py model.safetensors t10k-images-idx3-ubyte"""
import json
import math
import struct
import sys


def read_model(path):
    """The layers, each a list of neurons (weights, bias), and the names of the classes."""
    with open(path, "rb") as file:
        (header_length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_length))
        values = file.read()

    def tensor(name):
        start, end = header[name]["data_offsets"]
        return struct.unpack(f"<{(end - start) // 4}f", values[start:end])

    def layer(number):
        outputs, inputs = header[f"layer{number}.weight"]["shape"]
        weights = tensor(f"layer{number}.weight")
        return list(zip([weights[j * inputs:(j + 1) * inputs] for j in range(outputs)], tensor(f"layer{number}.bias")))

    metadata = header["__metadata__"]
    return [layer(number + 1) for number in range(metadata["sizes"].count(","))], json.loads(metadata["labels"])


def activations(layers, features):
    for layer in layers:
        features = [1 / (1 + math.exp(-bias - sum(map(float.__mul__, weights, features)))) for weights, bias in layer]
    return features


layers, labels = read_model(sys.argv[1])
with open(sys.argv[2], "rb") as file:
    # IDX: four big-endian integers (magic number, images, rows, columns), then a byte for each pixel.
    _, images, rows, columns = struct.unpack(">4I", file.read(16))
    for _ in range(images):
        outputs = activations(layers, [pixel / 255 for pixel in file.read(rows * columns)])
        print(labels[outputs.index(max(outputs))])

"""What the peers have in common: their arguments, the images, the clock, and the lines of JSON that they print."""

import argparse
import gzip
import json
import os
import sys
import time

import numpy

IMAGES_HEADER_BYTES = 16
LABELS_HEADER_BYTES = 8


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--about", action="store_true", help="print the versions that would run, and end")
    parser.add_argument("--data", metavar="FOLDER", help="the folder with the four files of MNIST, gzipped or not")
    parser.add_argument("--sizes", default="784,60,10", help="neurons of each layer, the inputs first")
    parser.add_argument("--mini-batch", type=int, default=10)
    parser.add_argument("--learning-rate", type=float, default=3.0)
    parser.add_argument("--scaled", action="store_true", help="draw weights from N(0, 1/sqrt(inputs)) instead of N(0, 1)")
    parser.add_argument("--images", type=int, default=50_000, help="how many of the training images to use")
    parser.add_argument("--warm-up", type=int, default=1, help="epochs before those that are timed")
    parser.add_argument("--epochs", type=int, default=1, help="epochs that are timed")
    parser.add_argument("--threads", type=int, default=1)
    parsed = parser.parse_args()
    parsed.sizes = [int(size) for size in parsed.sizes.split(",")]
    return parsed


def blas():
    """The BLAS that NumPy loaded, with its kernel. The reference BLAS is refused: it would make every peer slow."""
    try:
        import threadpoolctl
    except ImportError:
        return "BLAS unknown (threadpoolctl is missing)"
    libraries = [library for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"]
    if not libraries:
        sys.exit("NumPy runs on a BLAS that is not optimised")
    library = libraries[0]
    return f"{library['internal_api']} {library['version']} ({library.get('architecture', 'kernel unknown')})"


def images(folder, kind, count):
    """Pixels, uint8 [count, 784], and labels, uint8 [count]."""
    pixels = _content(folder, f"{kind}-images-idx3-ubyte")[IMAGES_HEADER_BYTES:]
    labels = _content(folder, f"{kind}-labels-idx1-ubyte")[LABELS_HEADER_BYTES:]
    pixels = numpy.frombuffer(pixels, numpy.uint8).reshape(len(labels), -1)
    return pixels[:count], numpy.frombuffer(labels, numpy.uint8)[:count]


def features(pixels):
    return pixels.astype(numpy.float32) / numpy.float32(255)


def one_hot(labels):
    return numpy.eye(10, dtype=numpy.float32)[labels]


def measure(parsed, train_epoch, count_correct):
    """Times epochs; evaluation is outside the clock, and shows that the peer learns."""
    for _ in range(parsed.warm_up):
        train_epoch()
    for _ in range(parsed.epochs):
        start = time.perf_counter()
        train_epoch()
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "correct": count_correct()}), flush=True)


def _content(folder, name):
    path = os.path.join(folder, name)
    if os.path.exists(path):
        with open(path, "rb") as file:
            return file.read()
    with gzip.open(path + ".gz") as file:
        return file.read()

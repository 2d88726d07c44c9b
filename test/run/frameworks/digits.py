"""The digits of a version: pixels from 0 to 16, and which digit they are; some to learn from and some to check with."""

import os
from pathlib import Path

import numpy


def load_digits():
    folder = Path(os.environ["FOREBAY_PATH"])
    classes = [numpy.loadtxt(folder / f"{digit}.csv", delimiter=",", dtype="int64") for digit in range(10)]
    pixels = numpy.concatenate(classes)
    digits = numpy.repeat(numpy.arange(10), [len(each) for each in classes])
    order = numpy.random.default_rng(0).permutation(len(digits))
    seen, unseen = order[:1500], order[1500:]
    return pixels[seen], digits[seen], pixels[unseen], digits[unseen]

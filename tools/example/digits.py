"""scikit-learn's 1,797 real handwritten digits as PNG files, one folder a class.

digits.py FOLDER          writes them as they are
digits.py FOLDER correct  corrects them: faint scans get their full contrast back,
                          and digits whose neighbours all carry another label are removed
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits
from sklearn.neighbors import NearestNeighbors

FULL = 16  # the darkest ink in the original scans


def file_of(folder: Path, index: int, label: int) -> Path:
    return folder / str(label) / f"{index:04d}.png"


def save(path: Path, ink: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((ink * (255 / FULL)).astype(np.uint8)).resize((32, 32), Image.Resampling.NEAREST).save(path)


def doubtful(images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Digits all of whose five nearest neighbours carry another label."""
    flat = images.reshape(len(images), -1)
    _, near = NearestNeighbors(n_neighbors=6).fit(flat).kneighbors(flat)
    return np.flatnonzero((labels[near[:, 1:]] != labels[:, None]).all(axis=1))


def main() -> None:
    folder = Path(sys.argv[1])
    digits = load_digits()
    if sys.argv[2:] != ["correct"]:
        for index, (image, label) in enumerate(zip(digits.images, digits.target)):
            save(file_of(folder, index, label), image)
        print(f"{len(digits.images)} images in {folder}")
        return
    faint = [i for i, image in enumerate(digits.images) if image.max() < FULL]
    for index in faint:
        image = digits.images[index]
        save(file_of(folder, index, digits.target[index]), image * (FULL / image.max()))
    removed = doubtful(digits.images, digits.target)
    for index in removed:
        file_of(folder, index, digits.target[index]).unlink(missing_ok=True)
    print(f"{len(faint)} images corrected, {len(removed)} removed in {folder}")


main()

import os
from contextlib import contextmanager


def read_local(file: str, start: int | None, end: int | None) -> bytes:
    """A file's bytes from `start` to `end`, each counted from the end where it is negative."""
    size = os.path.getsize(file)
    first = max(0, size + (start or 0)) if (start or 0) < 0 else start or 0
    last = size if end is None else (size + end if end < 0 else min(end, size))
    with open(file, "rb") as opened:
        opened.seek(first)
        return opened.read(max(0, last - first))


@contextmanager
def writing(path, opened=None):
    """A file to write into: one that is open already, or a new one whose folder is made if need be."""
    if opened is not None:
        yield opened
        return
    if hasattr(path, "write"):
        yield path
        return
    folder = os.path.dirname(os.fspath(path))
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "wb") as made:
        yield made

from ..errors import ForebayError


def open(ref: str, mode: str = "r", **options):
    """A file of a version: open("digits@v1/labels.csv"), read-only; as text, or bytes with mode "rb".

    Read from a cache where the version is cached on this machine, else from the lake by ranges, ahead of who reads in
    order. `options` are those of fsspec's `open`: encoding, newline, block_size (bytes). Raises FileNotFoundError.
    """
    try:
        from .filesystem import ForebayFileSystem
    except ImportError:
        raise ForebayError(
            "bad-request",
            "Single files are opened through fsspec, which this Python doesn't have.",
            "Install it: pip install 'forebay[fsspec]'. forebay.mount needs nothing.",
        ) from None
    if "b" not in mode and mode.startswith("r"):
        options.setdefault("encoding", "utf-8")
    return ForebayFileSystem().open(ref, mode, **options)

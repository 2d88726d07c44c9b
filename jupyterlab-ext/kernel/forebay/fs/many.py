from collections.abc import Callable, Iterable

from .prefetch import pool


def each(read: Callable, items: Iterable, on_error: str) -> list:
    """`read` of every item, several at once, in order. Raises the first error where `on_error` is 'raise'."""
    futures = [pool().submit(read, item) for item in items]
    found: list = []
    try:
        for future in futures:
            error = future.exception()
            if error is not None and (on_error == "raise" or not isinstance(error, Exception)):
                raise error
            found.append(error if error is not None else future.result())
    finally:
        for future in futures:
            future.cancel()
    return found

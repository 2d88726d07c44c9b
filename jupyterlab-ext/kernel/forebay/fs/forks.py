import os
from typing import Protocol
from weakref import WeakSet


class Renewable(Protocol):
    def renew(self) -> None:
        """Makes its locks anew, and forgets what threads of the parent were doing."""


_all: WeakSet[Renewable] = WeakSet()


def renew_after_fork(each: Renewable) -> None:
    """A forked child has locks as they were held, and none of the threads that held them."""
    _all.add(each)


def _renew() -> None:
    for each in list(_all):
        each.renew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)

from .identity import shell

# The cell that is running, and what was shown in it.
_shown: tuple[str, set[tuple]] = ("", set())


def first_in_cell(*what) -> bool:
    """Whether the cell that runs shows this for the first time."""
    global _shown
    cell = _cell()
    if _shown[0] != cell:
        _shown = (cell, set())
    if what in _shown[1]:
        return False
    _shown[1].add(what)
    return True


def _cell() -> str:
    """Names the request that is being executed; a front end counts its cells only while it keeps their history."""
    running = shell()
    header = getattr(running.display_pub, "parent_header", None) or {}
    return str(header.get("msg_id") or running.execution_count)

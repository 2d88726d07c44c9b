def changes(done: dict) -> str:
    """What a job says that it added, changed and removed; empty where nothing."""
    return ", ".join(f"{done[kind]:,} {kind}" for kind in ("added", "changed", "removed") if done[kind])

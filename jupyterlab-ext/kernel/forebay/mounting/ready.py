import os

from ..daemon.client import pages
from .mounts import held_folder, hold_ready


def ready_folder(version: dict) -> str | None:
    """The folder of a version that is cached whole on this machine, held from now on; else None."""
    name, number = version["dataset"], version["version"]
    held = held_folder(name, number)
    if held:
        return str(held)
    for placement in pages("/api/v1/placements", {"dataset": name}):
        same = (placement["version"], placement["digest"]) == (number, version["digest"])
        if same and placement["state"] == "ready" and not placement["selection"] and os.path.isdir(placement["path"]):
            folder = hold_ready(name, number, placement["cache"])
            return str(folder) if folder else None
    return None

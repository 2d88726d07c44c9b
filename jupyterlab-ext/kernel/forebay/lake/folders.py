import os

from ..caching.jobs import complete
from ..daemon.client import call
from ..errors import ForebayError
from ..notebook.identity import user_name
from ..recording.inputs import tell_read
from ..show.facts import Facts
from ..show.units import format_bytes, format_count
from .changes import changes
from .refs import parse_ref


def sync(
    folder: str | os.PathLike = ".", message: str = "", *, dataset: str | None = None, replace: bool = False
) -> Facts:
    """Makes the next version of a folder and uploads what is new; Ctrl-C cancels it, and no version is made.

    A folder that is no working copy yet becomes one of `dataset`. `replace` makes a version whatever came between.
    {dataset, version, digest, files, bytes, added, changed, removed, uploadedBytes}, sizes in bytes; when nothing
    changed, the same version again. Raises `not-a-working-copy`, and `newer-version` where `pull` comes first.
    """
    place = os.path.abspath(folder)
    if dataset is not None and _is_new(place):
        call("POST", "/api/v1/working-copies", {"folder": place, "dataset": dataset})
    body = {"folder": place, "message": message, "author": user_name(), "replace": replace}
    run = os.environ.get("FOREBAY_RUN_ID")
    job = call("POST", "/api/v1/working-copies/sync", {**body, **({"run": run} if run else {})})
    done = complete(job["id"])["result"]
    return Facts(done, f"{done['dataset']}@v{done['version']}", _synced(done))


def pull(folder: str | os.PathLike = ".") -> Facts:
    """Brings newer versions into a working copy; Ctrl-C cancels it.

    {dataset, version, folder, added, changed, removed, conflicts}: `conflicts` are paths that both sides changed, of
    which the folder keeps its own. Raises `not-a-working-copy`.
    """
    job = call("POST", "/api/v1/working-copies/pull", {"folder": os.path.abspath(folder)})
    done = complete(job["id"])["result"]
    lines = [("Changes", changes(done) or "none: the folder was up to date")]
    if done["conflicts"]:
        some = ", ".join(done["conflicts"][:10])
        rest = f" and {len(done['conflicts']) - 10:,} more" if len(done["conflicts"]) > 10 else ""
        lines.append(("Conflicts", f"{some}{rest}: both sides changed them; the folder keeps its own."))
    return Facts(done, f"{done['dataset']}@v{done['version']}", lines)


def clone(ref: str, folder: str | os.PathLike | None = None) -> Facts:
    """Makes a new working copy of a version in `folder`, else in one with the dataset's name; Ctrl-C cancels it.

    {dataset, version, folder, added, ...}. Raises `version-unknown`, and what is wrong with the folder.
    """
    place = os.path.abspath(parse_ref(ref).name if folder is None else folder)
    job = call("POST", "/api/v1/working-copies/clone", {"ref": str(ref), "folder": place})
    done = complete(job["id"])["result"]
    tell_read(f"{done['dataset']}@v{done['version']}")
    lines = [("Folder", done["folder"]), ("Files", f"{done['added']:,}")]
    return Facts(done, f"{done['dataset']}@v{done['version']}", lines)


def _is_new(folder: str) -> bool:
    try:
        call("GET", "/api/v1/working-copies", query={"folder": folder})
        return False
    except ForebayError as error:
        if error.code != "not-a-working-copy":
            raise
        return True


def _synced(done: dict) -> list[tuple[str, str]]:
    return [
        ("Size", f"{format_count(done['files'], 'file')}, {format_bytes(done['bytes'])}"),
        ("Changes", changes(done) or "none: it is the version that was there"),
        ("Uploaded", format_bytes(done["uploadedBytes"])),
    ]

import os

from ..caching.jobs import complete
from ..daemon.client import call, segment
from ..notebook.identity import user_name
from ..show.facts import Facts
from ..show.units import format_bytes, format_count
from .changes import changes


def import_from(url: str, name: str, message: str = "", *, replace: bool = False) -> Facts:
    """Makes a version of objects in S3 where they are, without copying them; Ctrl-C cancels it.

    `url` is s3://BUCKET/PREFIX; the dataset `name` is made if need be. The keys for the store are the daemon's
    ('forebay up' passes on those of its environment). {dataset, version, files, bytes, added, changed, removed, ...}.
    """
    body = {"url": url, "message": message, "author": user_name(), "replace": replace}
    run = os.environ.get("FOREBAY_RUN_ID")
    job = call("POST", f"/api/v1/datasets/{segment(name)}/imports", {**body, **({"run": run} if run else {})})
    done = complete(job["id"])["result"]
    lines = [
        ("Size", f"{format_count(done['files'], 'file')}, {format_bytes(done['bytes'])}, read from where they are"),
        ("Changes", changes(done) or "none: it is the version that was there"),
        *([("Left out", format_count(done["skipped"]["count"], "object"))] if done["skipped"]["count"] else []),
    ]
    return Facts(done, f"{done['dataset']}@v{done['version']}", lines)

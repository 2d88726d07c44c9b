from ..daemon.client import call, segment
from ..errors import ForebayError
from ..show.facts import Facts
from .refs import whole_version


def remove(ref: str) -> Facts:
    """Removes a version for everybody and for good, with its tags and cached copies; `ref` is NAME@vN.

    {dataset, version, tags, caches}. Raises `bad-request` for a tag, which may mean another version tomorrow,
    `version-unknown`, and `in-use` while somebody works with it.
    """
    wanted = whole_version(ref)
    if wanted.number is None:
        raise ForebayError(
            "bad-request",
            f"'{ref}' may mean another version tomorrow, so nothing was removed.",
            f"Write its number, like {wanted.name}@v3; %forebay versions {wanted.name} lists them.",
        )
    done = call("DELETE", f"/api/v1/datasets/{segment(wanted.name)}/versions/v{wanted.number}")
    caches = [each["cache"] for each in done["clearing"]]
    removed = {"dataset": wanted.name, "version": wanted.number, "tags": done["tags"], "caches": caches}
    lines = [
        ("Removed", "for everybody"),
        ("Tags", ", ".join(done["tags"])),
        ("Clearing", ", ".join(caches)),
        ("Space", f"in the lake comes back with 'forebay data gc {wanted.name}'"),
    ]
    return Facts(removed, str(ref), [(name, text) for name, text in lines if text])

"""Links of a version that another program wrote: followed within it, never out of it, never for ever."""

import pytest
from forebay.fs import listing
from forebay.fs.paths import parse

VERSION = {"dataset": "d", "version": 1}
LINKS = {"a": "b", "b": "a", "out": "../../etc/passwd", "root": "/etc/passwd", "in/up": "../file", "way": "in"}
FILES = {"file", "in/here"}


@pytest.fixture(autouse=True)
def tree(monkeypatch):
    def read(version, path):
        if path in LINKS:
            return {"path": path, "kind": "link", "size": 0, "target": LINKS[path]}
        if path in FILES:
            return {"path": path, "kind": "file", "size": 1}
        return {"path": path, "kind": "folder", "size": 0} if path in ("", "in") else None

    monkeypatch.setattr(listing, "_read", read)


@pytest.mark.parametrize(("path", "real"), [("in/up", "file"), ("way/here", "in/here"), ("way/up", "file")])
def test_a_link_leads_to_what_is_in_the_version(path, real):
    assert listing.real_path(parse(f"d@v1/{path}"), VERSION) == real


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("a", "circle"), ("out", "out of the version"), ("root", "out of the version"), ("way/nope", "isn't there")],
)
def test_no_link_leads_out_or_goes_on_for_ever(path, sentence):
    with pytest.raises(FileNotFoundError, match=sentence):
        listing.real_path(parse(f"d@v1/{path}"), VERSION)

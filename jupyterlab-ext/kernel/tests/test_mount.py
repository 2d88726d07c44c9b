"""From a Python process to files that can be read, with the real daemon."""

import time

import forebay
import pytest
from forebay.daemon.client import call, pages

from support import wait_until

pytestmark = pytest.mark.usefixtures("daemon")


@pytest.fixture(autouse=True)
def nothing_stays_mounted():
    yield
    forebay.unmount()


def contents(folder) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_mounted_version_has_the_bytes_that_were_synced(folders):
    assert contents(forebay.mount("digits@v1")) == contents(folders / "digits")


def test_a_version_has_one_folder_whatever_it_is_called():
    first = forebay.mount("digits@v1")
    assert forebay.mount("digits@raw") == first
    assert forebay.mount("digits@v2") == forebay.mount("digits") == forebay.mount("digits@latest") != first


def test_the_same_version_twice_is_one_lease():
    forebay.mount("digits@v1")
    for ref in ("digits@v1", "digits@raw"):
        forebay.mount(ref)
    assert [lease["version"] for lease in pages("/api/v1/leases")] == [1]


def test_a_part_is_mounted_alone_and_never_taken_for_the_whole(folders):
    everything = contents(folders / "digits")
    some = next(path for path in sorted(everything) if "/" in path).partition("/")[0]
    if any((each["dataset"], each["version"]) == ("digits", 1) for each in pages("/api/v1/placements")):
        forebay.uncache("digits@v1")
    part = forebay.mount("digits@v1", include=f"{some}/**")
    assert contents(part) == {path: data for path, data in everything.items() if path.startswith(f"{some}/")}
    assert forebay.mount("digits@v1", include=[f"{some}/**"]) == part
    assert contents(forebay.mount("digits@v1")) == everything
    selections = [lease["selection"] for lease in pages("/api/v1/leases")]
    assert sorted(selections, key=str) == [None, {"include": [f"{some}/**"], "exclude": []}]
    forebay.unmount()
    for each in pages("/api/v1/placements"):
        if each["selection"]:
            call("DELETE", f"/api/v1/placements/{each['id']}")
    wait_until(lambda: not any(each["selection"] for each in pages("/api/v1/placements")))


def test_mounting_what_is_cached_takes_less_than_50_ms():
    forebay.mount("digits@v1")
    times = []
    for _ in range(5):
        forebay.unmount("digits@v1")
        begun = time.perf_counter()
        forebay.mount("digits@v1")
        times.append(time.perf_counter() - begun)
    assert sorted(times)[2] < 0.05


def test_what_is_mounted_is_not_cleared_and_after_unmount_it_is():
    path = forebay.mount("digits@v1")
    with pytest.raises(forebay.ForebayError) as refused:
        forebay.uncache("digits@v1")
    assert refused.value.code == "in-use"
    assert forebay.unmount(path) == ["digits@v1"]
    assert forebay.uncache("digits@v1")[0]["state"] == "cleared"
    assert not path.exists()


def test_unmounting_what_is_not_mounted_says_what_is():
    forebay.mount("digits@v2")
    with pytest.raises(forebay.ForebayError, match="Mounted are: digits@v2"):
        forebay.unmount("digits@v1")


@pytest.mark.parametrize(
    ("ref", "code", "sentence"),
    [
        ("digit", "dataset-unknown", "digits"),
        ("digits@v9", "version-unknown", "v2"),
        ("Digits", "bad-name", "lower-case"),
        ("digits@v1:class 0", "bad-request", "whole versions"),
    ],
)
def test_what_cannot_be_mounted_is_refused_with_the_way_out(ref, code, sentence):
    with pytest.raises(forebay.ForebayError) as refused:
        forebay.mount(ref)
    assert refused.value.code == code
    assert sentence in str(refused.value)
    assert list(pages("/api/v1/leases")) == []


def test_ls_tells_what_there_is_and_what_is_cached():
    forebay.mount("digits@v1")
    [row] = forebay.ls()
    assert (row["name"], row["latest"]["version"]) == ("digits", 2)
    assert "v1 on local" in repr(forebay.ls())
    assert [version["version"] for version in forebay.log("digits")] == [2, 1]
    assert [entry["path"] for entry in forebay.ls("digits@v1")] == [f"class {number}" for number in range(4)]
    assert len(forebay.ls("digits@v1:class 0")) == 15


def test_status_counts_what_is_cached_and_who_uses_it():
    forebay.mount("digits@v1")
    status = forebay.status()
    assert status["pid"] == call("GET", "/api/hello")["pid"]
    held = [placement for placement in status["placements"] if placement["version"] == 1]
    assert [placement["leases"] for placement in held] == [1]
    assert "in use" in repr(status)
    assert "<table>" in status._repr_html_()


def test_cache_and_uncache_need_no_mount():
    [placement] = forebay.cache("digits@v2")
    assert placement["state"] == "ready"
    forebay.uncache("digits")
    with pytest.raises(forebay.ForebayError, match="isn't cached"):
        forebay.uncache("digits@v2")

"""forebay:// as fsspec's users see it, with the real daemon; each promise for the lake and for a cache."""

import hashlib
import os
import pickle
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import forebay
import fsspec
import pytest
from forebay.daemon.client import pages
from forebay.fs import ForebayFileSystem, file, listing

from support import forebay as command
from support import wait_until

SMALL = "class 1/00001.bin"


@pytest.fixture(scope="module")
def tree(daemon, tmp_path_factory):
    """photos@v1: text, links, odd names, an empty file and folder, and a large file of which some compresses."""
    folder = tmp_path_factory.mktemp("photos")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "empty folder").mkdir()
    (folder / "a.txt").write_text("first\nsecond, größer\n", "utf-8")
    (folder / "deep" / "er" / "b#?%20 ü.txt").write_text("odd")
    (folder / "deep" / "nothing").touch()
    (folder / "deep" / "link.txt").symlink_to("../a.txt")
    (folder / "shortcut").symlink_to("deep/er")
    noise = os.urandom(9_000_000)
    (folder / "large.bin").write_bytes(noise + b"0123456789" * 2_000_000 + noise[::-1])
    command("data", "init", "photos", folder=folder)
    command("data", "sync", folder=folder)
    return folder


@pytest.fixture(params=["from the lake", "from a cache"])
def fs(request, tree):
    forebay.unmount()
    if request.param == "from a cache":
        forebay.cache("photos@v1")
    elif any(placement["dataset"] == "photos" for placement in pages("/api/v1/placements")):
        forebay.uncache("photos@v1")
    yield ForebayFileSystem(skip_instance_cache=True)
    forebay.unmount()


def test_python_finds_the_protocol_by_itself():
    assert fsspec.get_filesystem_class("forebay") is ForebayFileSystem


def test_every_byte_is_the_one_that_was_synced(fs, tree):
    for path in fs.find("photos@v1"):
        assert fs.cat_file(path) == (tree / path.removeprefix("photos@v1/")).read_bytes(), path


def test_a_file_opens_as_text_and_as_bytes(fs):
    with fs.open("forebay://photos@v1/a.txt", "r", encoding="utf-8") as opened:
        assert opened.readlines() == ["first\n", "second, größer\n"]
    with fsspec.open("forebay://photos/a.txt") as opened:
        assert opened.read(5) == b"first"


def test_reading_here_and_there_gives_what_is_there(fs, tree):
    whole = (tree / "large.bin").read_bytes()
    chance = random.Random(6)
    with fs.open("photos@v1/large.bin", block_size=500_000) as opened:
        for _ in range(60):
            at, size = chance.randrange(len(whole)), chance.choice([1, 100, 400_000, 1_300_000])
            opened.seek(at)
            assert opened.read(size) == whole[at : at + size]
        opened.seek(-7, os.SEEK_END)
        assert opened.read() == whole[-7:]
        assert opened.read(1) == b""


def test_a_part_of_a_file_is_cut_as_python_cuts(fs, tree):
    whole = (tree / "a.txt").read_bytes()
    for start, end in [(0, 5), (3, None), (-4, None), (2, -3), (None, 4), (5, 5), (9, 3), (500, 600), (0, 900)]:
        assert fs.cat_file("photos@v1/a.txt", start=start, end=end) == whole[slice(start, end)], (start, end)


def test_many_are_read_at_once_and_keep_their_names(fs, tree):
    found = fs.cat("photos@v1/deep", recursive=True)
    assert found["photos@v1/deep/er/b#?%20 ü.txt"] == b"odd"
    ranges = fs.cat_ranges(["photos@v1/a.txt"] * 3, [0, 6, 2], [5, 12, None])
    assert ranges == [b"first", b"second", (tree / "a.txt").read_bytes()[2:]]
    assert isinstance(fs.cat_ranges(["photos@v1/nope"], 0, 4)[0], FileNotFoundError)
    assert list(fs.cat(["photos@v1/a.txt", "photos@v1/nope"], on_error="omit")) == ["photos@v1/a.txt"]


def test_folders_list_what_is_in_them(fs):
    assert fs.ls("photos@v1", detail=False) == [
        "photos@v1/a.txt",
        "photos@v1/deep",
        "photos@v1/empty folder",
        "photos@v1/large.bin",
        "photos@v1/shortcut",
    ]
    assert {entry["name"]: entry["type"] for entry in fs.ls("photos@v1")}["photos@v1/deep"] == "directory"
    assert {"digits", "photos"} <= set(fs.ls("", detail=False))
    assert fs.ls("photos@v1/empty folder") == []
    assert fs.glob("photos@v1/**/*.txt") == [
        "photos@v1/a.txt",
        "photos@v1/deep/er/b#?%20 ü.txt",
        "photos@v1/deep/link.txt",
    ]
    walked = {top: (folders, files) for top, folders, files in fs.walk("photos@v1/deep")}
    assert walked["photos@v1/deep"] == (["er"], ["link.txt", "nothing"])
    assert fs.find("photos@v1", maxdepth=1) == ["photos@v1/a.txt", "photos@v1/large.bin"]
    assert fs.du("photos@v1/deep/er") == 3


def test_links_are_what_they_lead_to(fs, tree):
    info = fs.info("photos@v1/deep/link.txt")
    assert (info["type"], info["size"], info["islink"]) == ("file", (tree / "a.txt").stat().st_size, True)
    assert fs.cat("photos@v1/deep/link.txt") == fs.cat("photos@v1/a.txt")
    with fs.open("photos@v1/deep/link.txt") as opened:
        assert opened.read(5) == b"first"
    assert fs.isdir("photos@v1/shortcut")
    assert fs.ls("photos@v1/shortcut", detail=False) == ["photos@v1/shortcut/b#?%20 ü.txt"]
    assert fs.cat("photos@v1/shortcut/b#?%20 ü.txt") == b"odd"


def test_a_link_to_a_folder_is_found_and_fetched_like_one(fs, tmp_path):
    assert fs.find("photos@v1/shortcut") == ["photos@v1/shortcut/b#?%20 ü.txt"]
    assert fs.du("photos@v1/shortcut") == 3
    fs.get("photos@v1/shortcut", str(tmp_path / "got"), recursive=True)
    assert (tmp_path / "got" / "b#?%20 ü.txt").read_text() == "odd"
    fs.get("photos@v1", str(tmp_path / "all"), recursive=True)
    assert (tmp_path / "all" / "shortcut" / "b#?%20 ü.txt").read_text() == "odd"
    assert fs.cat("photos@v1", recursive=True)["photos@v1/shortcut/b#?%20 ü.txt"] == b"odd"
    assert fs.find("photos@v1/deep/nothing") == ["photos@v1/deep/nothing"]
    assert fs.find("photos@v1/nope") == fs.find("photos@v1/empty folder") == []


def test_the_same_content_has_the_same_key_and_other_content_another(fs, tree):
    digest = hashlib.sha256((tree / "a.txt").read_bytes()).hexdigest()
    assert fs.ukey("photos@v1/a.txt") == fs.ukey("photos/deep/link.txt") == digest
    assert fs.checksum("photos@v1/a.txt") == int(digest, 16)
    assert fs.ukey("digits@v1/class 0/00000.bin") != fs.ukey("digits@v2/class 0/00000.bin")
    assert fs.ukey("digits@v1/class 0") != fs.ukey("digits@v2/class 0")


def test_a_file_says_when_it_was_changed(fs, tree):
    changed = datetime.fromtimestamp((tree / "a.txt").stat().st_mtime, timezone.utc)
    assert abs((fs.modified("photos@v1/a.txt") - changed).total_seconds()) < 0.01
    assert fs.modified("photos@v1").tzinfo
    with pytest.raises(IsADirectoryError):
        fs.modified("")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("photos@v1/nope.txt", "nope.txt"),
        ("photos@v9/a.txt", "v1"),
        ("photo/a.txt", "photo"),
        ("Photos/a.txt", "lower-case"),
        ("photos@v1/../digits", "isn't there"),
    ],
)
def test_what_is_not_there_is_pythons_own_error_with_the_way_out(fs, path, sentence):
    assert not fs.exists(path)
    for ask in (fs.open, fs.info, fs.cat_file):
        with pytest.raises(FileNotFoundError, match=sentence) as refused:
            ask(path)
        assert isinstance(refused.value, forebay.ForebayError)


def test_what_is_not_there_leaves_the_file_here_as_it_is(fs, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    for path in ("photos@v1/nope.txt", "photos@v9/a.txt"):
        with pytest.raises(FileNotFoundError):
            fs.get_file(path, str(kept))
    assert kept.read_text() == "mine"


@pytest.mark.parametrize(
    "write",
    [
        lambda fs: fs.open("photos@v1/new", "wb"),
        lambda fs: fs.open("photos@v1/a.txt", "a"),
        lambda fs: fs.pipe("photos@v1/new", b""),
        lambda fs: fs.rm("photos@v1/a.txt"),
        lambda fs: fs.mkdir("photos@v1/new"),
        lambda fs: fs.makedirs("photos@v1/new/er"),
        lambda fs: fs.touch("photos@v1/new"),
        lambda fs: fs.cp("photos@v1/a.txt", "photos@v1/b.txt"),
        lambda fs: fs.mv("photos@v1/a.txt", "photos@v1/b.txt"),
        lambda fs: fs.put(__file__, "photos@v1/new"),
    ],
)
def test_a_version_is_never_written_to(fs, write):
    with pytest.raises(PermissionError, match="never changes") as refused:
        write(fs)
    assert "forebay.sync" in str(refused.value)


def test_a_folder_is_no_file(fs):
    for path in ("photos@v1/deep", "photos@v1"):
        with pytest.raises(IsADirectoryError):
            fs.open(path)


def test_threads_share_one_file_system(fs, tree):
    whole = hashlib.sha256((tree / "large.bin").read_bytes()).digest()

    def digest(_):
        with fs.open("photos@v1/large.bin", block_size=700_000) as opened:
            return hashlib.sha256(opened.read()).digest()

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(digest, range(8))) == {whole}


def test_file_systems_and_open_files_can_be_pickled(fs):
    again = pickle.loads(pickle.dumps(fs))
    assert again.cat("photos@v1/a.txt") == fs.cat("photos@v1/a.txt")
    with fs.open("photos@v1/a.txt") as opened:
        opened.seek(6)
        assert pickle.loads(pickle.dumps(opened)).read(6) == b"second"
    waiting = pickle.loads(pickle.dumps(fsspec.open("forebay://photos@v1/a.txt", "r", encoding="utf-8")))
    with waiting as text:
        assert text.readline() == "first\n"


def test_what_is_cached_is_held_while_it_is_read_and_given_back(fs, request):
    fs.cat("photos@v1/a.txt")
    held = [lease["dataset"] for lease in pages("/api/v1/leases")]
    assert held == (["photos"] if "from a cache" in request.node.name else [])


def test_reading_in_order_fetches_ahead_and_jumping_does_not(tree, monkeypatch):
    asked = []
    fetch = file.LakeFile._fetch_range
    monkeypatch.setattr(file.LakeFile, "_fetch_range", lambda self, *at: asked.append(at) or fetch(self, *at))
    if any(placement["dataset"] == "photos" for placement in pages("/api/v1/placements")):
        forebay.unmount()
        forebay.uncache("photos@v1")
    fs = ForebayFileSystem(skip_instance_cache=True)
    with fs.open("photos@v1/large.bin", block_size=1_000_000) as opened:
        for at in (20_500_000, 3_500_000, 10_500_000):
            opened.seek(at)
            opened.read(10)
        assert len(asked) == 3
        opened.seek(0)
        for _ in range(4):
            opened.read(1_000_000)
        # The blocks that were read, and more that nobody has asked for yet.
        wait_until(lambda: {start for start, _ in asked} >= {at * 1_000_000 for at in range(7)})


def test_without_a_cache_of_listings_it_lists_all_the_same(tree):
    fs = ForebayFileSystem(use_listings_cache=False, skip_instance_cache=True)
    assert fs.ls("photos@v1/deep", detail=False) == fs.ls("photos@v1/deep", detail=False) != []


def test_what_was_listed_is_known_by_name_however_long_the_list(tree, monkeypatch):
    fs = ForebayFileSystem(skip_instance_cache=True)
    many = [{"path": f"deep/{number:06}", "kind": "file", "size": 1} for number in range(50_000)]
    monkeypatch.setattr(listing, "get_items", lambda *_: iter(many))
    assert len(fs.ls("photos@v1/deep")) == 50_000
    begun = time.perf_counter()
    assert all(fs.info(f"photos@v1/deep/{number:06}")["size"] == 1 for number in range(0, 50_000, 10))
    # 5,000 questions; one look through the list for each would take a minute.
    assert time.perf_counter() - begun < 5


def test_a_chain_keeps_what_it_read_where_it_is_told(fs, tree, tmp_path):
    with fsspec.open("simplecache::forebay://photos@v1/a.txt", simplecache={"cache_storage": str(tmp_path)}) as opened:
        assert opened.read(5) == b"first"
    assert len(list(tmp_path.iterdir())) == 1


def test_latest_is_the_newest_again_soon_and_at_once_when_asked(fs, tmp_path):
    folder = tmp_path / "moving"
    folder.mkdir()
    (folder / "a").write_text("one")
    name = f"moving-{os.urandom(4).hex()}"
    command("data", "init", name, folder=folder)
    command("data", "sync", folder=folder)
    assert fs.cat(f"{name}/a") == b"one"
    (folder / "a").write_text("two more")
    command("data", "sync", folder=folder)
    fs.invalidate_cache()
    assert fs.cat(f"{name}/a") == b"two more"
    assert fs.cat(f"{name}@v1/a") == b"one"

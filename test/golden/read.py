"""A reader of Forebay's lake format 1, written from core/src/dataset/FORMAT.md alone.

usage: read.py LAKE DATASET VERSION OUT     rebuilds a version in the empty folder OUT and prints what it proved
"""
import hashlib
import json
import os
import sys
from pathlib import Path

import zstandard


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def unzstd(data):
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


def records(folder):
    seq = 1
    while (path := folder / f"{seq:010}.json").exists():
        yield json.loads(path.read_text("utf-8"))
        seq += 1


def find_dataset(lake, name):
    names = {}
    for record in records(lake / "catalog"):
        if record["kind"] in ("create", "rename"):
            names[record["dataset"]] = record["name"]
        elif record["kind"] == "delete":
            del names[record["dataset"]]
        elif record["kind"] not in ("describe", "home"):
            sys.exit(f"unknown: {record['kind']}")
    return next(dataset for dataset, known in names.items() if known == name)


def find_version(folder, number):
    found, tags = None, {}
    for record in records(folder / "log"):
        kind = record["kind"]
        if kind == "tag":
            tags[record["tag"]] = record["version"]
        elif kind == "untag":
            del tags[record["tag"]]
        elif kind == "commit" and record["version"] == number:
            found = {"digest": record["digest"], "root": record["root"]}
        elif kind == "relocate" and record["version"] == number:
            found["root"] = record["root"]
        elif kind == "remove":
            tags = {tag: version for tag, version in tags.items() if version != record["version"]}
            if record["version"] == number:
                found = None
    return found, sorted(tag for tag, version in tags.items() if version == number)


def page_hash(page):
    lines = [line[:5] for line in page["entries"]] if page["level"] == 0 else [line[:2] for line in page["children"]]
    return sha256("\n".join(map(canonical, lines)).encode())


def read_page(folder, page, expected):
    """Yields (entry line, packs) in path order; every page proves its hash."""
    assert page_hash(page) == expected, "a page is damaged"
    if page["level"] == 0:
        for line in page["entries"]:
            yield line, page["packs"]
        return
    for child_hash, last, at, offset, length, *_ in page["children"]:
        data = (folder / "pages" / page["objects"][at]).read_bytes()[offset : offset + length]
        line = None
        for line, packs in read_page(folder, json.loads(unzstd(data)), child_hash):
            yield line, packs
        assert line[1] == last


def content(folder, line, packs):
    data = b""
    for part in line[6]:
        if part == "external":
            return None
        at, offset, length, codec, size, *rest = part
        stored = (folder / "packs" / f"{packs[at]}.tar").read_bytes()[offset : offset + length]
        piece = {"raw": lambda: stored, "zstd": lambda: unzstd(stored)}[codec]()
        assert len(piece) == size and rest[:1] in ([], [sha256(piece)])
        data += piece
    known = line[4] if isinstance(line[4], str) else (line[7] if len(line) > 7 else None)
    assert known in (None, sha256(data)), f"{line[1]} is damaged"
    assert len(data) == line[2]
    return data


def rebuild(folder, version, out):
    root = json.loads(unzstd((folder / "roots" / version["root"]).read_bytes()))
    assert root["format"] == 1 and root["digest"] == version["digest"]
    external, before = [], b""
    for line, packs in read_page(folder, root["page"], version["digest"]):
        kind, path = line[:2]
        assert before < path.encode() and not {"", ".", ".."} & set(path.split("/")), path
        before, target = path.encode(), out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == "folder":
            target.mkdir()
        elif kind == "link":
            target.symlink_to(line[4])
        elif (data := content(folder, line, packs)) is None:
            external.append(path)
        else:
            target.write_bytes(data)
            target.chmod(0o755 if line[3] else 0o644)
            os.utime(target, ns=(0, line[5] * 10**6))
    return {"digest": version["digest"], "files": root["files"], "bytes": root["bytes"], "external": external}


def main(lake, name, number, out):
    lake = Path(lake)
    about = json.loads((lake / "forebay.json").read_text())
    assert about["format"] == "forebay-lake" and about["version"] == 1
    folder = lake / "datasets" / find_dataset(lake, name)
    version, tags = find_version(folder, int(number))
    print(json.dumps({**rebuild(folder, version, Path(out)), "tags": tags}) if version else "null")


main(*sys.argv[1:])

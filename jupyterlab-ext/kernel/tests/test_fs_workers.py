"""forebay:// in processes of their own, and by the libraries that people use it with."""

import multiprocessing
import os
import subprocess
import sys
import threading

import dask.dataframe
import datasets
import forebay
import fsspec
import pandas
import pyarrow.dataset
import pytest
from forebay.daemon.client import pages
from forebay.fs.prefetch import PrefetchCache
from forebay.fs.versions import Versions

from support import ROOT
from support import forebay as command

pytestmark = pytest.mark.usefixtures("daemon")


@pytest.fixture(scope="module")
def tables(daemon, tmp_path_factory):
    """tables@v1: a table as CSV in two parts, and as Parquet."""
    folder = tmp_path_factory.mktemp("tables")
    for part in range(2):
        table = pandas.DataFrame({"id": range(part * 500, part * 500 + 500), "label": [f"class {part}"] * 500})
        (folder / "csv").mkdir(exist_ok=True)
        (folder / "parquet" / f"part={part}").mkdir(parents=True)
        table.to_csv(folder / "csv" / f"{part}.csv", index=False)
        table.to_parquet(folder / "parquet" / f"part={part}" / "rows.parquet", row_group_size=100)
    command("data", "init", "tables", folder=folder)
    command("data", "sync", folder=folder)


POOL = """
import multiprocessing, os, sys, fsspec

fs = fsspec.filesystem("forebay")

def size(path):
    with fs.open(path) as opened:
        return len(opened.read())

if __name__ == "__main__":
    paths = fs.find("digits@v1")
    size(paths[0]), fs.cat(paths[:8])
    with multiprocessing.get_context(sys.argv[1]).Pool(3) as pool:
        print(sum(pool.map(size, paths)))
"""


@pytest.mark.parametrize("where", ["lake", "cache"])
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_read_whichever_way_they_are_started(method, where, tmp_path):
    """As a DataLoader's: a fork carries connections and threads that are its parent's."""
    if where == "cache":
        forebay.cache("digits@v1")
    elif any(placement["version"] == 1 for placement in pages("/api/v1/placements", {"dataset": "digits"})):
        forebay.uncache("digits@v1")
    script = tmp_path / "script.py"
    script.write_text(POOL)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "jupyterlab-ext" / "kernel")}
    command = [sys.executable, str(script), method]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout == f"{60 * 400}\n", done.stderr


def test_a_file_that_is_open_reads_on_in_a_forked_child():
    """Its next block is on the way, and another thread is within it, when the fork comes."""
    parent, never = os.getpid(), threading.Event()

    def fetch(start, end):
        if os.getpid() == parent and start >= 20:
            never.wait(30)
        return bytes(range(start, end))

    opened = PrefetchCache(10, fetch, 100)
    versions = Versions()
    assert opened._fetch(0, 10) + opened._fetch(10, 20) == bytes(range(20))

    def read_on():
        with versions._lock:
            sys.exit(opened._fetch(0, 100) != bytes(range(100)))

    child = multiprocessing.get_context("fork").Process(target=read_on, daemon=True)
    with opened._lock, versions._lock:
        child.start()
    child.join(10)
    never.set()
    ended = child.exitcode
    child.kill()
    assert ended == 0


def test_pandas_reads_and_selects(tables):
    assert len(pandas.read_csv("forebay://tables@v1/csv/1.csv")) == 500
    read = pandas.read_parquet("forebay://tables@v1/parquet/part=0/rows.parquet", columns=["id"])
    assert list(read["id"]) == list(range(500))


def test_pyarrow_scans_a_folder_and_leaves_out_what_a_filter_excludes(tables):
    lake = fsspec.filesystem("forebay")
    found = pyarrow.dataset.dataset("tables@v1/parquet", filesystem=lake, format="parquet", partitioning="hive")
    assert found.count_rows() == 1000
    assert found.count_rows(filter=pyarrow.dataset.field("part") == 1) == 500
    assert found.to_table(filter=pyarrow.dataset.field("id") < 7)["id"].to_pylist() == list(range(7))


def test_hugging_face_datasets_load_and_stream(tables, tmp_path):
    loaded = datasets.load_dataset("csv", data_files="forebay://tables@v1/csv/*.csv", cache_dir=str(tmp_path))
    assert loaded["train"].num_rows == 1000
    streamed = datasets.load_dataset(
        "parquet", data_files="forebay://tables@v1/parquet/**/*.parquet", streaming=True, cache_dir=str(tmp_path)
    )
    assert next(iter(streamed["train"]))["id"] == 0


def test_dask_reads_many_files(tables):
    assert len(dask.dataframe.read_csv("forebay://tables@v1/csv/*.csv")) == 1000

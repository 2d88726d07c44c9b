"""Interrupting a kernel while it waits for a fill."""

import os
import shutil
import signal
import threading
import time

import pytest
from forebay.daemon.client import call, pages

from support import forebay, wait_until


@pytest.fixture(scope="module")
def synced(scans):
    forebay("data", "sync", folder=scans)


def running() -> list[dict]:
    return call("GET", "/api/v1/status")["jobs"]


def a_job_runs() -> bool:
    return any(job["state"] == "running" for job in running())


def it_holds_a_lease() -> bool:
    return bool(list(pages("/api/v1/leases")))


def interrupt_when(waits, daemon, notebook, code: str):
    """Runs a cell and interrupts it once it waits for its fill, which stands still meanwhile; what the cell left."""
    done = []
    cell = threading.Thread(target=lambda: done.append(notebook.run(code)))
    cell.start()
    wait_until(waits)
    time.sleep(0.1)  # It has its answer by then, and waits.
    os.kill(daemon.pid, signal.SIGSTOP)
    notebook.manager.interrupt_kernel()
    time.sleep(0.2)
    os.kill(daemon.pid, signal.SIGCONT)
    cell.join(30)
    return done[0]


def nothing_is_left() -> bool:
    return not running() and not list(pages("/api/v1/leases")) and not list(pages("/api/v1/placements"))


@pytest.mark.parametrize("call_", ['forebay.mount("scans@v1")', 'forebay.cache("scans@v1")'])
def test_interrupting_a_wait_cancels_its_fill_and_gives_the_lease_back(synced, daemon, notebook, call_):
    cell = interrupt_when(a_job_runs, daemon, notebook, f"import forebay; {call_}")
    assert cell.error["ename"] == "KeyboardInterrupt"
    wait_until(nothing_is_left, seconds=2)


def test_in_a_magic_it_is_one_word_without_a_traceback(synced, daemon, notebook):
    notebook.run("%load_ext forebay")
    cell = interrupt_when(a_job_runs, daemon, notebook, "x = %forebay mount scans@v1")
    assert cell.error["traceback"] == ["Cancelled."]
    wait_until(nothing_is_left, seconds=2)


def test_a_fill_that_somebody_else_began_goes_on(synced, daemon, notebook):
    forebay("cache", "add", "scans@v1", "--no-wait")
    interrupt_when(it_holds_a_lease, daemon, notebook, 'import forebay; forebay.mount("scans@v1")')
    assert list(pages("/api/v1/leases")) == []
    [placement] = pages("/api/v1/placements")
    assert placement["state"] in ("filling", "ready")
    wait_until(lambda: next(pages("/api/v1/placements"))["state"] == "ready", seconds=60)


def test_a_wait_shows_a_bar_that_moves_and_ends_with_what_came_of_it(synced, notebook):
    forebay("cache", "rm", "scans@v1")
    cell = notebook.run('import forebay; path = forebay.mount("scans@v1")')
    bars = [shown["text/html"] for shown in cell.shown if "<progress" in shown["text/html"]]
    assert any("files" in bar and "B/s" in bar for bar in bars)
    # What was mounted stands below it.
    assert "done" in cell.shown[-2]["text/plain"]


def test_interrupting_a_sync_cancels_it_and_makes_no_version(synced, daemon, notebook, folders, tmp_path):
    shutil.copytree(folders / "scans", tmp_path / "again")
    cell = interrupt_when(a_job_runs, daemon, notebook, 'import forebay; forebay.sync("again", dataset="again")')
    assert cell.error["ename"] == "KeyboardInterrupt"
    wait_until(lambda: not running(), seconds=2)
    assert list(pages("/api/v1/datasets/again/versions")) == []

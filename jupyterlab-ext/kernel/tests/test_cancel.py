"""Interrupting a kernel while it waits for a fill."""

import threading
import time

import pytest
from forebay.client import call, pages

from support import forebay, wait_until


@pytest.fixture(scope="module")
def synced(scans):
    forebay("data", "sync", folder=scans)


def running() -> list[dict]:
    return call("GET", "/api/v1/status")["jobs"]


def interrupt_when_it_runs(notebook, code: str):
    """Runs a cell and interrupts it once the bar shows; what the cell left."""
    done = []
    cell = threading.Thread(target=lambda: done.append(notebook.run(code)))
    cell.start()
    wait_until(lambda: [job for job in running() if job["state"] == "running" and job["progress"]["files"] > 0])
    time.sleep(0.5)
    notebook.manager.interrupt_kernel()
    cell.join(30)
    return done[0]


def nothing_is_left() -> bool:
    return not running() and not list(pages("/api/v1/leases")) and not list(pages("/api/v1/placements"))


@pytest.mark.parametrize("call_", ['forebay.mount("scans@v1")', 'forebay.cache("scans@v1")'])
def test_interrupting_a_wait_cancels_its_fill_and_gives_the_lease_back(synced, notebook, call_):
    cell = interrupt_when_it_runs(notebook, f"import forebay; {call_}")
    assert cell.error["ename"] == "KeyboardInterrupt"
    wait_until(nothing_is_left, seconds=2)


def test_in_a_magic_it_is_one_word_without_a_traceback(synced, notebook):
    notebook.run("%load_ext forebay")
    cell = interrupt_when_it_runs(notebook, "x = %forebay mount scans@v1")
    assert cell.error["traceback"] == ["Cancelled."]
    wait_until(nothing_is_left, seconds=2)


def test_a_fill_that_somebody_else_began_goes_on(synced, notebook):
    forebay("cache", "add", "scans@v1", "--no-wait")
    interrupt_when_it_runs(notebook, 'import forebay; forebay.mount("scans@v1")')
    assert list(pages("/api/v1/leases")) == []
    [placement] = pages("/api/v1/placements")
    assert placement["state"] in ("filling", "ready")
    wait_until(lambda: next(pages("/api/v1/placements"))["state"] == "ready", seconds=60)


def test_a_wait_shows_a_bar_that_moves_and_ends_with_what_came_of_it(synced, notebook):
    forebay("cache", "rm", "scans@v1")
    cell = notebook.run('import forebay; path = forebay.mount("scans@v1")')
    bars = [shown["text/html"] for shown in cell.shown if "<progress" in shown["text/html"]]
    assert any("files" in bar and "B/s" in bar for bar in bars)
    assert "done" in cell.shown[-1]["text/plain"]

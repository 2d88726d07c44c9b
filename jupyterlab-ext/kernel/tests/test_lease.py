"""A lease lasts exactly as long as the kernel that took it."""

import os
import signal
import subprocess
import sys

import forebay
import pytest
from forebay.daemon.client import call, pages

from support import ROOT, wait_until


def leases() -> list[dict]:
    return list(pages("/api/v1/leases"))


def test_a_kernel_that_is_killed_gives_its_lease_back(notebook):
    assert notebook.run('import forebay; forebay.mount("digits@v1")').ok
    assert [lease["holder"]["kind"] for lease in leases()] == ["connection"]
    notebook.kill()
    wait_until(lambda: leases() == [], seconds=5)


def test_a_daemon_that_is_killed_and_started_again_still_knows_the_lease(notebook, daemon):
    assert notebook.run('import forebay; path = forebay.mount("digits@v1")').ok
    [before] = leases()
    daemon.kill()
    daemon.start()
    assert [lease["id"] for lease in leases()] == [before["id"]]
    # Held again by the kernel, not only remembered: it ends with the kernel.
    wait_until(lambda: notebook.value("forebay.mounting.mounts._mounted[0].connected"))
    assert notebook.value("path.is_dir()")
    notebook.kill()
    wait_until(lambda: leases() == [], seconds=5)


def test_a_lease_that_the_daemon_no_longer_knows_is_taken_anew_while_the_kernel_reads(notebook, daemon):
    """As after a daemon that waited for a stopped kernel in vain."""
    assert notebook.run('import forebay; path = forebay.mount("digits@v1")').ok
    [before] = leases()
    wait_until(lambda: notebook.value("forebay.mounting.mounts._mounted[0].connected"))
    call("DELETE", f"/api/v1/leases/{before['id']}")
    daemon.kill()
    daemon.start()
    [after] = wait_until(leases)
    assert after["id"] != before["id"]
    assert (after["holder"], after["path"]) == (before["holder"], notebook.value("str(path)"))


def test_a_kernel_finds_and_starts_a_daemon_that_has_ended(notebook, daemon):
    assert notebook.run("import forebay; forebay.ls()").ok
    daemon.kill()
    cell = notebook.run('print(forebay.mount("digits@v1").is_dir())')
    daemon.start()
    assert cell.text == "True\n"


def test_a_kernel_that_restarts_gives_its_lease_back(notebook):
    assert notebook.run('import forebay; forebay.mount("digits@v1")').ok
    assert len(leases()) == 1
    notebook.manager.restart_kernel(now=False)
    wait_until(lambda: leases() == [], seconds=5)


FORK = """
import os, time, forebay
path = forebay.mount("digits@v1")
while not forebay.mounting.mounts._mounted[0].connected: time.sleep(0.01)
if os.fork() == 0:
    print(os.getpid(), len(forebay.mounting.mounts._mounted), len(list(path.rglob("*.bin"))), flush=True)
time.sleep(60)
"""


def test_a_forked_worker_that_outlives_its_parent_keeps_nothing(daemon, tmp_path):
    """As a DataLoader's worker: a copy of the parent's connection would hold the lease after the parent's end."""
    parent = start_script(tmp_path, FORK)
    child, mounted, files = map(int, parent.stdout.readline().split())
    try:
        assert (mounted, files, len(leases())) == (0, 60, 1)
        parent.kill()
        parent.wait()
        wait_until(lambda: leases() == [], seconds=5)
    finally:
        os.kill(child, signal.SIGKILL)


ENDS_AT_ONCE = """
import os
from forebay.daemon.client import call
from forebay.mounting.hold import Hold, holder

Hold(call("POST", "/api/v1/leases", {"ref": "digits@v1", "holder": holder()}))
os._exit(0)
"""


def test_a_process_that_ends_as_soon_as_it_has_the_files_keeps_nothing(daemon, tmp_path):
    """As a worker that is ended with its pool: what nobody connects for is kept for five minutes."""
    forebay.cache("digits@v1")
    assert start_script(tmp_path, ENDS_AT_ONCE).wait(60) == 0
    wait_until(lambda: leases() == [], seconds=5)


POOL = """
import multiprocessing, sys, forebay

def size(file):
    return file.stat().st_size

if __name__ == "__main__":
    files = list(forebay.mount("digits@v1").rglob("*.bin"))
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        print(sum(pool.map(size, files)))
    forebay.unmount("digits@v1")
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_read_the_files_whichever_way_they_are_started(daemon, tmp_path, method):
    output, _ = start_script(tmp_path, POOL, method).communicate(timeout=60)
    assert output == f"{60 * 400}\n"
    assert leases() == []


def start_script(folder, text: str, *arguments: str) -> subprocess.Popen:
    script = folder / "script.py"
    script.write_text(text)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "jupyterlab-ext" / "kernel")}
    command = [sys.executable, str(script), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)

"""What a plain script's block prints is recorded by whatever means it is printed, and comes out as it ever did."""

import fcntl
import os
import subprocess
import sys
import termios
import time
from array import array

import pytest
from forebay.daemon.client import call

from support import ROOT


@pytest.fixture
def script(daemon, tmp_path):
    """Starts a script; its standard output and error come out of one pipe."""
    started = []

    def start(code: str) -> subprocess.Popen:
        file = tmp_path / "train.py"
        file.write_text(code)
        process = subprocess.Popen(
            [sys.executable, file],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT / "jupyterlab-ext" / "kernel")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()


def recorded() -> str:
    [run, *_] = call("GET", "/api/v1/runs", query={"limit": 1})["items"]
    assert run["state"] == "finished"
    return call("GET", f"/api/v1/runs/{run['id']}/output")["text"]


def test_handlers_child_processes_and_c_code_are_recorded(script):
    done = script(
        "import ctypes, logging, os, subprocess, sys, forebay\n"
        "logging.basicConfig(level='INFO', format='%(message)s')\n"
        "print('before')\n"
        "with forebay.run():\n"
        "    print('printed', end=' ')\n"
        "    logging.info('from a handler')\n"
        "    subprocess.run(['echo', 'from a child'])\n"
        "    ctypes.CDLL(None).puts(b'from C')\n"
        "    if os.fork() == 0:\n"
        "        print('from a fork'); sys.stdout.flush(); os._exit(0)\n"
        "    os.wait()\n"
        "    with forebay.run():\n"
        "        print('from within')\n"
        "print('after'); logging.info('the end')\n"
    )
    said, _ = done.communicate(timeout=60)
    inside = {"printed", "from a handler", "from a child", "from C", "from a fork", "from within"}
    words = [line.removeprefix("printed ") for line in said.splitlines()]
    assert (words[0], sorted(words[-2:])) == ("before", ["after", "the end"])
    [inner, outer] = [
        call("GET", f"/api/v1/runs/{run['id']}/output")["text"]
        for run in call("GET", "/api/v1/runs", query={"limit": 2})["items"]
    ]
    if "printed" in inner:
        inner, outer = outer, inner
    for each in inside:
        assert (each, said.count(each), outer.count(each)) == (each, 1, 1)
    assert inner == "from within\n"
    assert not {"before", "after", "the end"} & set(outer.splitlines())


def waiting(pipe) -> int:
    """Bytes that nobody has read yet."""
    count = array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def test_much_output_is_recorded_whole_through_a_pipe_that_is_full(script):
    process = script(
        "import sys, forebay\n"
        "with forebay.run():\n"
        "    for number in range(60_000): print(f'{number:060}')\n"
        "    sys.stdout.write('no end of line')\n"
    )
    while waiting(process.stdout) < 60_000:
        time.sleep(0.05)
    said = process.communicate(timeout=60)[0]
    assert said.splitlines() == [*(f"{number:060}" for number in range(60_000)), "no end of line"]
    [run, *_] = call("GET", "/api/v1/runs", query={"limit": 1})["items"]
    tail = call("GET", f"/api/v1/runs/{run['id']}/output", query={"from": len(said) - 100})
    assert (tail["text"], tail["size"]) == (said[-100:], len(said))


def test_a_process_that_stays_behind_neither_holds_the_block_nor_is_cut_off(script, tmp_path):
    process = script(
        "import subprocess, forebay\n"
        "with forebay.run():\n"
        "    left = 'echo early; while [ ! -e go ]; do sleep 0.05; done; echo late'\n"
        "    subprocess.Popen(['sh', '-c', left])\n"
        "    print('done')\n"
        "print('after', flush=True)\n"
    )
    assert process.wait(timeout=30) == 0
    assert "late" not in recorded() and "done" in recorded()
    (tmp_path / "go").touch()
    assert process.communicate(timeout=30)[0].splitlines()[-1] == "late"


def test_what_a_process_prints_as_it_crashes_comes_out(script):
    process = script(
        "import faulthandler, os, forebay\n"
        "faulthandler.enable()\n"
        "with forebay.run():\n"
        "    os.abort()\n"
    )
    assert "Fatal Python error: Aborted" in process.communicate(timeout=60)[0]


def test_a_stream_of_its_own_is_recorded_too(script):
    done = script(
        "import contextlib, io, os, forebay\n"
        "with contextlib.redirect_stdout(io.StringIO()) as kept, forebay.run():\n"
        "    print('kept'); os.write(1, b'out\\n')\n"
        "assert kept.getvalue() == 'kept\\n'\n"
    )
    assert (done.communicate(timeout=60)[0], done.returncode) == ("out\n", 0)
    assert sorted(recorded().splitlines()) == ["kept", "out"]


@pytest.mark.parametrize(
    ("says", "state", "exit_code"),
    [("0", "finished", 0), ("", "finished", 0), ("3", "failed", 3), ("'no data'", "failed", 1)],
)
def test_a_script_that_ends_itself_ends_its_run_as_it_says(script, says, state, exit_code):
    done = script(f"import sys, forebay\nwith forebay.run():\n    sys.exit({says})\n")
    done.communicate(timeout=60)
    assert done.returncode == exit_code
    [run, *_] = call("GET", "/api/v1/runs", query={"limit": 1})["items"]
    assert (run["state"], run["exitCode"]) == (state, exit_code)


def test_what_goes_wrong_as_a_block_begins_ends_its_run(script):
    done = script(
        "import forebay.recording.runs as runs\n"
        "def interrupted(*args, **more): raise KeyboardInterrupt\n"
        "runs.tell_use = interrupted\n"
        "with runs.run():\n"
        "    pass\n"
    )
    done.communicate(timeout=60)
    [run, *_] = call("GET", "/api/v1/runs", query={"limit": 1})["items"]
    assert run["state"] == "killed"

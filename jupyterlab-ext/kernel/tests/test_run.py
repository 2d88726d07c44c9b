"""A block or a cell is recorded while it runs."""

import json
import subprocess
import time
from urllib.parse import urlencode

import pytest
from forebay.daemon.client import call, connect

from support import ROOT, wait_until


def runs() -> list[dict]:
    return call("GET", "/api/v1/runs", query={"limit": 5})["items"]


def output(run_id: str) -> str:
    return call("GET", f"/api/v1/runs/{run_id}/output")["text"]


def artifacts(run_id: str) -> dict[str, int]:
    """Their sizes, by name."""
    items = call("GET", f"/api/v1/runs/{run_id}/artifacts")["items"]
    return {item["path"]: item["bytes"] for item in items}


def artifact(run_id: str, path: str) -> str:
    connection = connect()
    connection.request("GET", f"/api/v1/runs/{run_id}/artifacts/content?{urlencode({'path': path})}")
    return connection.getresponse().read().decode()


@pytest.fixture
def repository(tmp_path):
    """Where the notebook's kernel runs: a commit, a change since, and a file that git doesn't know."""

    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()

    (tmp_path / "model.py").write_text("depth = 3\n")
    git("init", "-q")
    git("add", "model.py")
    git("commit", "-qm", "first")
    (tmp_path / "model.py").write_text("depth = 5\n")
    (tmp_path / "notes.txt").write_text("untracked")
    return git("rev-parse", "HEAD")


def test_a_block_is_recorded_with_the_versions_that_are_mounted(notebook):
    assert notebook.run('import forebay; path = forebay.mount("digits@v1")').ok
    cell = notebook.run('with forebay.run("block", experiment="study"):\n    print("inside")\nprint("outside")')
    assert cell.text == "inside\noutside\n"
    [run, *_] = runs()
    assert (run["name"], run["experiment"]["name"], run["state"]) == ("block", "study", "finished")
    assert [(data["name"], data["version"]) for data in run["datasets"]] == [("digits", 1)]
    assert output(run["id"]) == "inside\n"
    assert notebook.value('"MLFLOW_TRACKING_URI" in __import__("os").environ') is False


def test_what_a_block_mounts_itself_is_recorded_with_the_cache_that_it_came_from(notebook):
    code = 'import forebay\nwith forebay.run("inside"):\n    forebay.mount("digits@v1"); forebay.mount("digits@v1")'
    assert notebook.run(code).ok
    assert notebook.run('forebay.unmount()\nwith forebay.run("nothing read"):\n    pass').ok
    [nothing, run, *_] = runs()
    assert [(data["name"], data["version"], data["cache"]) for data in run["datasets"]] == [("digits", 1, "local")]
    assert nothing["datasets"] == []


@pytest.mark.parametrize(
    "read",
    [
        'fsspec.open("forebay://digits@v1/class 0/00000.bin").open().read()',
        'forebay.clone("digits@v1", "a working copy")',
    ],
)
def test_what_a_block_reads_without_a_cache_is_recorded(notebook, read):
    assert notebook.run(f'import forebay, fsspec\nwith forebay.run("by address"):\n    {read}').ok
    [run, *_] = runs()
    assert [(data["name"], data["version"]) for data in run["datasets"]] == [("digits", 1)]


def test_a_version_is_read_though_its_run_is_unknown_here(notebook):
    code = 'import os, forebay; os.environ["FOREBAY_RUN_ID"] = "0" * 32; path = forebay.mount("digits@v1")'
    assert notebook.run(code).ok
    assert notebook.value("path.exists()") is True
    assert notebook.run('del os.environ["FOREBAY_RUN_ID"]').ok


def test_a_cells_name_may_have_several_words(notebook):
    assert notebook.run("%load_ext forebay").ok
    assert notebook.run("%%forebay run first look --experiment study\nprint(1)").ok
    assert (runs()[0]["name"], runs()[0]["experiment"]["name"]) == ("first look", "study")


def test_what_the_kernel_uses_is_recorded(notebook, tmp_path):
    seen = tmp_path / "seen"
    system = subprocess.run(["stat", "-f", "-c", "%T", tmp_path], capture_output=True, text=True).stdout.strip()
    # Of a file in memory the kernel counts nothing.
    least = 0 if system == "tmpfs" else 79
    write = f"open({str(tmp_path / 'big')!r}, 'wb').write(b)"
    busy = f"import os; b = bytearray(80_000_000); {write}\nwhile not os.path.exists({str(seen)!r}): pass"
    assert notebook.run(f"import forebay, subprocess, sys; busy = {busy!r}").ok
    notebook.client.execute('with forebay.run("busy"):\n    subprocess.run([sys.executable, "-c", busy])')

    def used(what: str) -> float:
        metrics = next((run["metrics"] for run in runs() if run["name"] == "busy"), {})
        return metrics.get(f"system/{what}", {"value": -1})["value"]

    try:
        wait_until(lambda: used("run_memory_megabytes") > 80 and used("run_cpu_percentage") > 20, seconds=30)
        wait_until(lambda: used("run_disk_write_megabytes") >= least, seconds=30)
        assert 0 < used("cpu_utilization_percentage") <= 100.5
    finally:
        seen.touch()
    assert 0 < used("system_memory_usage_percentage") < 100
    assert used("network_receive_megabytes") >= 0 and used("run_disk_read_megabytes") >= 0


def test_what_child_processes_print_is_recorded_too(notebook):
    assert notebook.run("%load_ext forebay\nimport subprocess, sys").ok
    child = "import sys; print('from a child'); print('and its errors', file=sys.stderr)"
    cell = notebook.run(
        f'%%forebay run children\nprint("before")\n!echo shell\n'
        f'subprocess.run([sys.executable, "-c", """{child}"""])\nprint("after")'
    )
    for printed in ("before", "shell", "from a child", "and its errors", "after"):
        assert cell.text.count(printed) == 1
        assert output(runs()[0]["id"]).count(printed) == 1
    again = notebook.run('print("outside"); subprocess.run(["echo", "a child outside"])')
    assert again.ok
    assert "outside" not in output(runs()[0]["id"])


def test_output_without_end_is_cut_with_a_note(notebook):
    assert notebook.run("import forebay; from forebay.recording import output; output._MOST = 3_000_000").ok
    # Nothing of it is sent to the front end.
    cell = notebook.run(
        'import contextlib\n'
        'with open("/dev/null", "w") as nowhere, contextlib.redirect_stdout(nowhere), forebay.run("flood"):\n'
        '    print("é" * 2_000_000)'
    )
    assert cell.ok, cell.error
    [run, *_] = runs()
    info = call("GET", f"/api/v1/runs/{run['id']}/output", query={"from": 2_999_990})
    assert info["text"].endswith("[forebay: what follows is not recorded: more than 3 MB]\n")
    assert info["size"] < 3_000_100


def test_what_mlflow_logs_in_a_notebook_goes_to_forebay_unless_it_has_a_place(notebook):
    where = '[__import__("os").environ.get(name) for name in ("MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_TOKEN")]'
    assert notebook.value(where) == [None, None]
    assert notebook.run("%load_ext forebay").text == ""
    known = call("POST", "/api/v1/tracking", {})
    assert notebook.value(where) == [known["url"], known["token"]]
    assert notebook.run('import forebay\nwith forebay.run("inner"):\n    pass').ok
    assert notebook.value(where) == [known["url"], known["token"]]


def test_a_place_that_a_person_chose_stays(notebook):
    assert notebook.run('import os; os.environ["MLFLOW_TRACKING_URI"] = "http://127.0.0.1:1"').ok
    assert notebook.run("%load_ext forebay").ok
    assert notebook.value('os.environ["MLFLOW_TRACKING_URI"]') == "http://127.0.0.1:1"
    assert notebook.value('"MLFLOW_TRACKING_TOKEN" in os.environ') is False


def test_a_cell_is_recorded_and_its_failure_told_as_ever(notebook):
    assert notebook.run("%load_ext forebay").ok
    cell = notebook.run('%%forebay run cell --data digits@v1\nprint("before")\nx = 1 / 0')
    assert not cell.ok
    [run, *_] = runs()
    assert (run["name"], run["state"], run["exitCode"]) == ("cell", "failed", 1)
    assert [(data["name"], data["version"]) for data in run["datasets"]] == [("digits", 1)]
    assert output(run["id"]).startswith("before\n")


@pytest.mark.parametrize("cell", ["%%forebay run stopped-cell\n", 'with forebay.run("stopped-block"):\n    '])
def test_what_is_interrupted_is_killed(notebook, cell):
    assert notebook.run("%load_ext forebay\nimport forebay, time").ok
    asked = notebook.client.execute(f'{cell}print("begun"); time.sleep(60)')
    wait_until(lambda: [run for run in runs()[:1] if run["name"] in cell and output(run["id"]) == "begun\n"])
    notebook.manager.interrupt_kernel()
    reply = notebook.client.get_shell_msg(timeout=30)
    while reply["parent_header"]["msg_id"] != asked:
        reply = notebook.client.get_shell_msg(timeout=30)
    assert reply["content"]["status"] == "error"
    [run, *_] = runs()
    assert (run["state"], run["exitCode"]) == ("killed", 130)


def test_what_is_printed_is_seen_while_the_cell_runs(notebook):
    assert notebook.run("import forebay, time").ok
    notebook.client.execute('with forebay.run("slow"):\n    print("early")\n    time.sleep(3)')
    wait_until(lambda: [run for run in runs() if run["name"] == "slow"])
    [run, *_] = runs()
    wait_until(lambda: output(run["id"]) == "early\n", seconds=2)
    assert call("GET", f"/api/v1/runs/{run['id']}")["state"] == "running"


def test_a_magic_that_makes_no_sense_says_how_to_write_it(notebook):
    assert notebook.run("%load_ext forebay").ok
    for cell, said in (
        ("%%forebay mount\nx = 1", "A cell is recorded by %%forebay run."),
        ("%%forebay run a --nonsense\nx = 1", "Unrecognized arguments: --nonsense"),
    ):
        assert said in "\n".join(notebook.run(cell).error["traceback"])


def test_the_code_that_a_cell_stands_on_is_kept_as_it_was_before_it_ran(notebook, repository):
    assert notebook.run("%load_ext forebay").ok
    cell = '%%forebay run coded\nopen("model.py", "w").write("depth = 7")\nopen("made.txt", "w").write("made")'
    assert notebook.run(cell).ok
    [run, *_] = runs()
    assert run["tags"]["mlflow.source.git.commit"] == repository
    assert run["tags"]["forebay.code.changed"] == "2"
    assert "+depth = 5" in artifact(run["id"], "forebay/code.diff")
    assert artifact(run["id"], "forebay/untracked/notes.txt") == "untracked"
    assert not [path for path in artifacts(run["id"]) if "made" in path]
    assert artifact(run["id"], "forebay/cell.py") == cell


def test_the_environment_of_a_block_is_kept_and_a_folder_without_git_has_no_code(notebook):
    assert notebook.run('import forebay\nwith forebay.run("around"):\n    print(1)').ok
    [run, *_] = runs()
    assert "mlflow.source.git.commit" not in run["tags"]
    about = json.loads(artifact(run["id"], "forebay/environment.json"))
    assert about["python"]["executable"] == notebook.value('__import__("sys").executable')
    assert about["cores"] > 0 and about["memory"] > 0
    kernel = notebook.value('__import__("importlib.metadata").metadata.version("ipykernel")')
    assert f"ipykernel=={kernel}" in artifact(run["id"], "forebay/requirements.txt").splitlines()
    assert artifact(run["id"], "forebay/cell.py").startswith("import forebay\nwith forebay.run")


def test_what_a_block_leaves_in_its_output_folder_becomes_its_artifacts(notebook):
    assert notebook.run("import forebay, os, pathlib").ok
    write = (
        'with forebay.run("leaves"):\n'
        '    folder = pathlib.Path(os.environ["FOREBAY_OUTPUT"])\n'
        '    (folder / "model é").mkdir()\n'
        '    (folder / "model é" / "w.bin").write_bytes(b"w" * 3_000_000)\n'
        '    (folder / "empty").touch()\n'
        '    (folder / "link").symlink_to("/etc/passwd")'
    )
    assert notebook.run(write).ok
    [run, *_] = runs()
    own = {path: size for path, size in artifacts(run["id"]).items() if not path.startswith("forebay/")}
    assert own == {"model é/w.bin": 3_000_000, "empty": 0}
    assert notebook.value('[folder.exists(), "FOREBAY_OUTPUT" in os.environ]') == [False, False]


def test_what_the_gpus_do_is_recorded_as_far_as_they_tell(notebook):
    recorded = ROOT / "test" / "run" / "gpu"
    assert notebook.run(f"import os; os.environ['PATH'] = '{recorded}:' + os.environ['PATH']").ok
    assert notebook.run('import forebay, time\nwith forebay.run("gpus"):\n    time.sleep(1)').ok
    [run, *_] = runs()
    used = {key: metric["value"] for key, metric in run["metrics"].items() if "gpu" in key}
    assert used == {
        "system/gpu_0_utilization_percentage": 87,
        "system/gpu_0_memory_usage_megabytes": pytest.approx(40_536 * 2**20 / 1e6),
        "system/gpu_0_memory_usage_percentage": pytest.approx(40_536 / 81_559 * 100),
        "system/gpu_0_power_usage_watts": 523.41,
        "system/gpu_1_memory_usage_megabytes": pytest.approx(120 * 2**20 / 1e6),
        "system/gpu_1_memory_usage_percentage": pytest.approx(120 / 2001 * 100),
    }
    about = json.loads(artifact(run["id"], "forebay/environment.json"))
    assert about["gpus"] == ["NVIDIA H100 80GB HBM3", "NVIDIA GeForce GT 710"]
    assert about["driver"] == {"version": "550.54.15", "cuda": "12.4"}


def test_a_file_that_is_refused_stays_and_the_others_are_sent(notebook):
    assert notebook.run("import forebay, os, pathlib").ok
    cell = notebook.run(
        'with forebay.run("stays"):\n'
        '    folder = pathlib.Path(os.environ["FOREBAY_OUTPUT"])\n'
        '    for name in ("a", "m\\\\n", "y\\\\z", "z"): (folder / name).write_text("kept")'
    )
    assert cell.ok
    [first, *refused] = cell.text.splitlines()
    assert first.startswith("Not all of this run is recorded. These files stay in")
    assert sorted(refused) == ["  m\\n: Invalid path", "  y\\z: Invalid path"]
    [run, *_] = runs()
    assert run["state"] == "finished"
    assert {path for path in artifacts(run["id"]) if not path.startswith("forebay/")} == {"a", "z"}
    assert notebook.value("sorted(each.name for each in folder.iterdir())") == ["m\\n", "y\\z"]


def test_what_a_daemon_that_is_away_missed_catches_up(notebook, daemon, tmp_path):
    go, done = tmp_path / "go", tmp_path / "done"
    assert notebook.run("import forebay, os, pathlib, time\nfrom forebay.recording import runs; runs._BEAT = 0.5").ok
    notebook.client.execute(
        'with forebay.run("outage"):\n'
        '    print("before", flush=True)\n'
        f'    while not os.path.exists({str(go)!r}): time.sleep(0.05)\n'
        '    print("meanwhile"); began = time.time()\n'
        # Two samples while nobody is there.
        "    while time.time() < began + 1.5: time.sleep(0.05)\n"
        '    (pathlib.Path(os.environ["FOREBAY_OUTPUT"]) / "model").write_text("kept")\n'
        f'pathlib.Path({str(done)!r}).touch()'
    )
    wait_until(lambda: [run for run in runs() if run["name"] == "outage" and run["metrics"]])
    [run, *_] = runs()
    wait_until(lambda: output(run["id"]) == "before\n")
    daemon.kill()
    killed = time.time() * 1000
    go.touch()
    wait_until(done.exists, seconds=30)
    daemon.start()
    assert call("GET", f"/api/v1/runs/{run['id']}")["state"] == "finished"
    assert output(run["id"]) == "before\nmeanwhile\n"
    assert artifacts(run["id"])["model"] == 4
    chart = call("GET", f"/api/v1/runs/{run['id']}/chart", query={"key": "system/run_memory_megabytes"})
    assert len([bucket for bucket in chart["buckets"] if bucket["time"]["from"] > killed]) >= 2

"""A block or a cell is recorded while it runs."""

from forebay.daemon.client import call

from support import wait_until


def runs() -> list[dict]:
    return call("GET", "/api/v1/runs", query={"limit": 5})["items"]


def output(run_id: str) -> str:
    return call("GET", f"/api/v1/runs/{run_id}/output")["text"]


def test_a_block_is_recorded_with_the_versions_that_are_mounted(notebook):
    assert notebook.run('import forebay; path = forebay.mount("digits@v1")').ok
    cell = notebook.run('with forebay.run("block", experiment="study"):\n    print("inside")\nprint("outside")')
    assert cell.text == "inside\noutside\n"
    [run, *_] = runs()
    assert (run["name"], run["experiment"]["name"], run["state"]) == ("block", "study", "finished")
    assert [(data["name"], data["version"]) for data in run["datasets"]] == [("digits", 1)]
    assert output(run["id"]) == "inside\n"
    assert notebook.value('"MLFLOW_TRACKING_URI" in __import__("os").environ') is False


def test_a_cells_name_may_have_several_words(notebook):
    assert notebook.run("%load_ext forebay").ok
    assert notebook.run("%%forebay run first look --experiment study\nprint(1)").ok
    assert (runs()[0]["name"], runs()[0]["experiment"]["name"]) == ("first look", "study")


def test_what_the_kernel_uses_is_recorded(notebook):
    assert notebook.run("import forebay, subprocess, sys").ok
    busy = "b = bytearray(80_000_000); import time; end = time.time() + 2\\nwhile time.time() < end: pass"
    assert notebook.run(f'with forebay.run("busy"):\n    subprocess.run([sys.executable, "-c", "{busy}"])').ok
    [run, *_] = runs()
    used = {key.removeprefix("system/"): metric["value"] for key, metric in run["metrics"].items()}
    assert used["run_memory_megabytes"] > 80
    assert used["run_cpu_percentage"] > 20
    assert 0 < used["system_memory_usage_percentage"] < 100
    assert used["network_receive_megabytes"] >= 0


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

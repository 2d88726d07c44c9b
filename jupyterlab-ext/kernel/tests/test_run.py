"""A block or a cell is recorded while it runs."""

from forebay.client import call

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
        ("%%forebay run a --nonsense\nx = 1", "unrecognized arguments: --nonsense"),
    ):
        assert said in "\n".join(notebook.run(cell).error["traceback"])

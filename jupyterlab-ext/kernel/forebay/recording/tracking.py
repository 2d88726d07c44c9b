import os
import sys
from contextlib import contextmanager

from ..daemon.client import call
from ..errors import ForebayError
from .mlflow_runs import active_run, end_runs_since


@contextmanager
def tracked(run_id: str, output: str):
    """What scripts, MLflow's client and Forebay's commands read from the environment, for as long as a block runs."""
    # A version that a `forebay data sync` started here makes is this run's output.
    wanted = {**_variables(f".{run_id}"), "FOREBAY_RUN_ID": run_id, "FOREBAY_OUTPUT": output}
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    logged_to = active_run()
    status = "FAILED"
    try:
        yield
        status = "FINISHED"
    finally:
        end_runs_since(logged_to, status)
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


def track_here() -> None:
    """Sends what MLflow's client logs in this process to Forebay, unless it has a place already."""
    # mlflow.set_tracking_uri sets it too.
    if os.environ.get("MLFLOW_TRACKING_URI"):
        return
    try:
        os.environ.update(_variables())
    except ForebayError as error:
        print(f"What MLflow logs here does not go to Forebay: {error}", file=sys.stderr)


def _variables(run: str = "") -> dict[str, str]:
    """`run` tells whose requests these are: the first run that the block starts is that one."""
    info = call("POST", "/api/v1/tracking", {})
    known = (os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or "").split(",")
    bypass = ",".join(dict.fromkeys([*filter(None, known), "127.0.0.1"]))
    return {
        "MLFLOW_TRACKING_URI": info["url"],
        "MLFLOW_TRACKING_TOKEN": f"{info['token']}{run}",
        # Those addresses lead to pages of MLflow's own server.
        "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
        "NO_PROXY": bypass,
        "no_proxy": bypass,
    }

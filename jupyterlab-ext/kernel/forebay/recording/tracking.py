import os
import sys
from contextlib import contextmanager

from ..daemon.client import call
from ..errors import ForebayError
from .mlflow_runs import active_run, end_runs_since
from .relay import open_relay


@contextmanager
def tracked(run_id: str, output: str):
    """What scripts, MLflow's client and Forebay's commands read from the environment, for as long as a block runs."""
    relay = open_relay(run_id)
    address = relay.address if relay else _tracking(run_id)
    # A version that a `forebay data sync` started here makes is this run's output.
    wanted = {**_variables(address), "FOREBAY_RUN_ID": run_id, "FOREBAY_OUTPUT": output}
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    logged_to = active_run()
    process = os.getpid()
    status = "FAILED"
    try:
        yield
        status = "FINISHED"
    finally:
        # A forked process that leaves the block ends nothing of its parent's.
        own = os.getpid() == process
        if own:
            end_runs_since(logged_to, status)
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
        if relay and own:
            relay.close()


def track_here() -> None:
    """Sends what MLflow's client logs in this process to Forebay, unless it has a place already."""
    # mlflow.set_tracking_uri sets it too.
    if os.environ.get("MLFLOW_TRACKING_URI"):
        return
    try:
        os.environ.update(_variables(_tracking()))
    except ForebayError as error:
        print(f"What MLflow logs here does not go to Forebay: {error}", file=sys.stderr)


def _tracking(run_id: str | None = None) -> dict:
    """Where the daemon listens for MLflow's clients, and the token that lets them in: in the name of a run, where one is
    named, so that the first run that is started with it is that one.
    """
    known = call("POST", "/api/v1/tracking", {})
    return known if run_id is None else {**known, "token": f"{known['token']}.{run_id}"}


def _variables(address: dict) -> dict[str, str]:
    known = (os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or "").split(",")
    bypass = ",".join(dict.fromkeys([*filter(None, known), "127.0.0.1"]))
    return {
        "MLFLOW_TRACKING_URI": address["url"],
        "MLFLOW_TRACKING_TOKEN": address["token"],
        # A person's own name and password, which are another server's, would go before the token.
        "MLFLOW_TRACKING_USERNAME": "forebay",
        "MLFLOW_TRACKING_PASSWORD": address["token"],
        # Those addresses lead to pages of MLflow's own server.
        "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
        "NO_PROXY": bypass,
        "no_proxy": bypass,
    }

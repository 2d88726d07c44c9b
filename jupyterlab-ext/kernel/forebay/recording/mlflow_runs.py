import sys


def active_run() -> str | None:
    """The id of the run that MLflow's client logs to in this thread; None where it is not in use or has none."""
    active = getattr(sys.modules.get("mlflow"), "active_run", None)
    run = active() if active else None
    return run.info.run_id if run else None


def end_runs_since(before: str | None, status: str) -> None:
    """Ends what MLflow's client began since `before` was its active run: else the next block would log to it too."""
    while active_run() not in (None, before):
        try:
            sys.modules["mlflow"].end_run(status)
        except Exception as error:
            # MLflow forgets the run before it tells the server.
            print(f"The end of MLflow's run is not recorded: {error}", file=sys.stderr)

from itertools import islice

from ..daemon.client import pages
from ..show.tables import Column, Table
from ..show.units import format_age, format_duration, seconds_between

_METRICS = 3  # of each run, in the table


def runs(experiment: str | None = None, filter: str | None = None, last: int = 20) -> Table:
    """Recorded runs, the latest first: at most `last`, of one experiment, that a filter lets through.

    `filter` is as MLflow's: "metrics.loss < 0.1 and params.model = 'cnn'". Each a dict {id, name, experiment, state,
    started, ended, params, metrics, datasets, ...}; times as RFC 3339. Raises `bad-request` for what is no filter.
    """
    chosen = {key: value for key, value in (("experiment", experiment), ("filter", filter)) if value is not None}
    query = {**chosen, "brief": "true", "limit": max(1, min(1000, last))}
    rows = list(islice(pages("/api/v1/runs", query), max(0, last)))
    return Table(rows, _COLUMNS, "No runs yet: 'with forebay.run(\"first try\"):' records one.")


def _took(row: dict) -> str:
    return format_duration(seconds_between(row["started"], row["ended"])) if row["ended"] else "goes on"


def _data(row: dict) -> str:
    return ", ".join(
        f"{each['name']}@v{each['version']}" if each["version"] else each["name"] for each in row["datasets"]
    )


def _metrics(row: dict) -> str:
    shown = list(row["metrics"].items())[:_METRICS]
    more = len(row["metrics"]) - len(shown)
    said = [
        f"{key} {metric['value']:.4g}" if metric["value"] is not None else f"{key} {metric['text']}"
        for key, metric in shown
    ]
    return ", ".join([*said, *([f"{more} more"] if more > 0 else [])])


_COLUMNS = [
    Column("Run", lambda row: row["name"]),
    Column("Experiment", lambda row: row["experiment"]["name"]),
    Column("State", lambda row: row["state"]),
    Column("Started", lambda row: f"{format_age(row['started'])} ago", number=True),
    Column("Took", _took, number=True),
    Column("Data", _data),
    Column("Metrics", _metrics),
]

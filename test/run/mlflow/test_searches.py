"""The filter grammar, orders and pages."""

import pytest
from mlflow import MlflowException

from server import client


@pytest.fixture
def three(experiment):
    """Runs a, b, c that began one after the other, with loss 0.3, 0.1, none."""
    made = {}
    for at, (name, loss, model) in enumerate([("a", 0.3, "cnn"), ("b", 0.1, "CNN"), ("c", None, "tree")]):
        run_id = client.create_run(experiment, start_time=1000 + at, run_name=name).info.run_id
        client.log_param(run_id, "model", model)
        if loss is not None:
            client.log_metric(run_id, "val loss", loss)
        made[name] = run_id
    client.set_tag(made["a"], "only.here", "it's")

    def search(condition="", **more):
        found = client.search_runs([experiment], condition, **more)
        return "".join(each.info.run_name for each in found)

    search.ids = made
    return search


@pytest.mark.parametrize(
    "condition, expected",
    [
        ("", "cba"),
        ("metrics.`val loss` < 0.2", "b"),
        ('metrics."val loss" <= 0.3', "ba"),
        ("params.model = 'cnn'", "a"),
        ("params.model != 'cnn'", "cb"),
        ("params.model LIKE 'c%'", "a"),
        ("params.model ILIKE 'c%' AND metrics.`val loss` > 0.05", "ba"),
        ("parameters.model = \"tree\"", "c"),
        ("tags.`only.here` = \"it's\"", "a"),
        ("attributes.run_name = 'b'", "b"),
        ("run_name LIKE '%'", "cba"),
        ("start_time >= 1001", "cb"),
        ("attribute.status = 'RUNNING' and start_time < 1001", "a"),
        ("params.nothing = 'x'", ""),
    ],
)
def test_runs_are_found(three, condition, expected):
    assert three(condition) == expected


def test_runs_are_found_by_ids(three):
    ids = three.ids
    assert three(f"attributes.run_id IN ('{ids['a']}', '{ids['c']}')") == "ca"
    assert three(f"run_id NOT IN ('{ids['a']}')") == "cb"


@pytest.mark.parametrize(
    "order, expected",
    [
        (["metrics.`val loss` ASC"], "bac"),
        (["metrics.`val loss` DESC"], "abc"),
        (["params.model DESC"], "cab"),
        (["attributes.start_time ASC"], "abc"),
        (["run_name DESC"], "cba"),
    ],
)
def test_runs_are_ordered(three, order, expected):
    assert three(order_by=order) == expected


def test_runs_come_in_pages(experiment):
    made = [client.create_run(experiment, start_time=n).info.run_id for n in range(1, 8)]
    found, token = [], None
    while True:
        page = client.search_runs([experiment], max_results=3, page_token=token)
        found += [each.info.run_id for each in page]
        token = page.token
        if not token:
            break
    assert found == made[::-1]


@pytest.mark.parametrize(
    "condition",
    [
        "metrics.a = 'text'",
        "params.a = 1",
        "params.a > '1'",
        "nonsense.a = '1'",
        "attributes.nonsense = '1'",
        "metrics.a <",
        "params.a = 'x' OR params.b = 'y'",
        "params.a = 'x' params.b = 'y'",
        "params.a = 'unclosed",
        "'; DROP TABLE run; --",
    ],
)
def test_filters_that_mean_nothing_are_refused(experiment, condition):
    with pytest.raises(MlflowException) as refused:
        client.search_runs([experiment], condition)
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"

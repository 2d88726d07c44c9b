"""Experiments: made, found, renamed, deleted, tagged, searched."""

import time

import pytest
from mlflow import MlflowException
from mlflow.entities import ViewType

from server import client


def names(experiments):
    return {each.name for each in experiments}


def test_default_experiment_is_there():
    assert client.get_experiment("0").name == "Default"


def test_experiment_is_made_found_renamed_deleted_and_restored():
    name = f"First {time.time_ns()}"
    made = client.create_experiment(name, tags={"key1": "val1", "key2": "val2"})
    found = client.get_experiment(made)
    assert (found.name, found.tags, found.lifecycle_stage) == (
        name,
        {"key1": "val1", "key2": "val2"},
        "active",
    )
    assert client.get_experiment_by_name(name).experiment_id == made
    assert client.get_experiment_by_name("no such experiment") is None
    client.rename_experiment(made, name + "!")
    assert client.get_experiment(made).name == name + "!"
    client.delete_experiment(made)
    assert client.get_experiment(made).lifecycle_stage == "deleted"
    assert name + "!" not in names(client.search_experiments())
    assert name + "!" in names(client.search_experiments(view_type=ViewType.DELETED_ONLY))
    with pytest.raises(MlflowException, match="must be in the 'active' state"):
        client.create_run(made)
    client.restore_experiment(made)
    assert client.get_experiment(made).lifecycle_stage == "active"


def test_experiment_name_is_taken_once(experiment):
    name = client.get_experiment(experiment).name
    with pytest.raises(MlflowException, match="already exists") as refused:
        client.create_experiment(name)
    assert refused.value.error_code == "RESOURCE_ALREADY_EXISTS"


def test_experiment_tags(experiment):
    client.set_experiment_tag(experiment, "dataset", "imagenet1K")
    client.set_experiment_tag(experiment, "dataset", "birdbike")
    client.set_experiment_tag(experiment, "multiline tag", "value2\nvalue2")
    assert client.get_experiment(experiment).tags == {
        "dataset": "birdbike",
        "multiline tag": "value2\nvalue2",
    }
    client.delete_experiment_tag(experiment, "dataset")
    assert "dataset" not in client.get_experiment(experiment).tags


def test_experiments_are_searched_and_paged():
    mark = f"m{time.time_ns()}"
    made = [client.create_experiment(f"{mark} {n}", tags={"n": str(n)}) for n in range(5)]
    found = client.search_experiments(filter_string=f"name LIKE '{mark}%'", max_results=2)
    assert [each.experiment_id for each in found] == made[:2:-1]
    assert found.token
    rest = client.search_experiments(
        filter_string=f"name LIKE '{mark}%'", max_results=5, page_token=found.token
    )
    assert [each.experiment_id for each in rest] == made[2::-1]
    assert not rest.token
    assert names(
        client.search_experiments(filter_string=f"name LIKE '{mark}%' AND tags.n = '3'")
    ) == {f"{mark} 3"}
    assert names(
        client.search_experiments(filter_string=f"name ILIKE '{mark.upper()}%' and tags.n != '3'")
    ) == {f"{mark} {n}" for n in (0, 1, 2, 4)}
    ordered = client.search_experiments(filter_string=f"name LIKE '{mark}%'", order_by=["name ASC"])
    assert [each.name for each in ordered] == [f"{mark} {n}" for n in range(5)]

"""Runs, and everything that is logged to them."""

import math
import time

import mlflow
import pytest
from mlflow import MlflowException
from mlflow.entities import Metric, Param, RunTag

from server import ask, client


def test_run_with_everything(experiment):
    tags = {"mlflow.user": "username", "mlflow.source.type": "LOCAL", "my": "tag"}
    run = client.create_run(experiment, start_time=456, tags=tags, run_name="my name")
    for each in (run, client.get_run(run.info.run_id)):
        assert each.info.experiment_id == experiment
        assert each.info.start_time == 456
        assert each.info.status == "RUNNING"
        assert each.info.run_name == "my name"
        assert each.data.tags == tags | {"mlflow.runName": "my name"}
    client.set_terminated(run.info.run_id, "FAILED", end_time=789)
    ended = client.get_run(run.info.run_id).info
    assert (ended.status, ended.end_time) == ("FAILED", 789)
    client.update_run(run.info.run_id, name="other")
    assert client.get_run(run.info.run_id).data.tags["mlflow.runName"] == "other"
    client.set_tag(run.info.run_id, "mlflow.runName", "third")
    assert client.get_run(run.info.run_id).info.run_name == "third"


def test_what_is_logged_is_there(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_metric(run_id, "metric", 123.456, timestamp=789, step=2)
    client.log_metric(run_id, "nan", float("nan"))
    client.log_metric(run_id, "inf", float("inf"))
    client.log_metric(run_id, "-inf", -float("inf"))
    client.log_metric(run_id, "stepless", 987.654, timestamp=321)
    client.log_param(run_id, "param", "value")
    client.set_tag(run_id, "taggity", "do-dah")
    data = client.get_run(run_id).data
    assert data.metrics["metric"] == 123.456
    assert math.isnan(data.metrics["nan"])
    assert data.metrics["inf"] >= 1.7976931348623157e308
    assert data.metrics["-inf"] <= -1.7976931348623157e308
    assert data.params == {"param": "value"}
    assert data.tags["taggity"] == "do-dah"
    [point] = client.get_metric_history(run_id, "metric")
    assert (point.value, point.timestamp, point.step) == (123.456, 789, 2)
    [point] = client.get_metric_history(run_id, "stepless")
    assert (point.timestamp, point.step) == (321, 0)
    assert client.get_metric_history(run_id, "nothing") == []


def test_newest_metric_is_that_of_the_highest_step(experiment):
    run_id = client.create_run(experiment).info.run_id
    for step, timestamp, value in [(5, 1, 0.5), (3, 9, 0.3), (5, 2, 0.6), (5, 2, 0.4)]:
        client.log_metric(run_id, "loss", value, timestamp=timestamp, step=step)
    assert client.get_run(run_id).data.metrics["loss"] == 0.6


def test_a_long_history_is_whole(experiment):
    run_id = client.create_run(experiment).info.run_id
    for first in range(0, 3000, 600):
        batch = [Metric("loss", 1 / (n + 1), 1000 + n, n) for n in range(first, first + 600)]
        client.log_batch(run_id, metrics=batch)
    history = client.get_metric_history(run_id, "loss")
    assert [(each.step, each.timestamp, each.value) for each in history] == [
        (n, 1000 + n, 1 / (n + 1)) for n in range(3000)
    ]


def test_histories_of_several_runs_are_read_at_once_and_thinned(experiment):
    runs = [client.create_run(experiment).info.run_id for _ in range(2)]
    for run_id in runs:
        client.log_batch(run_id, metrics=[Metric("loss", n / 10, n, n) for n in range(1000)])
    ids = "&".join(f"run_id={run_id}" for run_id in runs)
    status, answer = ask(f"/ajax-api/2.0/mlflow/metrics/get-history-bulk?{ids}&metric_key=loss&max_results=1500")
    assert (status, len(answer["metrics"])) == (200, 1500)
    ids = "&".join(f"run_ids={run_id}" for run_id in runs)
    base = f"/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?{ids}&metric_key=loss"
    status, answer = ask(f"{base}&start_step=100&end_step=899&max_results=5")
    steps = [(each["run_id"], each["step"]) for each in answer["metrics"]]
    assert steps == [(run_id, step) for run_id in runs for step in (100, 260, 420, 580, 899)]
    assert ask(f"{base}&start_step=5")[0] == 400
    assert ask(f"{base}&start_step=5&end_step=4")[0] == 400


def test_what_is_sent_again_for_want_of_an_answer_stands_once(experiment):
    run_id = client.create_run(experiment).info.run_id
    point = {"run_id": run_id, "key": "loss", "value": 0.5, "timestamp": 7, "step": 1}
    batch = {"run_id": run_id, "metrics": [{"key": "acc", "value": n, "timestamp": n, "step": n} for n in range(300)]}
    for _ in range(2):
        assert ask("/api/2.0/mlflow/runs/log-metric", point)[0] == 200
    for _ in range(2):
        assert ask("/api/2.0/mlflow/runs/log-batch", batch)[0] == 200
    assert len(client.get_metric_history(run_id, "loss")) == 1
    assert len(client.get_metric_history(run_id, "acc")) == 300
    # Keras' callback logs the first point again at the end.
    assert ask("/api/2.0/mlflow/runs/log-metric", {**point, "step": 2, "timestamp": 8})[0] == 200
    assert ask("/api/2.0/mlflow/runs/log-metric", point)[0] == 200
    assert [each.step for each in client.get_metric_history(run_id, "loss")] == [1, 2]


def test_names_in_every_language_and_long_values_are_kept_as_mlflow_keeps_them(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_metric(run_id, "größe/日本", 1)
    for kind, size in (("param", 6000), ("tag", 8000)):
        body = {"run_id": run_id, "key": "long", "value": "x" * 10_000}
        path = "log-parameter" if kind == "param" else "set-tag"
        assert ask(f"/api/2.0/mlflow/runs/{path}", body)[0] == 200
        data = client.get_run(run_id).data
        assert len((data.params if kind == "param" else data.tags)["long"]) == size
    assert client.get_run(run_id).data.metrics == {"größe/日本": 1}


def test_times_and_steps_that_no_calendar_and_no_double_has_are_refused(experiment):
    run_id = client.create_run(experiment).info.run_id
    point = {"run_id": run_id, "key": "a", "value": 1, "timestamp": 1, "step": 1}
    for wrong in ({"timestamp": time.time_ns()}, {"step": 2**60}, {"timestamp": -1}):
        status, answer = ask("/api/2.0/mlflow/runs/log-metric", point | wrong)
        assert (status, answer["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
    assert client.get_run(run_id).data.metrics == {}


def test_what_is_no_number_differs_from_every_number(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_metric(run_id, "loss", float("nan"))
    assert len(client.search_runs([experiment], "metrics.loss != 0.1")) == 1
    assert len(client.search_runs([experiment], "metrics.loss < 0.1")) == 0


def test_parameter_changed_after_the_fact_is_refused(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_param(run_id, "depth", 3)
    client.log_param(run_id, "depth", 3)
    with pytest.raises(MlflowException, match="Changing param values is not allowed"):
        client.log_param(run_id, "depth", 5)
    assert client.get_run(run_id).data.params == {"depth": "3"}


def test_batch_is_logged_as_a_whole_or_not_at_all(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.log_batch(
        run_id,
        metrics=[Metric("metric", 123.456, 789, 3)],
        params=[Param("param", "value")],
        tags=[RunTag("taggity", "do-dah")],
    )
    with pytest.raises(MlflowException, match="Changing param values"):
        client.log_batch(
            run_id,
            metrics=[Metric("other", 1, 1, 1)],
            params=[Param("new", "1"), Param("param", "changed")],
            tags=[RunTag("late", "tag")],
        )
    data = client.get_run(run_id).data
    assert data.metrics == {"metric": 123.456}
    assert data.params == {"param": "value"}
    assert "late" not in data.tags


def test_tags_of_a_run_go(experiment):
    run_id = client.create_run(experiment).info.run_id
    client.set_tag(run_id, "taggity", "do-dah")
    client.delete_tag(run_id, "taggity")
    assert "taggity" not in client.get_run(run_id).data.tags
    with pytest.raises(MlflowException, match=r"Run .+ not found"):
        client.delete_tag("0" * 32, "taggity")
    with pytest.raises(MlflowException, match="No tag with name: fakeTag"):
        client.delete_tag(run_id, "fakeTag")
    client.delete_run(run_id)
    with pytest.raises(MlflowException, match=f"The run {run_id} must be in"):
        client.delete_tag(run_id, "taggity")
    client.restore_run(run_id)
    assert client.get_run(run_id).info.lifecycle_stage == "active"


def test_inputs(experiment):
    import numpy

    run_id = client.create_run(experiment).info.run_id
    with mlflow.start_run(run_id=run_id):
        data = mlflow.data.from_numpy(numpy.arange(6).reshape(2, 3), name="six")
        mlflow.log_input(data, context="training")
    [used] = client.get_run(run_id).inputs.dataset_inputs
    assert (used.dataset.name, used.dataset.digest) == ("six", data.digest)
    assert {tag.key: tag.value for tag in used.tags} == {"mlflow.data.context": "training"}
    for condition in (
        "dataset.name = 'six'",
        f"dataset.digest IN ('{data.digest}')",
        "dataset.context = 'training'",
    ):
        assert [r.info.run_id for r in client.search_runs([experiment], condition)] == [run_id]
    assert client.search_runs([experiment], "dataset.context = 'testing'") == []
    _, answer = ask("/ajax-api/2.0/mlflow/experiments/search-datasets", {"experiment_ids": [experiment]})
    found = {"experiment_id": experiment, "name": "six", "digest": data.digest, "context": "training"}
    assert answer["dataset_summaries"] == [found]


def test_points_of_several_runs_come_by_run_and_time(experiment):
    runs = [client.create_run(experiment).info.run_id for _ in range(2)]
    logged = [(3, 1, 11.0), (2, 5, 10.0), (3, 1, float("nan")), (1, 9, 12.0)]
    for run_id in runs:
        for time, step, value in logged:
            client.log_metric(run_id, "a", value, time, step)
    ids = "&".join(f"run_id={run_id}" for run_id in runs)
    _, answer = ask(f"/ajax-api/2.0/mlflow/metrics/get-history-bulk?{ids}&metric_key=a")
    got = [(each["run_id"], each["timestamp"], str(float(each["value"]))) for each in answer["metrics"]]
    ordered = ((1, "12.0"), (2, "10.0"), (3, "nan"), (3, "11.0"))
    assert got == [(run_id, *each) for run_id in sorted(runs) for each in ordered]

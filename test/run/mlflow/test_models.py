"""Autologging, and the models that it leaves."""

import mlflow
import pytest
from mlflow import MlflowException

from server import client


def test_scikit_learn_logs_itself(experiment):
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    mlflow.sklearn.autolog()
    try:
        images, labels = load_digits(return_X_y=True)
        with mlflow.start_run(experiment_id=experiment) as run:
            LogisticRegression(max_iter=200, C=0.5).fit(images, labels)
    finally:
        mlflow.sklearn.autolog(disable=True)
    logged = client.get_run(run.info.run_id)
    assert logged.info.status == "FINISHED"
    assert logged.data.params["C"] == "0.5"
    assert logged.data.metrics["training_accuracy_score"] > 0.97
    assert logged.data.tags["estimator_name"] == "LogisticRegression"
    assert [each.dataset.name for each in logged.inputs.dataset_inputs] == ["dataset"]
    [output] = logged.outputs.model_outputs
    model = client.get_logged_model(output.model_id)
    assert model.status.value == "READY"
    assert model.source_run_id == run.info.run_id
    measured = {each.key: each.value for each in model.metrics}
    assert measured["training_accuracy_score"] > 0.97
    [found] = client.search_logged_models(
        [experiment], filter_string="metrics.training_accuracy_score > 0.9"
    )
    assert found.model_id == output.model_id
    loaded = mlflow.sklearn.load_model(f"models:/{output.model_id}")
    assert (loaded.predict(images) == labels).mean() > 0.97


def test_models_are_searched_ordered_tagged_and_deleted(experiment):
    made = [
        client.create_logged_model(experiment, name=f"m{n}", params={"n": str(n)}, tags={"even": str(n % 2 == 0)})
        for n in range(5)
    ]
    run_id = client.create_run(experiment).info.run_id
    for n, model in enumerate(made):
        client.log_metric(run_id, "score", n / 10, model_id=model.model_id)

    def names(**more):
        return [each.name for each in client.search_logged_models([experiment], **more)]

    order = [{"field_name": "metrics.score", "ascending": False}]
    assert names(order_by=order, max_results=2) == ["m4", "m3"]
    assert sorted(names(filter_string="tags.even = 'True' AND metrics.score >= 0.2")) == ["m2", "m4"]
    assert names(filter_string="name = 'm1'") == ["m1"]
    assert names(filter_string="params.n = '3'") == ["m3"]
    client.log_metric(
        run_id, "score", 1, dataset_name="six", dataset_digest="d", model_id=made[3].model_id
    )
    on = [{"dataset_name": "six", "dataset_digest": "d"}]
    assert names(datasets=on) == ["m3"]
    assert names(datasets=on, filter_string="metrics.score < 0.5") == []
    client.set_logged_model_tags(made[1].model_id, {"even": "no"})
    client.delete_logged_model_tag(made[0].model_id, "even")
    assert client.get_logged_model(made[1].model_id).tags == {"even": "no"}
    assert client.get_logged_model(made[0].model_id).tags == {}
    client.delete_logged_model(made[2].model_id)
    assert "m2" not in names()
    with pytest.raises(MlflowException, match="not found"):
        client.get_logged_model(made[2].model_id)

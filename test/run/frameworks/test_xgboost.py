"""XGBoost logs itself, and its model comes back."""

import mlflow
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import xgboost

client = mlflow.MlflowClient()


def test_xgboost_logs_itself_and_its_model_comes_back():
    mlflow.set_experiment("xgboost")
    mlflow.xgboost.autolog()
    images, labels = load_digits(return_X_y=True)
    seen, unseen, seen_labels, unseen_labels = train_test_split(images, labels, random_state=0)
    train = xgboost.DMatrix(seen, seen_labels)
    test = xgboost.DMatrix(unseen, unseen_labels)
    settings = {"objective": "multi:softmax", "num_class": 10, "eval_metric": "mlogloss", "nthread": 1}
    with mlflow.start_run() as run:
        xgboost.train(settings, train, num_boost_round=8, evals=[(test, "test")])
    logged = client.get_run(run.info.run_id)
    assert logged.data.params["num_class"] == "10"
    losses = client.get_metric_history(run.info.run_id, "test-mlogloss")
    assert [each.step for each in losses] == list(range(8))
    assert losses[-1].value < losses[0].value
    assert "feature_importance_weight.json" in [each.path for each in client.list_artifacts(run.info.run_id)]
    [output] = logged.outputs.model_outputs
    loaded = mlflow.xgboost.load_model(f"models:/{output.model_id}")
    assert (loaded.predict(test) == unseen_labels).mean() > 0.9
    plain = mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model")
    assert (plain.predict(unseen) == unseen_labels).mean() > 0.9

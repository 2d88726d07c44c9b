"""What MLflow's own client finds of a run, and what its model, loaded again, says of something that it was asked before."""

import json
import os
import sys

run_id, kind = sys.argv[1:]
if kind in ("lightning", "transformers"):
    import debian_torch  # noqa: F401
os.environ["KERAS_BACKEND"] = "jax"

import mlflow
import numpy

client = mlflow.MlflowClient()
run = client.get_run(run_id)


def model_place():
    [output] = run.outputs.model_outputs
    return f"models:/{output.model_id}"


def ask_keras():
    return mlflow.keras.load_model(model_place()).predict(numpy.full((1, 64), 8), verbose=0)


def ask_lightning():
    import torch

    return mlflow.pytorch.load_model(model_place())(torch.tensor([[1.0, 2.0]]))


def ask_sklearn():
    return mlflow.sklearn.load_model(model_place()).predict([[1.0, 2.0]])


def ask_transformers():
    import torch
    from transformers import BertForSequenceClassification

    folder = mlflow.artifacts.download_artifacts(run_id=run_id)
    return BertForSequenceClassification.from_pretrained(folder)(torch.full((1, 64), 8)).logits


said = {
    "keras": ask_keras,
    "lightning": ask_lightning,
    "sklearn": ask_sklearn,
    "transformers": ask_transformers,
}[kind]()
found = {
    "params": run.data.params,
    "histories": {
        key: [[each.step, each.value] for each in client.get_metric_history(run_id, key)]
        for key in run.data.metrics
    },
    "datasets": [[each.dataset.name, each.dataset.digest] for each in run.inputs.dataset_inputs],
    "artifacts": [each.path for each in client.list_artifacts(run_id)],
    "said": said.tolist(),
}
print(json.dumps(found))

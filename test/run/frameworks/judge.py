"""What MLflow's own client finds of a run, and what its model, loaded again, says of a point."""

import json
import sys

run_id, kind = sys.argv[1:]
if kind == "lightning":
    import debian_torch  # noqa: F401

import mlflow

client = mlflow.MlflowClient()
run = client.get_run(run_id)
[output] = run.outputs.model_outputs
place = f"models:/{output.model_id}"
if kind == "lightning":
    import torch

    said = mlflow.pytorch.load_model(place)(torch.tensor([[1.0, 2.0]]))
else:
    said = mlflow.sklearn.load_model(place).predict([[1.0, 2.0]])
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

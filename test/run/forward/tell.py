"""Tells all that a server has of an experiment, as MLflow's client reads it: for each line of JSON that comes in, one."""

import json
import os
import sys
import tempfile

import mlflow
from mlflow import MlflowClient


def files_of(client, run_id, path=None):
    found = {}
    for each in client.list_artifacts(run_id, path):
        if each.is_dir:
            found |= files_of(client, run_id, each.path)
        else:
            with tempfile.TemporaryDirectory() as folder:
                with open(client.download_artifacts(run_id, each.path, folder), "rb") as file:
                    found[each.path] = file.read().hex()
    return found


def told(client, run):
    run_id = run.info.run_id
    return {
        "id": run_id,
        "name": run.info.run_name,
        "status": run.info.status,
        "start": run.info.start_time,
        "end": run.info.end_time,
        "user": run.info.user_id,
        "params": run.data.params,
        "tags": run.data.tags,
        "metrics": {
            key: sorted([m.step, m.timestamp, str(m.value)] for m in client.get_metric_history(run_id, key))
            for key in run.data.metrics
        },
        "inputs": [
            [each.dataset.name, each.dataset.digest, each.dataset.source_type, json.loads(each.dataset.source)]
            for each in run.inputs.dataset_inputs
        ],
        "files": files_of(client, run_id),
        "models": models_of(client, run),
    }


def models_of(client, run):
    """By name, as ids differ: what each is, whether the run made it, and where another one used it."""
    found = client.search_logged_models([run.info.experiment_id])
    mine = {each.model_id: each for each in found if each.source_run_id == run.info.run_id}
    used = [each.model_id for each in run.inputs.model_inputs]
    made = {each.model_id: each.step for each in run.outputs.model_outputs}
    return {
        each.name: {
            "type": each.model_type,
            "status": str(each.status),
            "params": each.params,
            "stage": each.tags.get("stage"),
            "metrics": sorted([m.key, m.value, m.step, m.dataset_name] for m in each.metrics or []),
            "used": each.model_id in used,
            "step": made.get(each.model_id),
            "files": model_files(client, each.model_id),
        }
        for each in found
        if each.model_id in mine or each.model_id in used
    }


def model_files(client, model_id):
    with tempfile.TemporaryDirectory() as folder:
        top = mlflow.artifacts.download_artifacts(f"models:/{model_id}", dst_path=folder)
        return {
            os.path.relpath(os.path.join(at, name), top): open(os.path.join(at, name), "rb").read().hex()
            for at, _, names in os.walk(top)
            for name in names
            if name != "registered_model_meta"
        }


def tell(experiment, name, env):
    os.environ.update(env)
    mlflow.set_tracking_uri(env["MLFLOW_TRACKING_URI"])
    client = MlflowClient(env["MLFLOW_TRACKING_URI"])
    found = client.get_experiment_by_name(experiment)
    named = f"run_name = '{name}'" if name else ""
    runs = client.search_runs([found.experiment_id], named) if found else []
    # Of models that a run used, a search says nothing.
    return [told(client, client.get_run(run.info.run_id)) for run in runs]


for line in sys.stdin:
    print(json.dumps(tell(**json.loads(line))), flush=True)

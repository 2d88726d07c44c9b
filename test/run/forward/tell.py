"""Tells all that a server has of an experiment, as MLflow's client reads it: for each line of JSON that comes in, one."""

import json
import os
import sys
import tempfile

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
    }


def tell(experiment, name, env):
    os.environ.update(env)
    client = MlflowClient(env["MLFLOW_TRACKING_URI"])
    found = client.get_experiment_by_name(experiment)
    named = f"run_name = '{name}'" if name else ""
    return [told(client, run) for run in client.search_runs([found.experiment_id], named)] if found else []


for line in sys.stdin:
    print(json.dumps(tell(**json.loads(line))), flush=True)

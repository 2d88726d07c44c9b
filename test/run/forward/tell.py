"""tell.py EXPERIMENT: all that a server (MLFLOW_TRACKING_URI) has of an experiment, as MLflow's client reads it, as JSON."""

import json
import sys
import tempfile

from mlflow import MlflowClient

client = MlflowClient()


def files_of(run_id, path=None):
    found = {}
    for each in client.list_artifacts(run_id, path):
        if each.is_dir:
            found |= files_of(run_id, each.path)
        else:
            with tempfile.TemporaryDirectory() as folder:
                with open(client.download_artifacts(run_id, each.path, folder), "rb") as file:
                    found[each.path] = file.read().hex()
    return found


def told(run):
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
        "files": files_of(run_id),
    }


experiment = client.get_experiment_by_name(sys.argv[1])
print(json.dumps([told(run) for run in client.search_runs([experiment.experiment_id])] if experiment else []))

"""compare.py SOURCE_URI: every run, point and file of a store must be the hub's (FOREBAY_URI), as MLflow's client reads both."""

import hashlib
import json
import os
import sys
import tempfile

from mlflow import MlflowClient
from mlflow.entities import ViewType

source = MlflowClient(sys.argv[1])
hub = MlflowClient(os.environ["FOREBAY_URI"])
counted = {"runs": 0, "points": 0, "files": 0, "models": 0}


def files_of(client, run_id, path=None):
    found = {}
    for each in client.list_artifacts(run_id, path):
        if each.is_dir:
            found |= files_of(client, run_id, each.path)
        else:
            with tempfile.TemporaryDirectory() as folder:
                with open(client.download_artifacts(run_id, each.path, folder), "rb") as file:
                    found[each.path] = hashlib.sha256(file.read()).hexdigest()
    return found


def facts(client, run):
    info = run.info
    used = sorted((str(each.dataset.to_dictionary()), str(sorted((t.key, t.value) for t in each.tags))) for each in run.inputs.dataset_inputs)
    return {
        "info": (info.run_id, info.run_name, info.user_id, info.status, info.start_time, info.end_time, info.lifecycle_stage),
        "params": run.data.params,
        "tags": run.data.tags,
        "newest": {key: repr(value) for key, value in run.data.metrics.items()},
        "inputs": used,
        "models in": sorted(each.model_id for each in run.inputs.model_inputs),
        "models out": sorted((each.model_id, each.step) for each in run.outputs.model_outputs),
    }


def history(client, run_id, key):
    return sorted((each.step, each.timestamp, repr(each.value)) for each in client.get_metric_history(run_id, key))


def model_facts(model):
    # The newest: a database gives all of them, a folder and the hub don't.
    newest = {}
    for m in sorted(model.metrics, key=lambda m: (m.step, m.timestamp)):
        newest[m.key, m.run_id, m.dataset_name or "", m.dataset_digest or ""] = (repr(m.value), m.step, m.timestamp)
    return (model.name, model.model_type, model.status, model.source_run_id, model.creation_timestamp, model.params, model.tags, newest)


for experiment in source.search_experiments(view_type=ViewType.ALL):
    there = hub.get_experiment_by_name(experiment.name)
    assert there.lifecycle_stage == experiment.lifecycle_stage, experiment.name
    assert experiment.tags.items() <= there.tags.items()
    for found in source.search_runs([experiment.experiment_id], run_view_type=ViewType.ALL):
        # Once more: of a database, a search doesn't tell which models a run used.
        run = source.get_run(found.info.run_id)
        copy = hub.get_run(run.info.run_id)
        assert copy.info.experiment_id == there.experiment_id
        assert facts(source, run) == facts(hub, copy), f"{facts(source, run)}\n{facts(hub, copy)}"
        for key in run.data.metrics:
            points = history(source, run.info.run_id, key)
            assert points == history(hub, run.info.run_id, key), (run.info.run_name, key)
            counted["points"] += len(points)
        if run.info.lifecycle_stage == "active":
            files = files_of(source, run.info.run_id)
            assert files == files_of(hub, run.info.run_id), run.info.run_name
            counted["files"] += len(files)
        counted["runs"] += 1
    if experiment.lifecycle_stage == "active":
        for model in source.search_logged_models([experiment.experiment_id]):
            assert model_facts(model) == model_facts(hub.get_logged_model(model.model_id))
            counted["models"] += 1
print(json.dumps(counted))

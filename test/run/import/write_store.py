"""Writes runs through MLflow's own client: write_store.py TRACKING_URI [more]. `more` goes on with what is there."""

import math
import os
import sys
import tempfile
import time

import mlflow
import mlflow.data
import numpy
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, LoggedModelInput, LoggedModelOutput, Metric

uri, *more = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()
in_files = uri.startswith("file:")


def write():
    study = client.create_experiment("lungs é", tags={"team": "x-ray"})
    first = client.create_run(study, run_name="first", tags={"stage/a": "b c", "note": "two\nlines ü"}).info.run_id
    client.log_param(first, "lr", "0.1")
    client.log_param(first, "optimizer/name", "adam, or 'so'")
    now = int(time.time() * 1000)
    points = [Metric("loss", 1 / (step + 1), now + step, step) for step in range(700)]
    points += [Metric("val/odd", value, now + at, at) for at, value in enumerate([math.nan, math.inf, -math.inf, 0.1])]
    points += [Metric("val/odd", 3.0, now - 5, 2), Metric("negative step", 1e-300, now, -7)]
    client.log_batch(first, metrics=points)
    client.log_text(first, "hello", "notes/é ü.txt")
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "weights.bin"), "wb") as file:
            file.write(os.urandom(3_000_000))
        client.log_artifacts(first, folder, "model")
    data = Dataset("scans", "sha256-abc", "s3", '{"uri": "s3://b/scans"}', '{"columns": []}', '{"rows": 7}')
    client.log_inputs(first, [DatasetInput(data, [InputTag("mlflow.data.context", "training")])])
    model = client.create_logged_model(
        study, name="unet", source_run_id=first, params={"depth": "4"}, tags={"kind": "cnn"}, model_type="seg"
    )
    client.log_outputs(first, [LoggedModelOutput(model.model_id, 3)])
    client.finalize_logged_model(model.model_id, "READY")
    on = {} if in_files else {"dataset_name": "scans", "dataset_digest": "sha256-abc"}
    client.log_metric(first, "dice", 0.5, model_id=model.model_id, step=1, **on)
    client.log_metric(first, "dice", 0.9, model_id=model.model_id, step=2, **on)
    client.set_terminated(first)
    second = client.create_run(study, run_name="second", tags={"mlflow.parentRunId": first}).info.run_id
    client.log_inputs(second, models=[LoggedModelInput(model.model_id)])
    client.log_metric(second, "loss", 2.0, step=1)
    client.set_terminated(second, "FAILED")
    going_on = client.create_run(study, run_name="going on").info.run_id
    client.log_metric(going_on, "loss", 5.0, step=1)
    killed = client.create_run(study, run_name="killed").info.run_id
    client.set_terminated(killed, "KILLED")
    client.delete_run(client.create_run(study, run_name="thrown away").info.run_id)
    client.create_run("0", run_name="in default")
    gone = client.create_experiment("gone")
    client.log_metric(client.create_run(gone, run_name="in gone").info.run_id, "a", 1)
    client.delete_experiment(gone)


def go_on():
    study = client.get_experiment_by_name("lungs é").experiment_id
    [run] = client.search_runs([study], "run_name = 'going on'")
    for step in range(2, 600):
        client.log_metric(run.info.run_id, "loss", 5 / step, step=step) if step < 10 else None
    client.log_batch(run.info.run_id, [Metric("loss", 5 / step, 1000 + step, step) for step in range(10, 600)])
    client.log_param(run.info.run_id, "late", "yes")
    client.log_text(run.info.run_id, "later", "later.txt")
    client.set_terminated(run.info.run_id)
    client.log_metric(client.create_run(study, run_name="third").info.run_id, "loss", 0.5)


go_on() if more else write()

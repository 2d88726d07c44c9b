"""Logs through MLflow's client, in steps that a test lets it take: it waits for a file before each."""

import pathlib
import time

import mlflow

folder = pathlib.Path(__file__).parent


def reach(name):
    print(name, flush=True)
    while not (folder / f"after-{name}").exists():
        time.sleep(0.02)


with mlflow.start_run():
    mlflow.log_param("before", 1)
    for step in range(400):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
        if step == 50:
            print("begun", flush=True)
    reach("points")
    for step in range(0, 3000, 500):
        batch = [mlflow.entities.Metric("fine", at / 7, 0, at) for at in range(step, step + 500)]
        mlflow.MlflowClient().log_batch(mlflow.active_run().info.run_id, metrics=batch)
    mlflow.log_param("meanwhile", 2)
    mlflow.set_tag("stage", "away")
    reach("kept")
    mlflow.log_text("the answer", "notes/answer.txt")
    with mlflow.start_run(nested=True, run_name="inner"):
        mlflow.log_metric("inner", 3)
    reach("asked")

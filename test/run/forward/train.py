"""train.py POINTS: what a team's script does, through MLflow's client; goes on when a line comes in."""

import math
import sys
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

points = int(sys.argv[1])
mlflow.set_experiment("team study")
client = MlflowClient()
with mlflow.start_run() as run:
    run_id = run.info.run_id
    mlflow.log_params({"depth": 3, "note": "é"})
    mlflow.set_tag("stage", "early")
    mlflow.log_text("hello", "notes/é.txt")
    print(run_id, flush=True)
    for begin in range(0, points, 1000):
        now = int(time.time() * 1000)
        client.log_batch(run_id, [Metric("loss", 1 / (1 + step), now + step, step) for step in range(begin, min(points, begin + 1000))])
    mlflow.log_metric("odd", math.nan, step=1)
    sys.stdin.readline()
    with mlflow.start_run(nested=True, run_name="inner"):
        mlflow.log_metric("inner", 1)
    mlflow.set_tag("stage", "late")
    mlflow.log_metric("last", 7)

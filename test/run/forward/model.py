"""model.py EXPERIMENT: a model as MLflow 3 logs it: made by one run, measured and used by another."""

import sys

import mlflow
import mlflow.pyfunc
from mlflow import MlflowClient


class Twice(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[int]) -> list[int]:
        return [2 * each for each in model_input]


mlflow.set_experiment(sys.argv[1])
with mlflow.start_run(run_name="makes"):
    made = mlflow.pyfunc.log_model(name="twice", python_model=Twice(), params={"by": 2}, step=4, pip_requirements=[])
    mlflow.log_metric("accuracy", 0.75, step=2, model_id=made.model_id)
with mlflow.start_run(run_name="uses") as run:
    client = MlflowClient()
    client.log_inputs(run.info.run_id, models=[mlflow.entities.LoggedModelInput(made.model_id)])
    mlflow.log_metric("accuracy", 0.25, step=3, model_id=made.model_id)
client.set_logged_model_tags(made.model_id, {"stage": "late"})

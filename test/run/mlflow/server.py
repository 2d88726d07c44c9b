"""The tracking server, through MLflow's client and by bare requests."""

import json
import os
import urllib.error
import urllib.request

from mlflow import MlflowClient

client = MlflowClient()


def ask(path, body=None, headers=None, method=None):
    """Status and JSON of a bare request."""
    url = os.environ["MLFLOW_TRACKING_URI"] + path
    token = os.environ["MLFLOW_TRACKING_TOKEN"]
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | (headers or {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data, sent, method=method)
        ) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())

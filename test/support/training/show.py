"""What a run's page has to show: values that are no numbers, much output, and files of every kind.

While it is held it goes on, and prints more at each step, from 0 on.
"""

import json
import math
import os
from itertools import count
from pathlib import Path

import matplotlib
import mlflow
from held import hold, wait_for

matplotlib.use("Agg")
from matplotlib import pyplot

losses = [0.9, 0.7, 0.6, math.nan, 0.5, 0.45, math.inf, math.nan, 0.4, 0.35]
for step, loss in enumerate(losses):
    mlflow.log_metric("loss", loss, step=step)

output = Path(os.environ["FOREBAY_OUTPUT"])
(output / "report").mkdir()
(output / "report" / "scores.csv").write_text("class,precision\n0,0.98\n1,0.91\n")
(output / "report" / "settings.json").write_text(json.dumps({"lr": 0.1, "layers": [64, 32]}))
(output / "notes.md").write_text("# Notes\n\nNothing odd but the numbers.\n")
(output / "weights.bin").write_bytes(bytes(range(256)) * 16)
pyplot.plot(losses)
pyplot.savefig(output / "loss.png", dpi=80)

said = 0
for step in count():
    for _ in range(200):
        said += 1
        print(f"line {said}: " + ("a warning of the scheduler" if said % 90 == 0 else "as ever"), flush=True)
    wait_for(step)
    if not hold.exists():
        break

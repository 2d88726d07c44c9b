"""write_events.py FOLDER [more]: TensorBoard's event files by their own writers; prints what is in them as JSON."""

import json
import os
import sys

import numpy
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary import Writer
from tensorboardX import SummaryWriter

folder, *more = sys.argv[1:]
steps = range(400) if not more else range(400, 500)
# As floats of 32 bits, in which event files keep them.
values = [(step, float(numpy.float32(1 / (step + 1)))) for step in steps]

with SummaryWriter(os.path.join(folder, "plain")) as plain:
    for step, value in values:
        plain.add_scalar("loss/train", value, step, walltime=1_700_000_000 + step)
    if not more:
        plain.add_scalar("odd", float("nan"), 1, walltime=1_700_000_001)
        plain.add_scalar("odd", float("inf"), 2**40, walltime=1_700_000_002)
        plain.add_histogram("weights", numpy.arange(100), 1)
        plain.add_text("note", "hello", 1)

if not more:
    tensors = Writer(os.path.join(folder, "nested", "tensors"))
    for step, value in values:
        tensors.add_scalar("accuracy", value, step, wall_time=1_700_000_000 + step)
    tensors.close()
    with SummaryWriter(os.path.join(folder, "tuned")) as tuned:
        tuned.add_hparams({"lr": 0.1, "name": "cnn", "wide": True}, {"score": 0.5}, name="trial")
print(json.dumps(values))

"""A small network by hand, so that every step is seen: logs with MLflow, prints, and draws what it confuses.

Its steps, where it is held, are its epochs, from 0 on, and `end`.
"""

import argparse
import os
from pathlib import Path

import matplotlib
import mlflow
import numpy as np
from held import wait_for

matplotlib.use("Agg")
from matplotlib import pyplot

asked = argparse.ArgumentParser()
asked.add_argument("--lr", type=float, default=0.1)
asked.add_argument("--hidden", type=int, default=32)
asked.add_argument("--epochs", type=int, default=12)
args = asked.parse_args()

random = np.random.default_rng(0)
folder = Path(os.environ["FOREBAY_PATH"])
parts = [(np.loadtxt(folder / f"{label}.csv", delimiter=",", ndmin=2), label) for label in range(10)]
x = np.concatenate([rows for rows, _ in parts]) / 16
y = np.concatenate([np.full(len(rows), label) for rows, label in parts])
order = random.permutation(len(x))
x, y = x[order], y[order]
cut = len(x) * 3 // 4

w1 = random.normal(0, 0.2, (64, args.hidden))
w2 = random.normal(0, 0.2, (args.hidden, 10))


def forward(rows):
    hidden = np.tanh(rows @ w1)
    scores = hidden @ w2
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, scores / scores.sum(axis=1, keepdims=True)


def measure(rows, labels):
    _, odds = forward(rows)
    return -np.log(odds[np.arange(len(rows)), labels] + 1e-12).mean(), (odds.argmax(axis=1) == labels).mean()


mlflow.log_params({"lr": args.lr, "hidden": args.hidden, "epochs": args.epochs})
print(f"{cut} digits to learn from, {len(x) - cut} to check with")
step = 0
for epoch in range(args.epochs):
    wait_for(epoch)
    for start in range(0, cut, 64):
        rows, labels = x[start : min(start + 64, cut)], y[start : min(start + 64, cut)]
        hidden, odds = forward(rows)
        wrong = odds.copy()
        wrong[np.arange(len(rows)), labels] -= 1
        wrong /= len(rows)
        back = wrong @ w2.T * (1 - hidden**2)
        w2 -= args.lr * hidden.T @ wrong
        w1 -= args.lr * rows.T @ back
        step += 1
    loss, accuracy = measure(x[:cut], y[:cut])
    val_loss, val_accuracy = measure(x[cut:], y[cut:])
    values = {"train_loss": loss, "val_loss": val_loss, "train_accuracy": accuracy, "val_accuracy": val_accuracy, "epoch": epoch}
    mlflow.log_metrics(values, step=step)
    print(f"epoch {epoch}: loss {loss:.4f}, accuracy {val_accuracy:.4f}")
wait_for("end")

_, odds = forward(x[cut:])
confused = np.zeros((10, 10), int)
np.add.at(confused, (y[cut:], odds.argmax(axis=1)), 1)
output = Path(os.environ["FOREBAY_OUTPUT"])
np.savetxt(output / "confusion.csv", confused, fmt="%d", delimiter=",", header=",".join(map(str, range(10))), comments="")
pyplot.imshow(confused, cmap="Blues")
pyplot.xlabel("taken for")
pyplot.ylabel("is")
pyplot.savefig(output / "confusion.png", dpi=80)

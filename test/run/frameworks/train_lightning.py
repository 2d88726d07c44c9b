"""A line learnt from the points of a version; nothing in it knows of Forebay but the path."""

import json
import os

import debian_torch  # noqa: F401
import mlflow
import numpy
import pytorch_lightning as lightning
import torch
from torch.utils.data import DataLoader, TensorDataset


class Line(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(2, 1)

    def forward(self, places):
        return self.line(places)

    def training_step(self, batch, _):
        places, heights = batch
        loss = torch.nn.functional.mse_loss(self(places), heights)
        self.log("loss", loss, on_step=False, on_epoch=True)
        return loss

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.1)


points = numpy.loadtxt(
    os.path.join(os.environ["FOREBAY_PATH"], "points.csv"), delimiter=",", dtype="float32"
)
data = TensorDataset(torch.from_numpy(points[:, :2]), torch.from_numpy(points[:, 2:]))
mlflow.pytorch.autolog(checkpoint_monitor="loss")
lightning.seed_everything(0)
model = Line()
trainer = lightning.Trainer(max_epochs=3, accelerator="cpu", logger=False, enable_progress_bar=False)
trainer.fit(model, DataLoader(data, batch_size=16))
print(json.dumps(model(torch.tensor([[1.0, 2.0]])).tolist()))

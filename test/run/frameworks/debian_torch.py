"""Before Lightning and Transformers: Debian's torch 1.13 has parts that Python 3.11 can't import, and lacks a newer one."""

import sys
from types import ModuleType

import torch

torch.distributed.is_available = lambda: False

# MLflow's client imports a name from it for a format that it doesn't use here.
sys.modules["torch.export"] = torch.export = ModuleType("torch.export")
torch.export.Dim = None

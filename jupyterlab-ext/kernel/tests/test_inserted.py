"""The code that both editors insert for a version or a file of it, run as it is."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path

import datasets
import pandas
import pytest

from support import ROOT
from support import forebay as command

pytestmark = pytest.mark.usefixtures("visits")


@pytest.fixture(scope="module")
def visits(daemon, tmp_path_factory):
    """visits-2024@v1: a table in two parts, and one of another kind."""
    folder = tmp_path_factory.mktemp("visits")
    for part in range(2):
        table = pandas.DataFrame({"id": [2 * part, 2 * part + 1], "finding": ["mass", "none"]})
        table.to_csv(folder / f"{part}.csv", index=False)
    command("data", "init", "visits-2024", folder=folder)
    command("data", "sync", folder=folder)


def inserted(kind: str, path: str, dataset: str) -> str:
    target = json.dumps({"dataset": dataset, "version": 1, "path": path})
    source = (ROOT / "core" / "src" / "api" / "code" / "dataCode.ts").as_uri()
    program = f"import {{ dataCode }} from '{source}'; process.stdout.write(dataCode('{kind}', {target}))"
    node = shutil.which("node", path=str(ROOT / "node_modules" / ".bin"))
    done = subprocess.run([node, "--input-type=module", "-e", program], capture_output=True, text=True, check=True)
    return done.stdout


def run_inserted(kind: str, path: str = "") -> dict:
    """What the code's names are after it ran."""
    names: dict = {}
    exec(inserted(kind, path, "visits-2024"), names)  # noqa: S102
    return names


def test_path():
    assert run_inserted("path")["visits_2024_path"].joinpath("0.csv").is_file()
    assert Path(run_inserted("path", "1.csv")["visits_2024_file"]).read_text().startswith("id,finding")


def test_pandas():
    assert list(run_inserted("pandas")["visits_2024_data"]["id"]) == [0, 1, 2, 3]
    assert list(run_inserted("pandas", "1.csv")["visits_2024_data"]["id"]) == [2, 3]


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


def test_image_folder(tmp_path):
    """In Debian's Python, which has torchvision, and sees the package as a person's kernel does."""
    for place in ("mass/a.png", "mass/b.png", "none/c.png"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_bytes(base64.b64decode(PNG))
    command("data", "init", "chest-scans", folder=tmp_path)
    command("data", "sync", folder=tmp_path)
    code = inserted("pytorch", "", "chest-scans") + "print(chest_scans_data.classes, chest_scans_data[2][0].size)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "jupyterlab-ext" / "kernel")}
    done = subprocess.run(["/usr/bin/python3", "-c", code], env=environment, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("['mass', 'none'] (1, 1)\n", 0), done.stderr


def test_hugging_face(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    rows = run_inserted("huggingface")["visits_2024_data"]["train"]
    assert sorted(rows["id"]) == [0, 1, 2, 3]


def test_fsspec():
    files = run_inserted("fsspec")["visits_2024_files"]
    assert [Path(path).name for path in files.ls("visits-2024@v1", detail=False)] == ["0.csv", "1.csv"]
    assert run_inserted("fsspec", "0.csv")["visits_2024_data"] == b"id,finding\n0,mass\n1,none\n"

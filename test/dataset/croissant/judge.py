"""mlcroissant reads a description, and the records that it promises out of the version's mounted folder; tells what it read."""

import json
import sys
from pathlib import Path

import mlcroissant as mlc


def place(folder, part):
    return folder if part["encodingFormat"] == "inode/directory" else str(Path(folder) / part["name"])


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def main(jsonld, folder):
    parts = json.loads(Path(jsonld).read_text("utf-8"))["distribution"]
    files = {part["@id"]: place(folder, part) for part in parts if part["@type"] == "cr:FileObject"}
    dataset = mlc.Dataset(jsonld=jsonld, mapping=files)
    records = {}
    for each in dataset.metadata.record_sets:
        rows = [{key.split("/")[-1]: text(value) for key, value in row.items()} for row in dataset.records(each.uuid)]
        for row in rows:
            if "picture" in row:
                row["picture"] = list(row["picture"].size)
        records[each.name] = rows
    print(json.dumps({"errors": sorted(dataset.metadata.ctx.issues.errors), "records": records}, default=str))


main(*sys.argv[1:])

"""OpenLineage's own client reads events (JSON lines of the file that is named) and writes them again: nothing may get lost.

Its classes are generated from the specification: a field that is missing, misspelt or of another kind is refused, and the
schema that an event or a facet names has to be the one that the class knows.
"""

import importlib
import inspect
import json
import pkgutil
import sys

import attr
from openlineage.client import event_v2, generated
from openlineage.client.serde import Serde


def known_facets():
    modules = [importlib.import_module(f"{generated.__name__}.{name}") for _, name, _ in pkgutil.iter_modules(generated.__path__)]
    classes = [found for module in modules for _, found in inspect.getmembers(module, inspect.isclass)]
    return {each._get_schema(): each for each in classes if hasattr(each, "_get_schema")}


def facet(known, fields):
    cls = known[fields["_schemaURL"]]
    own = {key: value for key, value in fields.items() if not key.startswith("_")}
    names = {each.name for each in attr.fields(cls)}
    extra = {key: value for key, value in own.items() if key not in names}
    made = cls(**{key: value for key, value in own.items() if key in names}, producer=fields["_producer"])
    return made.with_additional_properties(**extra) if extra else made


def facets(known, fields):
    return {name: facet(known, each) for name, each in fields.items()}


def dataset(cls, known, fields):
    own = {key: facets(known, value) if key.endswith("acets") else value for key, value in fields.items()}
    return cls(**own)


def read(known, event):
    run, job = event["run"], event["job"]
    return event_v2.RunEvent(
        eventType=event_v2.RunState[event["eventType"]],
        eventTime=event["eventTime"],
        producer=event["producer"],
        run=event_v2.Run(runId=run["runId"], facets=facets(known, run["facets"])),
        job=event_v2.Job(namespace=job["namespace"], name=job["name"], facets=facets(known, job["facets"])),
        inputs=[dataset(event_v2.InputDataset, known, each) for each in event["inputs"]],
        outputs=[dataset(event_v2.OutputDataset, known, each) for each in event["outputs"]],
    )


def plain(value):
    """As JSON has it: nothing for what is empty."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if each not in (None, {}, [])}
    return [plain(each) for each in value] if isinstance(value, list) else value


def main(path):
    known = known_facets()
    events = [json.loads(line) for line in open(path, encoding="utf-8")]
    for event in events:
        again = json.loads(Serde.to_json(read(known, event)))
        assert plain(again) == plain(event), (plain(again), plain(event))
    print(len(events), "events as the specification has them")


main(sys.argv[1])

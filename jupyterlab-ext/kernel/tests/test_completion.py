"""What is typed is told from the text alone; what may follow comes from the daemon, quickly or not at all."""

import time

import pytest
from forebay.completion import known
from forebay.completion.cursor import Typed, typed

from support import wait_until


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("%forebay ", Typed("command", "")),
        ("%forebay mo", Typed("command", "mo")),
        ("x = 1\nx = %forebay mo", Typed("command", "mo")),
        ("%forebay mount dig", Typed("version", "dig")),
        ("%forebay mount digits@v", Typed("version", "digits@v")),
        ("%forebay mount digits gp", Typed("cache", "gp", ("digits",))),
        ("%forebay ls digits@v1:class", Typed("path", "digits@v1:class")),
        ("%forebay untag digits ra", Typed("tag", "ra", ("digits",))),
        ("%forebay sync -m done --dataset di", Typed("dataset", "di")),
        ("%forebay sync -m 'done", Typed("text", "'done")),
        ("%forebay sync -m done da", Typed("folder", "da")),
        ("%forebay status ", None),
        ("%forebay mount a b c", None),
        ("%forebay nonsense a", None),
        ("%%forebay run first --data di", Typed("version", "di")),
        ("%%forebay run fir", None),
        ('forebay.mount("', Typed("version", "")),
        ("y = list(forebay.mount('digits@", Typed("version", "digits@")),
        ('fb.cache("di', Typed("version", "di")),
        ('forebay.cache("digits", "gp', Typed("cache", "gp", ("digits",))),
        ('forebay.cache("digits", cache="gp', Typed("cache", "gp", ("digits",))),
        ('forebay.diff("digits@v1", "', Typed("version", "", ("digits@v1",))),
        ('forebay.run("first", data=["a", "di', Typed("version", "di", ("first", "a"))),
        ('forebay.open("digits@v1/cla', Typed("address", "digits@v1/cla")),
        ('pd.read_csv("forebay://digits@v1/class 0/0', Typed("address", "digits@v1/class 0/0")),
        ("fsspec.open(f'simplecache::forebay://di", Typed("address", "di")),
        ("forebay.mount(\n    'di", Typed("version", "di")),
        ('forebay.mount("digits") + "', None),
        ('other.mount("di', None),
        ('my.forebay.mount("di', None),
        ('print("%forebay mount di', None),
        ("forebay.mount(di", None),
        ("", None),
    ],
)
def test_what_is_typed_is_told_from_the_text_before_the_cursor(line, found):
    assert typed(line, ["forebay", "fb"]) == found


def test_a_daemon_that_is_slow_is_waited_for_shortly_and_its_answer_kept(monkeypatch):
    asked = []

    def call(method, path, *, query, start):
        assert start is False
        asked.append(path)
        time.sleep(0.3)
        return {"items": [{"name": "digits"}], "next": None}

    monkeypatch.setattr(known, "call", call)
    monkeypatch.setattr(known, "_answers", {})
    begun = time.monotonic()
    assert known.datasets("di") == []
    assert time.monotonic() - begun < 0.15
    time.sleep(0.4)
    assert known.datasets("di") == known.datasets("") == ["digits"]
    assert len(asked) == 1


def test_every_dataset_is_offered_however_many_there_are_and_none_is_looked_up_anew(monkeypatch):
    def call(method, path, *, query, start):
        assert query["fresh"] == "false"
        first = int(query.get("cursor", 0))
        return {
            "items": [{"name": f"d{first + at:04}"} for at in range(1000)],
            "next": f"{first + 1000}" * (first < 2000),
        }

    monkeypatch.setattr(known, "call", call)
    monkeypatch.setattr(known, "_answers", {})
    wait_until(lambda: len(known.datasets("d")) == 3000)
    assert known.datasets("d2999") == ["d2999"]

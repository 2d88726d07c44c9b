from datetime import datetime, timezone

import pytest
from forebay.show.units import format_age, format_bytes, format_count, format_duration


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (38_200_000_000, "38.2 GB"),
        (999_949, "1000 kB"),
        (999_999, "1.0 MB"),
        (212e6, "212 MB"),
    ],
)
def test_sizes_count_in_thousands(count, text):
    assert format_bytes(count) == text


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 s"), (59.6, "1 min"), (231, "3 min 51 s"), (90_061, "1 d 1 h")])
def test_time_spans_have_two_units_at_most(seconds, text):
    assert format_duration(seconds) == text


def test_counts_are_grouped_and_have_a_noun():
    assert [format_count(count, "file") for count in (1, 627_615)] == ["1 file", "627,615 files"]


def test_ages_have_one_unit_before_and_after_now():
    now = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
    assert format_age("2026-01-02T09:30:00Z", now) == "2 h"
    assert format_age("2026-01-03T12:00:00.500Z", now) == "1 d"

from forebay.show.progress import describe, share

PROGRESS = {
    "phase": "filling",
    "files": 1114,
    "filesTotal": 1797,
    "bytes": 6_900_000,
    "bytesTotal": 11_000_000,
    "bytesPerSecond": 212e6,
    "secondsLeft": 4.2,
}
JOB = {"title": "Filling digits@v2", "state": "running", "progress": PROGRESS}


def test_a_wait_says_what_is_done_how_fast_and_how_long_it_takes():
    assert describe(JOB) == ("Filling digits@v2: 63%, 1,114 of 1,797 files, 6.9 MB of 11.0 MB, 212 MB/s, 4 s left")


def test_before_totals_are_known_the_state_stands_for_them():
    unknown = {
        **PROGRESS,
        "filesTotal": None,
        "bytesTotal": None,
        "bytesPerSecond": None,
        "secondsLeft": None,
    }
    queued = {**JOB, "state": "queued", "progress": unknown}
    assert describe(queued) == "Filling digits@v2: queued"
    assert share(unknown) is None


def test_the_share_is_never_above_one():
    assert share({**PROGRESS, "bytes": 12_000_000}) == 1.0

import asyncio

from jupyterlab_forebay.sse import changes


def read(text: str) -> list[dict]:
    async def lines():
        for line in text.split("\n"):
            yield line

    async def collect():
        return [change async for change in changes(lines())]

    return asyncio.run(collect())


def test_changes_are_read_and_comments_skipped():
    stream = ': hello\n\nid: 7\nevent: change\ndata: {"id": 7}\n\n: still here\n\nevent:change\ndata:{"id":8}\n\n'
    assert read(stream) == [{"id": 7}, {"id": 8}]


def test_an_event_cut_off_before_its_end_is_no_event():
    assert read('event: change\ndata: {"id": 7}') == []


def test_events_of_another_name_are_skipped():
    assert read('event: other\ndata: {"id": 7}\n\ndata: {"id": 8}\n\n') == []


def test_data_over_several_lines_is_one_text():
    assert read('event: change\ndata: {"id":\ndata: 9}\n\n') == [{"id": 9}]

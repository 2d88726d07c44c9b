import json
from collections.abc import AsyncIterator


async def changes(lines: AsyncIterator[str]) -> AsyncIterator[dict]:
    """The JSON of each `change` event of a stream of server-sent events (WHATWG HTML 9.2); others are skipped."""
    name, data = "", []
    async for line in lines:
        if line == "":
            if name == "change" and data:
                yield json.loads("\n".join(data))
            name, data = "", []
        elif line.startswith("event:"):
            name = line[6:].removeprefix(" ")
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))

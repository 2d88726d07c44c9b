"""What crosses between browser and daemon. Cookies, tokens and all else that isn't named here stays behind."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

_INBOUND = ("Accept", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "If-Range", "Range")
_OUTBOUND = (
    "Accept-Ranges",
    "Allow",
    "Cache-Control",
    "Content-Disposition",
    "Content-Length",
    "Content-Range",
    "ETag",
    "Last-Modified",
    "Location",
    "Retry-After",
)
_JUPYTERS_OWN = ("token", "_xsrf", "no_track_activity")


def to_daemon(headers: Mapping[str, str]) -> dict[str, str]:
    # Bytes pass as they are: a compressed body would not fit its Content-Length.
    return {"Accept-Encoding": "identity", **_named(headers, _INBOUND)}


def to_browser(headers: Mapping[str, str]) -> dict[str, str]:
    return _named(headers, _OUTBOUND)


def query_to_daemon(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if name not in _JUPYTERS_OWN])


def _named(headers: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: headers[name] for name in names if name in headers}

"""What the browser may ask of the daemon: no stream that stays open (events, holds), nor its end."""

import re
from urllib.parse import unquote

_S = "([^/]+)"
_VERSION = f"/v1/datasets/{_S}/versions/{_S}"

_ROUTES = [
    (re.compile(f"/api{pattern}"), methods)
    for pattern, methods in [
        ("/hello", ("GET",)),
        ("/v1/openapi.json", ("GET",)),
        ("/v1/status", ("GET",)),
        ("/v1/lake", ("PUT",)),
        ("/v1/lake/test", ("POST",)),
        ("/v1/datasets", ("GET", "POST")),
        (f"/v1/datasets/{_S}", ("GET", "PATCH")),
        (f"/v1/datasets/{_S}/uses", ("GET",)),
        (f"/v1/datasets/{_S}/file-history", ("GET",)),
        (f"/v1/datasets/{_S}/imports", ("POST",)),
        (f"/v1/datasets/{_S}/versions", ("GET",)),
        (_VERSION, ("GET", "DELETE")),
        (f"{_VERSION}/files", ("GET",)),
        (f"{_VERSION}/content", ("GET",)),
        (f"{_VERSION}/statistics", ("GET",)),
        (f"{_VERSION}/entry", ("GET",)),
        (f"/v1/datasets/{_S}/tags/{_S}", ("PUT", "DELETE")),
        (f"/v1/datasets/{_S}/diff", ("GET",)),
        (f"/v1/datasets/{_S}/diff/(summary|entries|folders|file)", ("GET",)),
        ("/v1/verifications", ("POST",)),
        ("/v1/working-copies", ("GET", "POST")),
        ("/v1/working-copies/(sync|pull|clone|preview)", ("POST",)),
        ("/v1/working-copies/status", ("GET",)),
        ("/v1/caches", ("GET", "POST")),
        # A folder that the browser names is tried as the Jupyter server's user, who has a terminal anyway.
        ("/v1/caches/test", ("POST",)),
        ("/v1/caches/stats", ("GET",)),
        (f"/v1/caches/{_S}", ("DELETE", "PATCH")),
        (f"/v1/caches/{_S}/scrub", ("PUT",)),
        ("/v1/history", ("GET",)),
        ("/v1/uses", ("GET",)),
        ("/v1/placements", ("GET", "POST")),
        ("/v1/placements/(plan|candidates)", ("POST",)),
        (f"/v1/placements/{_S}", ("GET", "DELETE")),
        (f"/v1/placements/{_S}/verify", ("POST",)),
        (f"/v1/placements/{_S}/pin", ("PUT", "DELETE")),
        ("/v1/leases", ("GET", "POST")),
        (f"/v1/leases/{_S}", ("DELETE",)),
        ("/v1/jobs", ("GET",)),
        (f"/v1/jobs/{_S}", ("GET", "DELETE")),
        ("/v1/lineage", ("GET",)),
        ("/v1/notebooks", ("GET",)),
        ("/v1/runs", ("GET",)),
        (f"/v1/runs/{_S}", ("GET", "PATCH")),
        (f"/v1/runs/{_S}/(chart|output|output/matches|code-diff)", ("GET",)),
        (f"/v1/runs/{_S}/artifacts", ("GET",)),
        (f"/v1/runs/{_S}/artifacts/content", ("GET",)),
    ]
]


def allowed_methods(path: str) -> tuple[str, ...]:
    """The methods of a path as it was sent, percent-encoded; none for what is not on the list."""
    if not _is_plain(path):
        return ()
    # A cache may be called 'test' or 'stats': what fits several routes has the methods of all.
    return tuple(method for route, methods in _ROUTES if route.fullmatch(path) for method in methods)


def _is_plain(path: str) -> bool:
    """Whether every part stays one part: '..' or an encoded slash would reach another route behind us."""
    parts = [unquote(part) for part in path.split("/")]
    return not any(part in (".", "..") or "/" in part or "\\" in part for part in parts)

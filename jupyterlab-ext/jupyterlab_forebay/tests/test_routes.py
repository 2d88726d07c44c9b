import pytest

from jupyterlab_forebay.routes import allowed_methods


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/hello", ("GET",)),
        ("/api/v1/lake", ("PUT",)),
        ("/api/v1/datasets", ("GET", "POST")),
        ("/api/v1/datasets/digits/versions/v2/files", ("GET",)),
        ("/api/v1/datasets/digits/versions/sha256-0123abcd/content", ("GET",)),
        ("/api/v1/datasets/digits/versions/v2/statistics", ("GET",)),
        ("/api/v1/datasets/digits/versions/v2/entry", ("GET",)),
        ("/api/v1/datasets/digits/file-history", ("GET",)),
        ("/api/v1/datasets/digits/imports", ("POST",)),
        ("/api/v1/datasets/digits/versions/v2", ("GET", "DELETE")),
        ("/api/v1/notebooks", ("GET",)),
        ("/api/v1/datasets/digits/tags/raw", ("PUT", "DELETE")),
        ("/api/v1/working-copies/sync", ("POST",)),
        ("/api/v1/working-copies/preview", ("POST",)),
        ("/api/v1/working-copies/status", ("GET",)),
        ("/api/v1/datasets/digits/diff/summary", ("GET",)),
        ("/api/v1/datasets/digits/diff/file", ("GET",)),
        ("/api/v1/lake/test", ("POST",)),
        ("/api/v1/caches/gpu-hall", ("DELETE", "PATCH")),
        ("/api/v1/caches/gpu-hall/scrub", ("PUT",)),
        ("/api/v1/caches/test", ("POST", "DELETE", "PATCH")),
        ("/api/v1/caches/stats", ("GET", "DELETE", "PATCH")),
        ("/api/v1/history", ("GET",)),
        ("/api/v1/placements/p1/verify", ("POST",)),
        ("/api/v1/placements/p1/pin", ("PUT", "DELETE")),
        ("/api/v1/placements/candidates", ("POST", "GET", "DELETE")),
        ("/api/v1/jobs/j1", ("GET", "DELETE")),
        ("/api/v1/runs/r1", ("GET", "PATCH")),
        ("/api/v1/runs/r1/output", ("GET",)),
        ("/api/v1/runs/r1/artifacts/content", ("GET",)),
    ],
)
def test_what_the_panel_needs_is_let_through(path, methods):
    assert allowed_methods(path) == methods


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/api",
        "/api/shutdown",
        "/api/handover",
        "/api/v1/events",
        "/api/v1/leases/l1/hold",
        "/api/v1/datasets/",
        "/api/v1/unknown",
        "/api/v1/tracking",
        "/api/v1/stores",
        "/metrics",
        "/api/v1/runs/r1/end",
        "/api/v1/runs/r1/log",
        "/api/v1/forwarding",
        "/api/v1/notebooks/uses",
        "/api/v1/run-imports",
        "/api/2.0/mlflow/experiments/search",
        "/api/v1/datasets/digits/versions/v1/content/more",
    ],
)
def test_what_is_not_on_the_list_does_not_exist(path):
    assert allowed_methods(path) == ()


@pytest.mark.parametrize("part", ["..", "%2e%2e", ".%2E", ".", "a%2f..%2fb", "%5c..", "%2E%2e%2f%2e%2e"])
def test_no_part_of_a_path_can_climb_to_another_route(part):
    assert allowed_methods(f"/api/v1/datasets/{part}") == ()
    assert allowed_methods(f"/api/v1/datasets/x/versions/{part}") == ()

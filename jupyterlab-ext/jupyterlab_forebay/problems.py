"""RFC 9457 problem details, as core/src/api/errors.ts makes them."""

from forebay import ForebayError

_STATUS = {
    "route-unknown": 404,
    "daemon-unreachable": 503,
    "node-unfit": 503,
    "daemon-newer": 409,
}


def problem(error: ForebayError, status: int | None = None) -> dict:
    body = {
        "type": f"urn:forebay:error:{error.code}",
        "title": error.code.replace("-", " "),
        "status": status or _STATUS.get(error.code, 500),
        "detail": error.message,
        "code": error.code,
    }
    return body if error.hint is None else {**body, "hint": error.hint}

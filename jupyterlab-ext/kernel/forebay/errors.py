class ForebayError(Exception):
    """What went wrong: `code` for programs, `message` for people, `hint` says what to do next (or None)."""

    def __init__(self, code: str, message: str, hint: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n{self.hint}"

    def __reduce__(self):
        return type(self), (self.code, self.message, self.hint)


def from_problem(body: object, status: int) -> ForebayError:
    """An RFC 9457 answer of the daemon as an error."""
    if not isinstance(body, dict) or "detail" not in body:
        return ForebayError("internal", f"The Forebay daemon answered with status {status}.")
    return ForebayError(str(body.get("code", "internal")), str(body["detail"]), body.get("hint"))

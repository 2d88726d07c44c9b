import re
from dataclasses import dataclass

from ..errors import ForebayError

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_NUMBER = re.compile(r"v([1-9][0-9]{0,9})")


@dataclass(frozen=True)
class Ref:
    """`NAME[@SEL][:PATH]`, taken apart; the daemon judges the selector."""

    name: str
    selector: str
    path: str

    @property
    def number(self) -> int | None:
        """The version's number when the selector is one, as in @v3."""
        match = _NUMBER.fullmatch(self.selector)
        return int(match[1]) if match else None


def parse_ref(text: str) -> Ref:
    """A bare NAME means `@latest`. Raises `bad-name`."""
    whole, _, path = str(text).partition(":")
    name, at, selector = whole.partition("@")
    if not _NAME.fullmatch(name):
        raise ForebayError(
            "bad-name",
            f"'{name}' can't be a dataset's name.",
            "Use 1 to 63 lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit.",
        )
    if at and not selector:
        raise ForebayError(
            "bad-name",
            "'@' doesn't name a version.",
            "Write @v3, @latest, @TAG or @sha256- followed by at least 8 hexadecimal digits.",
        )
    return Ref(name, selector or "latest", path)


def whole_version(text: str) -> Ref:
    """A reference to a version, not to a path inside it. Raises `bad-name`, `bad-request`."""
    ref = parse_ref(text)
    if ref.path:
        raise ForebayError(
            "bad-request",
            f"'{text}' names a path inside a version; whole versions are cached.",
            f"Write '{text.partition(':')[0]}' and open the path below the folder that mount returns.",
        )
    return ref

from dataclasses import dataclass

from ..errors import ForebayError
from ..lake.refs import parse_ref
from .errors import as_os_error

PROTOCOL = "forebay"


@dataclass(frozen=True)
class Place:
    """`NAME[@SEL]/PATH`, taken apart: `ref` as it was written, `inner` within the version ('' at its top)."""

    ref: str
    name: str
    selector: str
    inner: str

    def path(self, inner: str) -> str:
        """Another path of the same version, as it was written."""
        return f"{self.ref}/{inner}" if inner else self.ref


def parse(path: str) -> Place | None:
    """None for the root, which holds the datasets. Raises NotFound for what can't be a name."""
    ref, _, inner = path.strip("/").partition("/")
    if not ref:
        return None
    try:
        found = parse_ref(ref)
    except ForebayError as error:
        raise as_os_error(error) from None
    # NAME@SEL:PATH is how the command line writes it.
    whole = "/".join(filter(None, [found.path.strip("/"), inner]))
    return Place(ref.partition(":")[0], found.name, found.selector, _normal(whole))


def strip(path: str) -> str:
    """A path as fsspec keeps it: without the protocol and slashes around it."""
    for prefix in (f"{PROTOCOL}://", f"{PROTOCOL}:"):
        if path.startswith(prefix):
            path = path[len(prefix) :]
            break
    return path.strip("/")


def _normal(inner: str) -> str:
    """Without '//' and '.', as every file system reads them; '..' names nothing, since versions hold none."""
    return "/".join(part for part in inner.split("/") if part not in ("", "."))

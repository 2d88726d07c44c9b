from ..caching.history import history
from ..caching.overview import status
from ..caching.pins import pin, unpin
from ..caching.placements import cache, uncache
from ..caching.stores import attach, detach
from ..lake.datasets import log, ls
from ..lake.describe import describe, files
from ..lake.diff import diff
from ..lake.folders import clone, pull, sync
from ..lake.imports import import_from
from ..lake.remove import remove
from ..lake.tags import tag, untag
from ..lake.verify import verify
from ..mounting.mounts import mount, unmount
from ..recording.lineage import lineage
from ..recording.listing import runs
from .command import Argument, Command, Option

_REF = Argument("REF", "version")
_CACHE = Argument("CACHE", "cache", needed=False)
_FOLDER = Argument("FOLDER", "folder", needed=False)
_PART = (
    Option(("--include",), "include", "GLOB", "glob", many=True),
    Option(("--exclude",), "exclude", "GLOB", "glob", many=True),
)

_ALL = (
    Command("ls", ls, "datasets, or a folder of a version", (Argument("REF[:FOLDER]", "path", needed=False),)),
    Command("versions", log, "versions of a dataset", (Argument("NAME", "dataset"),), aliases=("log",)),
    Command(
        "files",
        files,
        "files of a version, in all folders",
        (Argument("REF[:FOLDER]", "path"), Argument("TEXT", "text", needed=False)),
        (Option(("--most",), "most", "N", type=int),),
    ),
    Command(
        "describe",
        describe,
        "one version: sizes, author, tags, where it is cached; or say what the dataset is",
        (_REF,),
        (
            Option(("-m", "--about"), "about", "TEXT"),
            Option(("--label",), "label", "LABEL"),
            Option(("--unlabel",), "unlabel", "LABEL"),
        ),
    ),
    Command(
        "diff",
        diff,
        "what changed between two versions, or against the one before",
        (_REF, Argument("REF", "version", needed=False)),
    ),
    Command("mount", mount, "its folder, cached if need be and kept until this kernel ends", (_REF, _CACHE), _PART),
    Command("unmount", unmount, "give it back", (Argument("REF|PATH", "version", needed=False),)),
    Command("cache", cache, "put a version, or a part of it, into a cache", (_REF, _CACHE), _PART),
    Command("uncache", uncache, "clear it again", (_REF, _CACHE), _PART),
    Command("pin", pin, "keep a cached version, or a part, until it is unpinned", (_REF, _CACHE), _PART),
    Command("unpin", unpin, "let it age out again", (_REF, _CACHE), _PART),
    Command("verify", verify, "read every byte again: in the lake, or on a cache", (_REF, _CACHE), _PART),
    Command(
        "history",
        history,
        "what was cached and cleared, when and why",
        (_CACHE,),
        (Option(("--last",), "last", "N", type=int),),
    ),
    Command(
        "attach",
        attach,
        "use a folder next to the compute as a cache",
        (Argument("CACHE", "text"), Argument("FOLDER", "folder"), Argument("CAPACITY", "text")),
    ),
    Command("detach", detach, "clear a cache and use it no more", (Argument("CACHE", "cache"),)),
    Command("tag", tag, "name a version", (_REF, Argument("TAG", "text"))),
    Command("untag", untag, "take a name away", (Argument("NAME", "dataset"), Argument("TAG", "tag", needed=False))),
    Command(
        "sync",
        sync,
        "make a folder the next version",
        (_FOLDER,),
        (
            Option(("-m", "--message"), "message", "MESSAGE"),
            Option(("--dataset",), "dataset", "NAME", "dataset"),
            Option(("--replace",), "replace"),
        ),
    ),
    Command("pull", pull, "bring newer versions into a folder", (_FOLDER,)),
    Command("clone", clone, "a new working copy of a version", (_REF, _FOLDER)),
    Command(
        "import",
        import_from,
        "make a version of objects in S3 where they are",
        (Argument("URL", "text"), Argument("NAME", "dataset")),
        (Option(("-m", "--message"), "message", "MESSAGE"), Option(("--replace",), "replace")),
    ),
    Command("remove", remove, "remove a version for everybody", (Argument("NAME@vN", "version"),), aliases=("rm",)),
    Command(
        "runs",
        runs,
        "recorded runs",
        (Argument("EXPERIMENT", "text", needed=False),),
        (Option(("--filter",), "filter", "FILTER"), Option(("--last",), "last", "N", type=int)),
    ),
    Command("lineage", lineage, "what it was made from, and what came of it", (Argument("REF|RUN", "version"),)),
    Command("status", status, "the daemon, caches and jobs"),
)

#: By name and alias.
COMMANDS = {name: command for command in _ALL for name in (command.name, *command.aliases)}

#: What people write who know another tool.
OTHER_WORDS = {
    **dict.fromkeys(("add", "fetch", "get", "download", "fill"), "cache"),
    **dict.fromkeys(("evict", "clear"), "uncache"),
    **dict.fromkeys(("list", "datasets"), "ls"),
    **dict.fromkeys(("show", "info"), "describe"),
    **dict.fromkeys(("push", "commit", "save", "upload"), "sync"),
    **dict.fromkeys(("umount",), "unmount"),
    **dict.fromkeys(("path", "use", "load", "open"), "mount"),
    **dict.fromkeys(("compare",), "diff"),
}

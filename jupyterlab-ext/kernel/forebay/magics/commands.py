from ..caching.overview import status
from ..caching.pins import pin, unpin
from ..caching.placements import cache, uncache
from ..lake.datasets import log, ls
from ..lake.describe import describe, files
from ..lake.diff import diff
from ..lake.folders import pull, sync
from ..lake.tags import tag, untag
from ..mounting.mounts import mount, unmount
from ..recording.lineage import lineage
from ..recording.listing import runs
from .command import Argument, Command, Option

_REF = Argument("REF", "version")
_CACHE = Argument("CACHE", "cache", needed=False)
_FOLDER = Argument("FOLDER", "folder", needed=False)

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
    Command("describe", describe, "one version: sizes, author, tags, where it is cached", (_REF,)),
    Command(
        "diff",
        diff,
        "what changed between two versions, or against the one before",
        (_REF, Argument("REF", "version", needed=False)),
    ),
    Command("mount", mount, "its folder, cached if need be and kept until this kernel ends", (_REF, _CACHE)),
    Command("unmount", unmount, "give it back", (Argument("REF|PATH", "version", needed=False),)),
    Command("cache", cache, "put a version into a cache", (_REF, _CACHE)),
    Command("uncache", uncache, "clear it again", (_REF, _CACHE)),
    Command("pin", pin, "keep a cached version until it is unpinned", (_REF, _CACHE)),
    Command("unpin", unpin, "let it age out again", (_REF, _CACHE)),
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
    **dict.fromkeys(("rm", "evict", "clear", "remove"), "uncache"),
    **dict.fromkeys(("list", "datasets"), "ls"),
    **dict.fromkeys(("history",), "versions"),
    **dict.fromkeys(("show", "info"), "describe"),
    **dict.fromkeys(("push", "commit", "save", "upload"), "sync"),
    **dict.fromkeys(("umount",), "unmount"),
    **dict.fromkeys(("path", "use", "load", "open"), "mount"),
    **dict.fromkeys(("compare",), "diff"),
}

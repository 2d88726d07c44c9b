from difflib import get_close_matches

from ..errors import ForebayError
from .command import Command
from .commands import COMMANDS, OTHER_WORDS

CELL_USAGE = "%%forebay run [NAME] [--experiment E] [--data REF]..."
_CELL = (CELL_USAGE, "records the cell as a run")
_NOTES = """REF is NAME, NAME@v3, NAME@TAG or NAME@latest; x = %forebay mount REF keeps the path.
Each is a function too: forebay.mount("NAME@v3"). Tab completes names, versions and paths.
What MLflow logs in this notebook goes to Forebay too, unless MLFLOW_TRACKING_URI is set."""


def usage() -> str:
    """Every command on a line."""
    lines = [(command.usage, command.says) for command in dict.fromkeys(COMMANDS.values())]
    lines += [_CELL, ("%forebay help [COMMAND]", "this, or what one of them does")]
    width = 34
    # What is longer stands on a line of its own.
    told = [
        f"{written.ljust(width)} {says}" if len(written) <= width else f"{written}\n{' ' * width} {says}"
        for written, says in lines
    ]
    return "\n".join([*told, "", _NOTES])


def help_on(words: list[str]) -> str:
    """Of one command, its usage and what its function says. Raises `bad-request`."""
    if not words:
        return usage()
    command = find(words[0])
    says = (command.function.__doc__ or "").strip().replace("\n    ", "\n")
    return f"{command.usage}\n\n{says}"


def find(name: str) -> Command:
    """Raises `bad-request`, with the command that was meant if that can be told."""
    command = COMMANDS.get(name)
    if command:
        return command
    if name == "run":
        raise ForebayError(
            "bad-request", "%%forebay run stands on the first line of the cell that it records.", CELL_USAGE
        )
    meant = OTHER_WORDS.get(name) or next(iter(get_close_matches(name, COMMANDS, 1)), None)
    hint = f"Did you mean {COMMANDS[meant].usage}?\n%forebay help lists what there is." if meant else usage()
    raise ForebayError("bad-request", f"There is no %forebay {name}.", hint)

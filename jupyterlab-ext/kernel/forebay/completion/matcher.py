import sys

from IPython.core.completer import SimpleCompletion

from .candidates import complete
from .cursor import typed


def complete_in(shell) -> None:
    """Adds our completions to a shell's, once."""
    known = shell.Completer.custom_matchers
    if not any(getattr(matcher, "matcher_identifier", "") == "forebay" for matcher in known):
        known.append(_matcher(shell))


def _matcher(shell):
    """Of IPython's second kind (8.6 and later), which keeps Python's own names out of the list."""

    def match(context):
        word = typed(_text_before(context), _names(shell))
        fragment, candidates = complete(word) if word else ("", [])
        completions = [SimpleCompletion(text=candidate, type="forebay") for candidate in candidates]
        return {
            "completions": completions,
            "matched_fragment": fragment,
            "suppress": bool(completions),
            "ordered": True,
        }

    match.matcher_api_version = 2
    match.matcher_identifier = "forebay"
    match.matcher_priority = 1000
    return match


def _text_before(context) -> str:
    """The cell up to the cursor: a call may have begun lines above."""
    lines = context.full_text.split("\n")[: context.cursor_line + 1]
    return "\n".join([*lines[:-1], context.text_until_cursor])


def _names(shell) -> list[str]:
    """What the module is called here, as after `import forebay as fb`."""
    module = sys.modules.get("forebay")
    return [*dict.fromkeys(["forebay", *(name for name, value in list(shell.user_ns.items()) if value is module)])]

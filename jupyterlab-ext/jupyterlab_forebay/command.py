"""`forebay` on the command line of this environment: the bundle in this wheel, run by Node."""

import asyncio
import os
import sys

from forebay import ForebayError

from .program import find_program


def main() -> None:
    try:
        command = asyncio.run(find_program())
    except ForebayError as error:
        sys.exit(str(error))
    os.execv(command[0], [*command, *sys.argv[1:]])

"""`dateline password`: a line for the file of those who may read."""

from __future__ import annotations

import getpass
import sys

from webapp.cli.arguments import Arguments
from webapp.guards.passwords import hashed_line


def password(arguments: Arguments) -> None:
    """Read a password, print its line.

    :raises SettingError: for a name or a password that cannot be used.
    """
    if sys.stdin.isatty():
        given = getpass.getpass("Password: ")
    else:
        given = sys.stdin.readline().rstrip("\n")
    print(hashed_line(arguments.name, given))

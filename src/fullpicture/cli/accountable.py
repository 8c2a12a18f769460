"""`--reason` and `--who`: commands that use identifiable rows, or export anything, ask for them."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import click

from fullpicture.core.errors import UsageError

Command = Callable[..., Any]


def who_option(command: Command) -> Command:
    """Adds `--who`, the login name where it is not given."""
    option = click.option(
        "--who", callback=lambda _context, _option, given: _who(given), help="Who does this [the login name]."
    )
    return option(command)


def accountable(command: Command) -> Command:
    """Adds `--reason` and `--who`; the command takes both as `by`, an `Account` of this moment."""

    @who_option
    @click.option("--reason", required=True, help="Why, for the log of use (Data Protection Act 2018 s.62).")
    @wraps(command)
    def with_account(*args: Any, who: str, reason: str, **options: Any) -> Any:
        from fullpicture.programme.usage import Account

        return command(*args, by=Account(who, datetime.now(UTC), reason), **options)

    return with_account


def _who(given: str | None) -> str:
    try:
        return given or getpass.getuser()
    except (KeyError, OSError):
        raise UsageError("--who: this system has no login name. Say who does this.") from None

"""`fullpicture themes edit`: merge, split, rename and retire themes of a programme's codebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fullpicture.core.errors import UsageError

if TYPE_CHECKING:
    from fullpicture.programme.codebook_edits import Change

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_Made = Callable[..., "Change"]


@click.group("edit")
def command() -> None:
    """Change a codebook of a programme; who, when, what and why is in state/codebook-edits.jsonl."""


def _edits(made: _Made) -> Callable[..., None]:
    """A command that makes the change which `made` says, and says what becomes of coded answers."""

    @click.argument("programme", type=_FOLDER)
    @click.argument("codebook")
    @click.argument("theme")
    @click.option("--by", "who", required=True, help="Who changes it.")
    @click.option("--reason", required=True, help="Why.")
    @wraps(made)
    def changed(programme: Path, codebook: str, theme: str, who: str, reason: str, **more: Any) -> None:
        from datetime import UTC, datetime

        from fullpicture.programme.codebook_edits import edit
        from fullpicture.programme.usage import Account

        done = edit(programme, codebook, made(theme, **more), Account(who, datetime.now(UTC), reason))
        click.echo(f"Codebook {codebook}, version {done.version}")
        for source, many in done.to_code_again.items():
            if many:
                click.echo(f"{source}: {many:,} answers are to be coded again.")

    return changed


@command.command("merge")
@click.option("--into", required=True, help="The theme that takes it in.")
@_edits
def merge(theme: str, into: str) -> Change:
    """Let one theme be taken in by another: what was coded with it carries over."""
    from fullpicture.analyse.themes.editing import merged
    from fullpicture.programme.codebook_edits import Change

    return Change("merge", theme, (into,), lambda book: merged(book, theme, into))


@command.command("split")
@click.option("--into", "others", multiple=True, required=True, help="A new theme as id=Name; two at least.")
@_edits
def split(theme: str, others: tuple[str, ...]) -> Change:
    """Replace a theme by others: what was coded with it is to be coded again."""
    from fullpicture.analyse.themes.editing import split
    from fullpicture.programme.codebook_edits import Change

    into = {id_.strip(): name.strip() for id_, _, name in (one.partition("=") for one in others)}
    if not all(into):
        raise UsageError("--into: a theme has an id. Write it as id=Name.")
    return Change("split", theme, tuple(into), lambda book: split(book, theme, into))


@command.command("rename")
@click.option("--to", required=True, help="Its new name; the id stays.")
@_edits
def rename(theme: str, to: str) -> Change:
    """Give a theme another name: what was coded by the old one is still known."""
    from fullpicture.analyse.themes.editing import renamed
    from fullpicture.programme.codebook_edits import Change

    return Change("rename", theme, (to,), lambda book: renamed(book, theme, to))


@command.command("retire")
@_edits
def retire(theme: str) -> Change:
    """Give a theme to no more answers; what was coded with it stays in its files and is not counted."""
    from fullpicture.analyse.themes.editing import retired
    from fullpicture.programme.codebook_edits import Change

    return Change("retire", theme, (), lambda book: retired(book, theme))

"""`fullpicture themes edit`: a codebook's next version, written down before it is written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fullpicture.analyse.themes.codebook import Codebook, Theme
from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.codebooks import read_codebook
from fullpicture.programme.load import load
from fullpicture.programme.sources import read_voices
from fullpicture.programme.state import Log, State
from fullpicture.programme.toml import nearest_hint
from fullpicture.programme.usage import Account


@dataclass(frozen=True)
class Edited:
    """A line of `state/codebook-edits.jsonl`: what was done to which theme, and by whom.

    `by_hand` says that people had changed the file since the edit before; `sha256` is of the file after it.
    """

    codebook: str
    version: int
    what: str
    theme: str
    into: tuple[str, ...]
    who: str
    at: datetime
    why: str
    by_hand: bool
    sha256: str


@dataclass(frozen=True)
class Done:
    """What an edit made: the new version, and of each source how many answers are to be coded again."""

    version: int
    to_code_again: dict[str, int]


@dataclass(frozen=True)
class Change:
    """One change: what it is, of which theme, into which others, and the codebook with it made."""

    what: str
    theme: str
    into: tuple[str, ...]
    make: Callable[[Codebook], Codebook]


def edit(folder: Path, codebook: str, change: Change, by: Account) -> Done:
    """Makes one change of a codebook of a programme folder, and says what becomes of coded answers.

    Raises:
        UsageError: there is no such codebook in TOML, or the change does not fit it.
    """
    path = _path(folder, codebook)
    state = State(folder)
    with state.locked():
        try:
            after = change.make(read_codebook(path))
        except ValueError as error:
            raise UsageError(f"{path.name}: {error}") from None
        text = "".join(_lines(path, after))
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(text, encoding="utf-8")
        last = [one for one in edits(folder) if one.codebook == codebook][-1:]
        by_hand = bool(last) and last[0].sha256 != sha256_of(path)
        said = (codebook, after.version, change.what, change.theme, change.into)
        _log(state).add([Edited(*said, by.who, by.at, by.why, by_hand, sha256_of(fresh))])
        os.replace(fresh, path)
    return Done(after.version, dict(_again(folder, codebook)))


def edits(folder: Path) -> tuple[Edited, ...]:
    """Every edit of every codebook, oldest first."""
    return _log(State(folder)).read()


def _path(folder: Path, codebook: str) -> Path:
    path = folder / "codebooks" / f"{codebook}.toml"
    if not path.is_file():
        known = [one.stem for one in (folder / "codebooks").glob("*.toml")]
        hint = nearest_hint(codebook, known)
        raise UsageError(f"codebooks/{codebook}.toml: there is no such file; edits are of TOML. {hint}")
    return path


def _again(folder: Path, codebook: str) -> Iterator[tuple[str, int]]:
    """Answers to be coded again, by source; none where the programme does not fit the codebook yet."""
    try:
        programme = load(folder)
    except ProgrammeRefused:
        return
    for id_, source in programme.sources.items():
        if source.has_words and source.codebook == codebook:
            again = read_voices(programme, source).to_code_again
            yield id_, len({answer for ids in again.values() for answer in ids})


def _lines(path: Path, codebook: Codebook) -> Iterator[str]:
    """The codebook in TOML, under the remarks that the file begins with."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        yield f"{line}\n"
    yield f"version = {codebook.version}\n"
    for theme in codebook.themes:
        yield f"\n[theme.{_key(theme.id)}]\nname = {_text(theme.name)}\n"
        yield from _said(theme)


def _said(theme: Theme) -> Iterator[str]:
    for key, text in (("what_it_is", theme.is_), ("what_it_is_not", theme.is_not)):
        if text:
            yield f"{key} = {_text(text)}\n"
    if theme.examples:
        yield "examples = [\n" + "".join(f"    {_text(one)},\n" for one in theme.examples) + "]\n"
    if theme.merged_into:
        yield f"merged_into = {_text(theme.merged_into)}\n"
    for key, names in (("split_into", theme.split_into), ("formerly", theme.formerly)):
        if names:
            yield f"{key} = [{', '.join(map(_text, names))}]\n"
    if theme.retired:
        yield "retired = true\n"


def _text(text: str) -> str:
    """Strings of JSON are strings of TOML, but for one letter."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(id_: str) -> str:
    return id_ if re.fullmatch(r"[A-Za-z0-9_-]+", id_) else _text(id_)


def _log(state: State) -> Log[Edited]:
    return Log(state, "codebook-edits", Edited)

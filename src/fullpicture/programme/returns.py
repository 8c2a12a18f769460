"""The returns of a programme: which force's, in which files, mapped how, held how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake
from fullpicture.programme.return_form import ReturnForm, to_mapping
from fullpicture.programme.toml import checked


@dataclass(frozen=True)
class Return:
    """One force's return: a source of records about people, with its owner, purpose and retention date."""

    id: str
    title: str
    files: tuple[str, ...]
    mapping: ReturnMapping
    caveat: str
    owner: str
    purpose: str
    retained_until: str


@dataclass(frozen=True)
class Asked:
    """What every force was asked for: the days of the returns, and the day as of which they are judged."""

    first_day: date | None
    last_day: date | None
    as_of: date


@dataclass(frozen=True)
class Returns:
    """All returns of a programme by id, what was asked for, and the rule of what is abuse of a child."""

    sources: Mapping[str, Return]
    asked: Asked
    csae: CsaeRule


def is_return(given: Mapping[str, Any]) -> bool:
    """Whether a source's table is one force's return, and not a record joined from several."""
    return given.get("layout") == "return" and "joins" not in given


def to_return(
    id_: str, given: Mapping[str, Any], where: str, mistakes: list[Mistake], register: Register
) -> Return | None:
    """The return, or None with its mistakes listed: records about people say whose they are and how long."""
    mapping = to_mapping(id_, given, where, mistakes, register)
    form = checked(ReturnForm, given, where, []) if mapping else None
    needed = ("title", "files", "owner", "purpose", "retained_until")
    lacking = [name for name in needed if not given.get(name)]
    mistakes += [
        Mistake(f"{where} {name}", "this key is missing: layout return needs it.", f"Write {name} = ...")
        for name in lacking
    ]
    if mapping is None or form is None or lacking:
        return None
    said = (form.caveat, form.owner, form.purpose, form.retained_until)
    return Return(id_, form.title, tuple(form.files), mapping, *said)

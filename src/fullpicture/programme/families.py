"""Families of indicators: one table with `each` stands for as many indicators as it has members."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from fullpicture.core.errors import Mistake
from fullpicture.programme.toml import NamedTable

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")


def spread(table: NamedTable, mistakes: list[Mistake]) -> Iterator[NamedTable]:
    """The table itself, or one for each combination of its members.

    `each.factor.gangs = { label = "Gangs", column = "Gangs" }` makes an indicator in which `{factor}` reads
    `gangs` and `{factor.label}` reads `Gangs`, in the id and in every text.
    """
    families = table.given.get("each")
    if not families:
        yield table
        return
    rest = {key: value for key, value in table.given.items() if key != "each"}
    for members in itertools.product(*(family.items() for family in families.values())):
        chosen = dict(zip(families, members, strict=True))
        try:
            yield replace(
                table,
                id=_filled(table.id, chosen),
                given=_filled(rest, chosen),
                where=f"{table.where} {', '.join(name for name, _ in members)}",
            )
        except KeyError as slot:
            known = sorted({name for member in members for name in member[1]})
            hint = f"Use {{name}} or {{name.key}} with one of {', '.join(known)}."
            mistakes.append(Mistake(table.where, f"there is no {slot} in each.", hint))
            return


def _filled(given: Any, chosen: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Any:
    """The text, list or table with its slots filled; a text that is one slot keeps the member's type."""
    if isinstance(given, dict):
        return {key: _filled(value, chosen) for key, value in given.items()}
    if isinstance(given, list):
        return [_filled(value, chosen) for value in given]
    if not isinstance(given, str):
        return given
    whole = _SLOT.fullmatch(given)
    if whole:
        return _member(whole, chosen)
    return _SLOT.sub(lambda slot: str(_member(slot, chosen)), given)


def _member(slot: re.Match[str], chosen: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Any:
    name, key = slot[1], slot[2]
    if name not in chosen or (key and key not in chosen[name][1]):
        raise KeyError(slot[0])
    return chosen[name][1][key] if key else chosen[name][0]

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
    `gangs` and `{factor.label}` reads `Gangs`, in the id and in every text. A member may be a text alone, and
    a family a list of texts: `each.factor = ["Going_missing"]` is the member `going_missing` with the `name`
    as it stands and a `label` without underscores.
    """
    given = table.given.get("each")
    if not given:
        yield table
        return
    families = _families(given)
    if families is None:
        mend = 'Write each.name = ["...", "..."], or each.name.member = { label = "..." }.'
        mistakes.append(Mistake(f"{table.where} each", "this is no family of members.", mend))
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


def _families(given: Any) -> dict[str, dict[str, Mapping[str, Any]]] | None:
    """Members by family and id, or None where something else stands in `each`."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for name, members in given.items() if isinstance(given, dict) else [("", None)]:
        named = {_id_of(text): text for text in members} if isinstance(members, list) else members
        if not isinstance(named, dict) or not named:
            return None
        found[name] = {id_: _described(member) for id_, member in named.items()}
    return found


def _id_of(text: str) -> str:
    """`Domestic_Abuse_child` as the part of an id that it becomes: `domestic_abuse_child`."""
    return re.sub(r"[^a-z0-9]+", "_", str(text).lower()).strip("_")


def _described(member: Any) -> Mapping[str, Any]:
    return member if isinstance(member, dict) else {"name": member, "label": str(member).replace("_", " ")}


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

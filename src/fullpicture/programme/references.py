"""What a programme's files say of each other: every id named must be the id of something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from fullpicture.analyse.indicator import Indicator
from fullpicture.collect.source import Source
from fullpicture.core.areas import LEVELS, Register
from fullpicture.core.errors import Mistake
from fullpicture.programme.forms import ProgrammeForm
from fullpicture.programme.sections import places_of
from fullpicture.programme.toml import nearest_hint
from fullpicture.programme.vintages import LINKAGE


class Named(NamedTuple):
    """Ids that stand in the files, whether their tables could be read or not."""

    sources: Collection[str]
    indicators: Collection[str]


def reference_mistakes(
    form: ProgrammeForm | None,
    sources: Mapping[str, Source],
    indicators: Mapping[str, Indicator],
    register: Register,
    given: Named,
) -> list[Mistake]:
    """Every name in the programme that is the name of nothing."""
    found = list(_unknown(_listed(form), given.indicators, "indicator")) if form else []
    found += _misplaced(form, indicators) if form else []
    if LINKAGE in given.sources:
        what = "this id is taken: what is linked of the returns is kept under it."
        found.append(Mistake(f"[source.{LINKAGE}]", what, "Give the source another id."))
    for indicator in indicators.values():
        where = f"[indicator.{indicator.id}]"
        found += _unknown(((where, source) for source in indicator.sources), given.sources, "source")
        found += _unknown(
            ((where, name) for name in indicator.within + indicator.follows), given.indicators, "indicator"
        )
        found += _unknown(((where, level) for level in indicator.every_level), LEVELS, "level of area")
    for source in sources.values():
        where = f"[source.{source.id}]"
        found += _unknown(((where, level) for level in source.base_levels), LEVELS, "level of area")
        if source.covers not in register:
            found.append(
                Mistake(f"{where} covers", f"no area has the code {source.covers}.", "Add it to areas.csv.")
            )
    return found


def _misplaced(form: ProgrammeForm, indicators: Mapping[str, Indicator]) -> Iterator[Mistake]:
    """Indicators that belong nowhere, and ids of sections and domains that are used twice."""
    places = places_of(form)
    said = [(f"[indicator.{one.id}] belongs", one.belongs) for one in indicators.values() if one.belongs]
    yield from _unknown(said, places, "section or domain")
    for place, times in Counter(places).items():
        if times > 1:
            where = f"programme.toml section {place}"
            yield Mistake(where, "this id is used twice.", "Give one of the two another id.")


def _listed(form: ProgrammeForm) -> list[tuple[str, str]]:
    named = [("programme.toml headlines", name) for name in form.headlines]
    named += [(f"programme.toml section {s.id}", name) for s in form.section for name in s.indicators]
    return named + [
        (f"programme.toml joint {theme.id}", name)
        for theme in form.joint
        for name in (*theme.safeguarding, *theme.police, *theme.both)
    ]


def _unknown(named: Iterable[tuple[str, str]], known: Iterable[str], kind: str) -> Iterator[Mistake]:
    names = list(known)
    for where, name in named:
        if name not in names:
            yield Mistake(where, f'there is no {kind} "{name}".', nearest_hint(name, names))

"""Reads a programme folder into nouns, or refuses it with all of its mistakes at once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.themes.codebook import Codebook
from fullpicture.collect.source import Source
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.programme.codebooks import read_codebooks
from fullpicture.programme.families import spread
from fullpicture.programme.fetch_form import Fetch, fetches_of
from fullpicture.programme.forms import IndicatorForm, ProgrammeForm, SourceForm
from fullpicture.programme.indicator_form import to_indicator
from fullpicture.programme.references import Named, reference_mistakes
from fullpicture.programme.reports import Written, written_reports
from fullpicture.programme.returns import Asked, Return, Returns, is_return, to_return
from fullpicture.programme.rules import rule_mistakes
from fullpicture.programme.sections import domain_titles, sections_of
from fullpicture.programme.source_form import extended, to_source
from fullpicture.programme.theme_references import theme_mistakes
from fullpicture.programme.toml import NamedTable, checked, nearest_hint, read_toml


@dataclass(frozen=True)
class Programme:
    """A programme folder as read: what is published, from which sources, for which areas."""

    folder: Path
    data: Path
    form: ProgrammeForm
    register: Register
    sources: Mapping[str, Source]
    returns: Returns
    indicators: Mapping[str, Indicator]
    fetches: tuple[Fetch, ...] = ()
    reports: tuple[Written, ...] = ()
    codebooks: Mapping[str, Codebook] = field(default_factory=dict)


def load(folder: Path, data: Path | None = None) -> Programme:
    """Reads and checks a programme folder.

    Args:
        data: where the sources' files are; the folder's own `data/` where none is named.

    Raises:
        ProgrammeRefused: with every mistake in every file.
    """
    mistakes: list[Mistake] = []
    if not folder.is_dir():
        raise ProgrammeRefused([Mistake(str(folder), "this folder is missing.", "Name a programme folder.")])
    raw = read_toml(folder / "programme.toml", "programme.toml", mistakes)
    form = checked(ProgrammeForm, raw, "programme.toml", mistakes) if raw else None
    register = _register(folder, mistakes)
    written = _tables(folder, mistakes)
    tables = written["source"]
    declared = _read_each(tables, mistakes, lambda t: _source(t, tables, register, mistakes))
    received = {id_: one for id_, one in declared.items() if isinstance(one, Return)}
    sources = {id_: one for id_, one in declared.items() if isinstance(one, Source)}
    sources = _joined(sources, received, mistakes)
    fetches = fetches_of(tables, mistakes)
    csae = _csae_rule(folder, mistakes)
    reports = _reports(folder, mistakes)
    drawn = [one for table in written["indicator"] for one in spread(table, mistakes)]
    drawn_on = (form.returns.drawn_on or form.published_on) if form else date.max
    indicators = _read_each(drawn, mistakes, lambda t: _indicator(t, mistakes, drawn_on))
    codebooks = read_codebooks(folder, mistakes)
    mistakes += theme_mistakes(sources, indicators, codebooks)
    named = Named({table.id for table in tables}, {table.id for table in drawn})
    mistakes += reference_mistakes(form, sources, indicators, register, named)
    mistakes += rule_mistakes(form, declared) if form else ()
    if form is None or mistakes:
        raise ProgrammeRefused(sorted(mistakes))
    returns = Returns(received, _asked(form), csae)
    listed = _listed(form, indicators)
    data = data or folder / "data"
    return Programme(folder, data, form, register, sources, returns, listed, fetches, reports, codebooks)


def _asked(form: ProgrammeForm) -> Asked:
    """What every force was asked for; returns are judged as of the day they were drawn, or published."""
    said = form.returns
    return Asked(said.first_day, said.last_day, said.drawn_on or form.published_on)


def _joined(
    sources: Mapping[str, Source], received: Mapping[str, Return], mistakes: list[Mistake]
) -> dict[str, Source]:
    """Sources with the returns that they join named one by one; "all" is every return of the programme."""
    found = {}
    for id_, source in sources.items():
        joins = tuple(received) if source.joins == ("all",) else source.joins
        for name in (name for name in joins if name not in received):
            where = f"[source.{id_}] joins"
            mistakes.append(
                Mistake(where, f'there is no return "{name}".', nearest_hint(name, [*received, "all"]))
            )
        found[id_] = replace(source, joins=joins)
    return found


def _csae_rule(folder: Path, mistakes: list[Mistake]) -> CsaeRule:
    """The shipped rule of what is sexual abuse or exploitation of a child, or the programme's own."""
    path = folder / "csae.toml"
    if not path.exists():
        return CsaeRule.shipped()
    try:
        return CsaeRule.from_toml(path.read_text(encoding="utf-8"))
    except ProgrammeRefused as refused:
        mistakes += refused.mistakes
        return CsaeRule.shipped()


def _reports(folder: Path, mistakes: list[Mistake]) -> tuple[Written, ...]:
    """The programme's reports as written; their calls are answered when there are figures."""
    try:
        return written_reports(folder)
    except ProgrammeRefused as refused:
        mistakes += refused.mistakes
        return ()


def _listed(form: ProgrammeForm, indicators: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Indicators in the order of the programme's sections, each under the title of its domain."""
    titles = domain_titles(form)
    order = [id_ for section in sections_of(form, indicators) for id_ in section.indicators]
    return {
        id_: replace(one, group=one.group or titles.get(one.belongs, ""))
        for id_, one in ((id_, indicators[id_]) for id_ in dict.fromkeys(order))
    }


_KINDS = {"sources": ("source",), "indicators": ("indicator", "source")}
"""Which tables each folder's files may hold: an indicator may bring the source that it alone reads."""


def _tables(folder: Path, mistakes: list[Mistake]) -> dict[str, list[NamedTable]]:
    """Every `[source.<id>]` and `[indicator.<id>]`, in the order of folders and file names."""
    found: dict[str, list[NamedTable]] = {"source": [], "indicator": []}
    for subfolder, kinds in _KINDS.items():
        paths = sorted((folder / subfolder).glob("*.toml"))
        if not paths:
            mend = f"Write one with a [{kinds[0]}.<id>] table."
            mistakes.append(Mistake(f"{subfolder}/", "there is no TOML file here.", mend))
        for path in paths:
            name = f"{subfolder}/{path.name}"
            for key, value in read_toml(path, name, mistakes).items():
                if key in kinds:
                    found[key] += [
                        NamedTable(id_, one, f"{name} [{key}.{id_}]") for id_, one in value.items()
                    ]
                else:
                    hint = nearest_hint(key, list(kinds))
                    mistakes.append(Mistake(f"{name} {key}", "this key is not known here.", hint))
    return found


def _read_each(
    tables: Iterable[NamedTable], mistakes: list[Mistake], read: Callable[[NamedTable], Any]
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    seen: set[str] = set()
    for table in tables:
        if table.id in seen:
            mistakes.append(Mistake(table.where, "this id is used twice.", "Give one of the two another id."))
        seen.add(table.id)
        noun = read(table)
        if noun is not None:
            result[table.id] = noun
    return result


def _source(
    table: NamedTable, tables: list[NamedTable], register: Register, mistakes: list[Mistake]
) -> Source | Return | None:
    given = extended(table.id, {each.id: each.given for each in tables}, table.where, mistakes)
    if given is None or given.get("abstract"):
        return None
    given.pop("fetch", None)
    if is_return(given):
        return to_return(table.id, given, table.where, mistakes, register)
    form = checked(SourceForm, given, table.where, mistakes)
    return to_source(table.id, form, table.where, mistakes) if form else None


def _indicator(table: NamedTable, mistakes: list[Mistake], drawn_on: date) -> Indicator | None:
    form = checked(IndicatorForm, table.given, table.where, mistakes)
    return to_indicator(table.id, form, table.where, mistakes, drawn_on) if form else None


def _register(folder: Path, mistakes: list[Mistake]) -> Register:
    """The shipped register, changed by the programme's `areas.csv` where it has one."""
    shipped, path = Register.shipped(), folder / "areas.csv"
    if not path.exists():
        return shipped
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return shipped.changed_by(list(csv.DictReader(lines)))
    except (ValueError, KeyError, UnicodeDecodeError) as error:
        mistakes.append(Mistake("areas.csv", f"this file cannot be read: {error}.", "See docs/settings.md."))
        return shipped

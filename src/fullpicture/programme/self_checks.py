"""Checks what came in against itself: findings of `analyse.self_checks` as problems, with file and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from fullpicture.analyse.asks import Ask
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.self_checks import (
    Contradicted,
    Label,
    beyond_counts,
    contradicted_labels,
    same_numbers,
    trends_of,
)
from fullpicture.collect.findings import RULES
from fullpicture.core.figure import Figure
from fullpicture.core.problem import Problem
from fullpicture.core.table import InternalTable
from fullpicture.programme.load import Programme
from fullpicture.programme.sources import Delivery

MOST_NAMED = 20
"""Values listed one by one for an indicator; a last line says how many more there are."""


def self_checks(
    programme: Programme, found: Mapping[str, Delivery], tables: Sequence[InternalTable]
) -> list[Problem]:
    """What published tables say against themselves, in the order of the programme's indicators.

    Both editions print it, so that it is asked of sources that are published already, and of no others.
    """
    public = {id_: one for id_, one in found.items() if one.source.published}
    listed = {
        id_: one for id_, one in programme.indicators.items() if all(name in public for name in one.sources)
    }
    figures = {table.description.indicator: table.figures for table in tables}
    problems: list[Problem] = []
    for id_, indicator in listed.items():
        delivery = found[indicator.main.source]
        problems += _labels(indicator, delivery, figures[id_])
        problems += _counts(indicator, delivery, figures[id_])
    return [*problems, *_same_files(public.values()), *_same_tables(listed, found, figures)]


def _problem(file: str, row: int | None, column: str, rule: str, what: str) -> Problem:
    return Problem(file, "", row, column, rule, RULES[rule].severity, what, RULES[rule].mend)


def _labels(indicator: Indicator, delivery: Delivery, figures: pa.Table) -> Iterator[Problem]:
    """The source's own label of a trend, against the trend of the series."""
    column = delivery.source.labels.get("trend", "")
    if not column or indicator.interval is None or delivery.collected.labels is None:
        return
    labels = _labels_of(indicator, delivery.collected.labels)
    for one in contradicted_labels(labels, trends_of(figures)):
        yield _problem(one.file, one.rows[0], column, "LAB-001", _said(one))


def _said(one: Contradicted) -> str:
    of = f' of "{one.category}"' if one.category else ""
    parts = []
    if one.inverted:
        which = "all" if one.inverted == one.judged else f"{one.inverted:,} of"
        parts.append(
            f"{which} {one.judged:,} labels{of} that say up or down say the opposite of their own series"
        )
    if len(one.rows) > one.inverted:
        parts.append(f"{len(one.rows) - one.inverted:,} labels{of} are not what their own series gives")
    return f"{'; '.join(parts)} (this is the first)."


def _labels_of(indicator: Indicator, rows: pa.Table) -> list[Label]:
    """Labels of the rows that the indicator takes, with the category that each is of."""
    asks = [Ask(indicator), *(Ask(indicator, (column,)) for column in indicator.split)]
    terms = [(ask, ask.term(indicator.main)) for ask in asks]
    found = []
    for row in rows.to_pylist():
        for ask, term in terms:
            taken = all(row[name] in values for name, values in term.where.items())
            left_out = any(row[name] in values for name, values in term.leave_out.items())
            if taken and not left_out:
                category = "|".join(row[name] for name in sorted(ask.breakdown))
                found.append(
                    Label(row["file"], row["row"], (row["area_code"], category), row["label__trend"])
                )
    return found


def _counts(indicator: Indicator, delivery: Delivery, figures: pa.Table) -> Iterator[Problem]:
    """Published values against the counts that are published beside them."""
    wrong = beyond_counts(indicator, figures, delivery.source.rounded)
    if not wrong:
        return
    rows = _rows_by_figure(indicator, delivery.collected.table)
    column = indicator.main.column
    for figure in wrong[:MOST_NAMED]:
        file, row = rows.get(_key(figure), (delivery.source.files[0], None))
        what = f"{figure.area_code}, {figure.period}: the value is not what its own counts give."
        yield _problem(file, row, column, "CNT-002", what)
    if len(wrong) > MOST_NAMED:
        what = f"{len(wrong) - MOST_NAMED:,} more values are not what their own counts give."
        yield _problem(delivery.source.files[0], None, column, "CNT-002", what)


_Key = tuple[str, str, str, str]


def _key(figure: Figure) -> _Key:
    return figure.area_code, figure.period_kind, figure.period, figure.category


def _rows_by_figure(indicator: Indicator, table: pa.Table) -> dict[_Key, tuple[str, int]]:
    """The row of each total, and of each category of a column that readers may split by."""
    found = {}
    asks = [Ask(indicator), *(Ask(indicator, (column,)) for column in indicator.split)]
    for ask in asks:
        term = ask.term(indicator.main)
        names = ["file", "row", "area_code", "period_kind", "period", *term.where, *term.leave_out]
        for row in table.select(list(dict.fromkeys(names))).to_pylist():
            taken = all(row[name] in values for name, values in term.where.items())
            if taken and not any(row[name] in values for name, values in term.leave_out.items()):
                category = "|".join(row[name] for name in sorted(ask.breakdown))
                key = (row["area_code"], row["period_kind"], row["period"], category)
                found[key] = (row["file"], row["row"])
    return found


def _same_files(deliveries: Iterable[Delivery]) -> Iterator[Problem]:
    """Files of different names with the same bytes: one of the two is not what its name says."""
    by_hash: dict[str, list[str]] = defaultdict(list)
    for name, sha256 in dict.fromkeys(file for one in deliveries for file in one.files):
        by_hash[sha256].append(name)
    for first, *others in by_hash.values():
        for name in others:
            yield _problem(name, None, "", "TAB-002", f"this file is {first} byte for byte.")


def _same_tables(
    listed: Mapping[str, Indicator], found: Mapping[str, Delivery], figures: Mapping[str, pa.Table]
) -> Iterator[Problem]:
    """Indicators of different titles that have the same numbers."""
    for first, *others in same_numbers({id_: figures[id_] for id_ in listed}):
        for id_ in others:
            one = listed[id_]
            file = found[one.main.source].source.files[0]
            what = f"{id_} has the same numbers as {first}, which has another title."
            yield _problem(file, None, one.main.column, "TAB-001", what)

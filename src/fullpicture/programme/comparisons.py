"""Comparisons of one edition, from that edition's tables and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.analyse.comparison.facts import Facts, Known, Neighbour
from fullpicture.analyse.comparison.series import Series
from fullpicture.analyse.comparison.subject import Subject
from fullpicture.analyse.comparison.surroundings import AUTHORITY, FORCE_AREA, Surroundings
from fullpicture.analyse.coverage import as_table
from fullpicture.analyse.indicator import Indicator
from fullpicture.collect.neighbours import LAYOUT
from fullpicture.core.comparison import COMPARATOR_SCHEMA, COMPARISON_SCHEMA, Comparison, Comparisons
from fullpicture.core.digest import digest_of, fingerprint
from fullpicture.core.engine import connect
from fullpicture.core.figure import FIGURE_SCHEMA, Figure, to_figures
from fullpicture.core.table import InternalTable, PublicTable, SourceNote
from fullpicture.programme.cache import Cache, code_of
from fullpicture.programme.comparators import Comparators
from fullpicture.programme.force_area_figures import Rows
from fullpicture.programme.load import Programme
from fullpicture.programme.sources import Delivery
from fullpicture.publish.publication import Edition

Tables = Sequence[InternalTable] | Sequence[PublicTable]
Key = tuple[str, str]


def comparisons_of(
    programme: Programme, tables: Tables, lists: Sequence[Delivery], cache: Cache
) -> Comparisons:
    """Every indicator's latest period in every area beside what it may be read against.

    Args:
        tables: those of one edition; a public comparison is made of public tables alone.
        lists: of who is like whom, for that edition (`neighbour_lists`).
    """
    totals, changed = _totals(tables, changes=False), _changed(tables)
    if not totals.num_rows:
        return Comparisons.none()
    subjects = {one.id: subject_of(programme, one) for one in programme.indicators.values()}
    keys = [one.key for one in lists]
    code = code_of("analyse", "core", "programme")
    key = fingerprint(digest_of(totals), digest_of(changed), subjects, keys, programme.register.areas, code)
    kept = cache.get(key)
    if kept is None:
        around = Surroundings(programme.register)
        comparators = Comparators(connect(programme.form.engine), subjects, around)
        made = _compared(to_figures(totals), to_figures(changed), _neighbours(lists, around), comparators)
        cache.put(key, [made.facts, made.comparators, made.sums], None)
        return made
    return Comparisons(*kept[0])


def _compared(
    published: Sequence[Figure],
    changed: Sequence[Figure],
    neighbours: Mapping[str, Sequence[Neighbour]],
    comparators: Comparators,
) -> Comparisons:
    around, subjects = comparators.around, comparators.subjects
    sums = comparators.sums(Series(published, around.place))
    summed = _as_figures(sums, subjects, around)
    series = Series([*published, *summed], around.place)
    figures = comparators.load(series)
    medians = comparators.medians(figures, neighbours)
    known = Known(
        medians=_latest(medians, series),
        ranks={(row["indicator"], row["area_code"]): row for row in comparators.ranks(series)},
        trends=_trends(comparators.trends(figures), series),
        sums={key: row["why"] for key, row in _latest(sums, series).items()},
        changes=_changes(changed, series),
    )
    facts = Facts(series, around, subjects, neighbours, known).all()
    return Comparisons(_facts_table(facts), _comparator_table(sums, medians), as_table(summed))


def neighbour_lists(found: Mapping[str, Delivery], edition: Edition) -> list[Delivery]:
    """The sources of layout `neighbours`; in public only those that are published, for they are shown."""
    return [
        one
        for one in found.values()
        if one.source.layout == LAYOUT and (edition == "internal" or one.source.published)
    ]


def neighbour_notes(found: Mapping[str, Delivery]) -> list[SourceNote]:
    """The lists that the public edition shows, as its certificate names them."""
    return [one.note for one in neighbour_lists(found, "public")]


def subject_of(programme: Programme, indicator: Indicator) -> Subject:
    """What comparison must know of an indicator of the programme."""
    sources = [programme.sources[id_] for id_ in indicator.sources]
    is_ratio = indicator.denominator is not None or indicator.of is not None
    return Subject(
        id=indicator.id,
        unit=indicator.unit,
        polarity=indicator.polarity,
        per=indicator.per,
        proportion=indicator.proportion,
        counts="ratio" if is_ratio else "count" if indicator.numerator is not None else "",
        rounded=max(source.rounded.get(AUTHORITY, 0) for source in sources),
        sums_areas=bool(indicator.areas),
        base_levels=sources[0].base_levels,
    )


def _totals(tables: Tables, *, changes: bool) -> pa.Table:
    """Figures without a breakdown: of changes, or of all else."""
    parts = [table.figures for table in tables if bool(table.description.changes) == changes]
    whole = pa.concat_tables([FIGURE_SCHEMA.empty_table(), *parts])
    return whole.filter(pc.equal(whole["breakdown"], ""))


def _changed(tables: Tables) -> pa.Table:
    """Changes under the id of the indicator that changes."""
    of = {t.description.indicator: t.description.changes for t in tables if t.description.changes}
    table = _totals(tables, changes=True)
    ids = pa.array([of[id_] for id_ in table["indicator"].to_pylist()], pa.string())
    return table.set_column(table.schema.get_field_index("indicator"), "indicator", ids)


def _neighbours(lists: Sequence[Delivery], around: Surroundings) -> dict[str, list[Neighbour]]:
    """Each area's neighbours, closest first, by the area's newest code."""
    return {
        around.place[row["area_code"]]: [
            Neighbour(*pair) for pair in zip(row["neighbours"], row["closeness"], strict=True)
        ]
        for delivery in lists
        for row in delivery.collected.table.to_pylist()
    }


def _as_figures(sums: Rows, subjects: Mapping[str, Subject], around: Surroundings) -> list[Figure]:
    """Force areas' sums as figures."""
    return [
        Figure(
            row["indicator"],
            row["area_code"],
            around.register.area(row["area_code"]).name,
            FORCE_AREA,
            row["period"],
            row["period_kind"],
            breakdown="",
            category="",
            value=row.get("value"),
            lower=row.get("lower"),
            upper=row.get("upper"),
            numerator=row.get("numerator"),
            denominator=row.get("denominator"),
            unit=subjects[row["indicator"]].unit,
            absence=row["absence"],
            note="",
            source="",
            remark=row["why"],
        )
        for row in sums
    ]


def _latest(rows: Rows, series: Series) -> dict[Key, dict[str, Any]]:
    """Rows of their indicator's latest period, by indicator and area."""
    return {
        (row["indicator"], row["area_code"]): row
        for row in rows
        if series.latest[row["indicator"]] == (row["period_kind"], row["period"])
    }


def _trends(rows: Rows, series: Series) -> dict[Key, dict[str, Any]]:
    """Trends by indicator and place; `since` becomes the name of the period that ends on that day."""
    names = {(period.kind, period.last_day.isoformat()): period.name for period in series.periods()}
    for row in rows:
        row["since"] = names[series.latest[row["indicator"]][0], row["since"]]
    return {(row["indicator"], row["place"]): row for row in rows}


def _changes(changed: Sequence[Figure], series: Series) -> dict[Key, Figure]:
    """Changes that the programme publishes, of the latest period."""
    return {
        (figure.indicator, figure.area_code): figure
        for figure in changed
        if series.latest.get(figure.indicator) == (figure.period_kind, figure.period)
    }


def _facts_table(facts: Sequence[Comparison]) -> pa.Table:
    columns = list(zip(*facts, strict=True))
    arrays = [pa.array(column, one.type) for column, one in zip(columns, COMPARISON_SCHEMA, strict=True)]
    order = [(name, "ascending") for name in ("indicator", "area_level", "area_code")]
    return pa.table(arrays, schema=COMPARISON_SCHEMA).sort_by(order)


def _comparator_table(sums: Rows, medians: Rows) -> pa.Table:
    """The rows of `comparators.csv`: those that have a value."""
    said = [("sum of authorities", sums), ("neighbours", medians)]
    rows = [
        {"comparator": comparator, **row}
        for comparator, rows in said
        for row in rows
        if row.get("value") is not None
    ]
    names = COMPARATOR_SCHEMA.names
    table = pa.table({name: [row[name] for row in rows] for name in names}, schema=COMPARATOR_SCHEMA)
    return table.sort_by([(name, "ascending") for name in names[:5]])

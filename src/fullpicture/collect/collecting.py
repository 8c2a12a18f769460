"""From a source's files to its rows in our terms: every row kept, or refused under a rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.delivered import Collected, Delivered
from fullpicture.collect.education_meta import meta_problems
from fullpicture.collect.findings import Findings
from fullpicture.collect.layouts import SUMMED, area_of, headers_for, key_columns, period_of
from fullpicture.collect.measures import measured
from fullpicture.collect.reading import read
from fullpicture.collect.repeats import without_repeats
from fullpicture.collect.source import Blank, Source
from fullpicture.core.areas import Register
from fullpicture.core.live import LIVE
from fullpicture.core.period import Period
from fullpicture.core.problem import Problem

_LABEL = "label__"
ROWS = "rows"
"""The measure that counts rows: one for each."""
_LIVE = f"^[{re.escape(''.join(LIVE))}]"


def collect(
    source: Source,
    folder: Path,
    register: Register,
    dimensions: Sequence[str],
    measures: Sequence[str],
    *,
    files: Mapping[str, Path] | None = None,
) -> Collected:
    """Reads the source's files and says every row in our terms.

    Args:
        dimensions, measures: the columns that analysis asks for, by our names or the files' headers.
        files: the files by their names, where patterns have been filled in already.

    Raises:
        SourceRefused: a file cannot be read as declared, or lacks columns (all of them named).
    """
    tables, problems, refused, rows_in = [], list[Problem](), Counter[str](), 0
    for name, path in (files or {name: folder / name for name in source.files}).items():
        delivered = read(path, source.reading, name=name)
        found = Findings(name, delivered.sheet)
        tables.append(_in_our_terms(delivered, source, register, dimensions, measures, found))
        rows_in += delivered.rows_in
        problems += [*delivered.problems, *found.problems]
        if source.layout == "tidy":
            problems += meta_problems(path, name, delivered.rows.column_names)
        refused.update(delivered.refused)
        refused.update(found.refused)
    table, labels = _labels_apart(pa.concat_tables(tables), source)
    if source.layout not in SUMMED:
        table, repeats = without_repeats(table, dimensions)
        problems += repeats.problems
        refused.update(repeats.refused)
    assert rows_in == table.num_rows + refused.total(), f"{source.id}: rows in = rows kept + rows refused"
    return Collected(source.id, table, rows_in, dict(refused), tuple(problems), labels)


def _in_our_terms(
    delivered: Delivered,
    source: Source,
    register: Register,
    dimensions: Sequence[str],
    measures: Sequence[str],
    found: Findings,
) -> pa.Table:
    headers = delivered.rows.column_names
    areas, periods = key_columns(source, headers)
    counted = [name for name in measures if name != ROWS]
    named = [*areas, *periods, *dimensions, *counted, *_declared(source)]
    places = headers_for(source, dict.fromkeys(named), headers, delivered.file)
    rows = _chosen(delivered.texts, source, places, found)
    rows = _with_area(rows, [places[name] for name in areas], source, register, found)
    rows = _with_period(rows, [places[name] for name in periods], source, found)
    rows = _existing(rows, source, register, found)
    rows = _lifeless(rows, [places[name] for name in dimensions], found)
    columns = {
        "file": pa.array([delivered.file] * rows.num_rows, pa.string()),
        "row": rows["row"],
        **{name: rows[f"our {name}"] for name in ("area_code", "period_kind", "period")},
        **{name: rows[places[name]] for name in dimensions},
    }
    reasons = _blank_reasons(rows, source.blank, places)
    for name in counted:
        columns |= _measure(rows, name, places[name], source, reasons, found)
    if ROWS in measures:
        columns |= {ROWS: pa.array([1.0] * rows.num_rows), f"{ROWS}__absence": pa.array([""] * rows.num_rows)}
    columns["blank_reason"] = _why(rows, source, places, reasons)
    columns |= {f"{_LABEL}{kind}": rows[places[name]] for kind, name in source.labels.items()}
    return pa.table(columns)


def _labels_apart(table: pa.Table, source: Source) -> tuple[pa.Table, pa.Table | None]:
    """The rows without their labels, and the rows that have one, each file's own.

    Labels are no figures: a row that two files label differently is not two rows.
    """
    named = [f"{_LABEL}{kind}" for kind in source.labels]
    if not named:
        return table, None
    measured = [name for name in table.column_names if f"{name}__absence" in table.column_names]
    dropped = [*measured, *(f"{name}__absence" for name in measured), "blank_reason"]
    has_label = reduce(pc.or_, [pc.not_equal(table[name], "") for name in named])
    return table.drop_columns(named), table.filter(has_label).drop_columns(dropped)


def _declared(source: Source) -> list[str]:
    """Columns that the source's own declaration names."""
    chosen = [*source.where, *source.leave_out, *source.labels.values(), *filter(None, [source.reason])]
    ours = ("period", "area_code")
    return chosen + [name for blank in source.blank for name in blank.where if name not in ours]


def _why(rows: pa.Table, source: Source, places: Mapping[str, str], reasons: pa.Table) -> pa.ChunkedArray:
    """Why cells of a row are absent: as blanked by the source's declaration, else in its own words."""
    if not source.reason:
        return reasons["why"]
    return pc.if_else(pc.equal(reasons["why"], ""), rows[places[source.reason]], reasons["why"])


def _chosen(rows: pa.Table, source: Source, places: Mapping[str, str], found: Findings) -> pa.Table:
    """The rows that the source takes; the others are refused as left out by declaration."""
    taken = pa.array([True] * rows.num_rows, pa.bool_())
    for name, values in source.where.items():
        taken = pc.and_(taken, pc.is_in(rows[places[name]], pa.array(list(values), pa.string())))
    for name, values in source.leave_out.items():
        taken = pc.and_(taken, pc.invert(pc.is_in(rows[places[name]], pa.array(list(values), pa.string()))))
    left_out = rows["row"].filter(pc.invert(taken)).to_pylist()
    found.refuse("SEL-001", left_out, "", "this row is left out by the source's where or leave_out")
    return rows.filter(taken)


def _with_area(
    rows: pa.Table, headers: list[str], source: Source, register: Register, found: Findings
) -> pa.Table:
    codes, cells = _by_distinct(rows, headers, lambda values: area_of(source, values, register))
    for values, numbers in _missing(rows, codes, cells).items():
        what = f'"{" ".join(filter(None, dict.fromkeys(values)))}" is not an area in the register.'
        found.refuse("AREA-001", numbers, headers[-1], what)
    return rows.append_column("our area_code", codes).filter(pc.is_valid(codes))


def _with_period(rows: pa.Table, headers: list[str], source: Source, found: Findings) -> pa.Table:
    def named(values: tuple[str, ...]) -> str | None:
        period = period_of(source, values)
        return f"{period.kind}:{period.name}" if period else None

    periods, cells = _by_distinct(rows, headers, named)
    for numbers in _missing(rows, periods, cells).values():
        found.refuse("PER-001", numbers, " ".join(headers), "this is not a period or day of the layout.")
    rows = rows.append_column("our", periods).filter(pc.is_valid(periods))
    parts = pc.split_pattern(rows["our"], ":", max_splits=1)
    rows = rows.append_column("our period_kind", pc.list_element(parts, 0))
    return rows.append_column("our period", pc.list_element(parts, 1))


def _existing(rows: pa.Table, source: Source, register: Register, found: Findings) -> pa.Table:
    """Refuses rows of areas that did not exist in the period; official figures are kept and remarked on."""

    def exists(values: tuple[str, ...]) -> str | None:
        kind, name = values[1].split(":", 1)
        return "yes" if register.exists(values[0], Period(kind, name)) else None  # type: ignore[arg-type]

    kept, cells = _by_distinct(rows, ["our area_code", "our"], exists)
    keeps = source.published and source.before_birth == "keep"
    by_area: dict[str, list[int]] = {}
    for values, numbers in _missing(rows, kept, cells).items():
        by_area.setdefault(values[0], []).extend(numbers)
    for code, numbers in by_area.items():
        what = f"{code} did not exist in this period"
        if keeps:
            found.remark("AREA-003", sorted(numbers), "", what)
        else:
            rule = "AREA-004" if source.published else "AREA-002"
            found.refuse(rule, sorted(numbers), "", what)
    return rows if keeps else rows.filter(pc.is_valid(kept))


def _lifeless(rows: pa.Table, headers: list[str], found: Findings) -> pa.Table:
    """Refuses rows whose category a spreadsheet program would take for a formula in the files we write."""
    for header in headers:
        live = pc.match_substring_regex(rows[header], _LIVE)
        if pc.any(live).as_py():
            what = "the category begins with =, +, -, @ or a tab."
            found.refuse("TXT-001", rows["row"].filter(live).to_pylist(), header, what)
            rows = rows.filter(pc.invert(live))
    return rows


def _by_distinct(
    rows: pa.Table, headers: list[str], named: Callable[[tuple[str, ...]], str | None]
) -> tuple[pa.Array, pa.Array]:
    """What each row's cells stand for, asked once for each distinct combination; and that combination."""
    if not headers:
        joined = pa.array([""] * rows.num_rows, pa.string())
    else:
        joined = pc.binary_join_element_wise(*(rows[header] for header in headers), "\x1f")
    if isinstance(joined, pa.ChunkedArray):
        joined = joined.combine_chunks()
    encoded = joined.dictionary_encode()
    answers = [named(tuple(text.split("\x1f"))) for text in encoded.dictionary.to_pylist()]
    return pa.array(answers, pa.string()).take(encoded.indices), joined


def _missing(rows: pa.Table, answers: pa.Array, cells: pa.Array) -> dict[tuple[str, ...], list[int]]:
    """The rows without an answer, by what their cells say."""
    without = pc.is_null(answers)
    found: dict[tuple[str, ...], list[int]] = {}
    numbers, texts = rows["row"].filter(without).to_pylist(), cells.filter(without).to_pylist()
    for number, text in zip(numbers, texts, strict=True):
        found.setdefault(tuple(text.split("\x1f")), []).append(number)
    return found


def _blank_reasons(rows: pa.Table, blanks: Sequence[Blank], places: Mapping[str, str]) -> pa.Table:
    """For each row the absence and the reason of the first blank that fits it, "" where none does."""
    absence, why = (pa.array([""] * rows.num_rows, pa.string()) for _ in range(2))
    for blank in reversed(blanks):
        fits = pa.array([True] * rows.num_rows, pa.bool_())
        for name, values in blank.where.items():
            column = rows[f"our {name}"] if name in ("period", "area_code") else rows[places[name]]
            fits = pc.and_(fits, pc.is_in(column, pa.array(list(values), pa.string())))
        absence, why = pc.if_else(fits, blank.absence, absence), pc.if_else(fits, blank.why, why)
    return pa.table({"absence": absence, "why": why})


def _measure(
    rows: pa.Table, name: str, header: str, source: Source, reasons: pa.Table, found: Findings
) -> dict[str, pa.Array]:
    cells = measured(rows[header], rows["row"], header, source, found)
    if source.layout in SUMMED:
        negative = pc.fill_null(pc.less(cells.numbers, 0), False)
        for row in rows["row"].filter(negative).to_pylist():
            found.add("CNT-001", row, header, "this count is negative.")
    blanked = pc.not_equal(reasons["absence"], "")
    numbers = pc.if_else(blanked, pa.scalar(None, pa.float64()), cells.numbers)
    return {name: numbers, f"{name}__absence": pc.if_else(blanked, reasons["absence"], cells.absences)}

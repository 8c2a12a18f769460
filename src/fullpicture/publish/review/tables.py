"""Checks of tables: two that are the same, totals that do not add, small bases, symbols, captions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from fullpicture.core.absence import SYMBOLS, Absence
from fullpicture.core.figure import Figure
from fullpicture.publish.report.document import Citation, Document, ReportChart, ReportTable, Section
from fullpicture.publish.review.check import Found, check
from fullpicture.publish.review.reviewed import Edition, Reviewed, part_place
from fullpicture.publish.words import SMALLEST_BASE, has_small_base

_UNRELIABLE = Absence.LOW_RELIABILITY.in_brackets
_ENOUGH = 4
"""Numbers that two tables must share to be called the same: fewer may agree by chance."""
_TOTAL = re.compile(r"(?i)^(?:grand )?(?:total|all|sum|overall|altogether)\b")
_SYMBOL = re.compile(r"\[(\w+)\]")


def _tables(reviewed: Reviewed) -> Iterator[tuple[Edition, Document, Section, ReportTable]]:
    for edition, document in reviewed.documents():
        for section, part in document.parts():
            if isinstance(part, ReportTable):
                yield edition, document, section, part


@check(
    "REV-013",
    "Two tables do not say the same",
    "Victims' and perpetrators' ethnicity were once printed with the same numbers.",
)
def same_tables(reviewed: Reviewed) -> Iterator[Found]:
    """Tables, or measures by category, with different titles and identical numbers."""
    for edition, document in reviewed.documents():
        seen: dict[tuple[object, ...], str] = {}
        for section, table in ((s, p) for s, p in document.parts() if isinstance(p, ReportTable)):
            key = tuple(tuple(map(_number, row[1:])) for row in table.rows)
            if _is_telling([number for row in key for number in row]):
                other = seen.setdefault(key, table.title)
                if other != table.title:
                    what = f'it has the same numbers as the table "{other}".'
                    yield Found(part_place(edition.name, document, section, table), what, _LOOK)
    yield from _same_measures(reviewed)


_LOOK = "Look which of the two is wrong: its source, its column or its filter."


def _same_measures(reviewed: Reviewed) -> Iterator[Found]:
    """Breakdowns of two indicators that have identical numbers, wherever they are shown."""
    for edition in reviewed.editions:
        series: dict[tuple[str, ...], list[float | None]] = defaultdict(list)
        for figure in edition.figures.values():
            if figure.breakdown:
                place = (figure.area_code, figure.period_kind, figure.period)
                key: tuple[str, ...] = (figure.indicator, figure.breakdown, *place)
                series[key].append(figure.value)
        seen: dict[tuple[object, ...], tuple[str, ...]] = {}
        told: set[tuple[str, ...]] = set()
        for key, values in series.items():
            other = seen.setdefault((*key[2:], *values), key) if _is_telling(values) else key
            pair = (other[0], other[1], key[0], key[1])
            if other[0] != key[0] and pair not in told:
                told.add(pair)
                what = f"{key[0]} by {key[1]} has the same numbers as {other[0]} by {other[1]}."
                yield Found(f"{edition.name}, figures.csv", what, _LOOK)


def _is_telling(numbers: Sequence[float | None]) -> bool:
    known = [number for number in numbers if number is not None]
    return len(known) >= _ENOUGH and len(set(known)) > _ENOUGH // 2


def _number(cell: str) -> float | None:
    digits = re.sub(r"\[\w+\]", "", cell).replace(",", "").replace("\N{MINUS SIGN}", "-").strip(" %")
    try:
        return float(digits)
    except ValueError:
        return None


@check("REV-014", "Totals add", "A total that is not the sum of its rows is wrong, or its rows are.")
def totals(reviewed: Reviewed) -> Iterator[Found]:
    """Columns of counts or of shares of all whose rows do not add up to the total."""
    for edition, document, section, table in _tables(reviewed):
        at = [place for place, row in enumerate(table.rows) if _TOTAL.match(row[0])]
        for column in range(1, len(table.columns)) if len(at) == 1 and len(table.rows) > 2 else ():
            if _adds(edition, table, column):
                whole = _number(table.rows[at[0]][column])
                parts = [_number(row[column]) for place, row in enumerate(table.rows) if place != at[0]]
                what = _amiss(parts, whole, table.rows[at[0]][column])
                if what:
                    where = part_place(edition.name, document, section, table)
                    yield Found(
                        f'{where}, column "{table.columns[column]}"', what, "Mend the rows or the total."
                    )


def _adds(edition: Edition, table: ReportTable, column: int) -> bool:
    """Whether a column has counts, or shares of one whole, of the categories of one breakdown."""
    cited = [row[column] if column < len(row) else None for row in table.cited]
    known = [one for one in cited if one is not None]
    if not known:
        return True
    if any(one.claim not in ("value", "share") for one in known):
        return False
    return all(one.claim == "share" or (one.figure and one.figure.unit == "count") for one in known)


def _amiss(parts: Sequence[float | None], whole: float | None, shown: str) -> str:
    if whole is None or any(part is None for part in parts):
        return ""
    total = sum(part for part in parts if part is not None)
    decimals = len(shown.partition(".")[2])
    room = 0.5 * 10.0**-decimals * (len(parts) + 1) if decimals else 0.0
    return (
        "" if abs(total - whole) <= room else f"the rows add up to {total:,.10g}, and the total is {shown}."
    )


@check(
    "REV-015", "No percentage of fewer than 20", "One person more or less moves it by five points or more."
)
def small_bases(reviewed: Reviewed) -> Iterator[Found]:
    """Percentages whose base is under 20, in sentences, tables and charts, unless marked as unreliable."""
    for edition, document in reviewed.documents():
        for section, part in document.parts():
            if isinstance(part, ReportTable | ReportChart):
                small = _small(part)
                if small:
                    what = f"{len(small)} percentages have a base under {SMALLEST_BASE}: {_named(small)}."
                    yield Found(part_place(edition.name, document, section, part), what, _SMALL)
    for _, _, statement in reviewed.statements():
        for _, citation in statement.cited:
            base = _base(citation)
            if base is not None and base < SMALLEST_BASE:
                what = f'the base of "{citation.shown_text}" is {base:,.0f}.'
                yield Found(statement.where, what, _SMALL)


_SMALL = "Give the counts, put categories or years together, or mark it [u]."


def _cells(part: ReportTable | ReportChart) -> list[Citation]:
    if isinstance(part, ReportChart):
        return list(part.cited)
    return [one for row in part.cited for one in row if one]


def _small(part: ReportTable | ReportChart) -> list[Citation]:
    """Percentages with a small base that are not marked; a chart's marks are in its table and its notes."""
    if isinstance(part, ReportChart):
        is_marked = any(_UNRELIABLE in note for note in part.notes)
        return [] if is_marked else [one for one in part.cited if _is_small(one)]
    return [
        one
        for texts, row in zip(part.rows, part.cited, strict=True)
        for text, one in zip(texts, row, strict=True)
        if one and _UNRELIABLE not in text and _is_small(one)
    ]


def _is_small(citation: Citation) -> bool:
    base = _base(citation)
    return base is not None and base < SMALLEST_BASE


def _base(citation: Citation) -> float | None:
    """What a share is of, or a percentage whose base is small."""
    figure = citation.figure
    if figure is None or citation.number is None or figure.absence == "u":
        return None
    if citation.claim == "share":
        return citation.against.value if citation.against else None
    return figure.denominator if citation.claim == "value" and has_small_base(figure) else None


def _named(cited: Sequence[Citation]) -> str:
    names = [(one.figure.category or one.figure.area_name) for one in cited if one.figure]
    return ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")


@check("REV-016", "Symbols are explained", "A reader cannot know what [c] is.")
def symbols(reviewed: Reviewed) -> Iterator[Found]:
    """Symbols in a table's cells that its notes do not explain."""
    for edition, document, section, table in _tables(reviewed):
        used = {found for row in table.rows for cell in row for found in _SYMBOL.findall(cell)}
        explained = " ".join(table.notes)
        for symbol in sorted(used):
            if f"[{symbol}]" not in explained and not re.search(rf"(?:^|\W){symbol}\W", explained):
                known = "" if symbol in SYMBOLS or len(symbol) < 3 else ", nor is it one of ours"
                what = f"[{symbol}] is not explained under the table{known}."
                yield Found(part_place(edition.name, document, section, table), what, "Explain it in a note.")


@check(
    "REV-017", "Titles are different, and say what, where and when", "Two parts of one name cannot be cited."
)
def captions(reviewed: Reviewed) -> Iterator[Found]:
    """Sections, tables or charts of one title, and tables whose caption lacks area, period or unit."""
    for edition, document in reviewed.documents():
        for kind, titles in _titles(document).items():
            for title, many in Counter(titles).items():
                if many > 1:
                    where = f'{document.source}, {edition.name}, {kind} "{title}"'
                    yield Found(where, f"{many} of them have this title.", "Say in each what it alone shows.")
        for section, part in document.parts():
            if isinstance(part, ReportTable | ReportChart):
                for missing in _missing(edition, part):
                    where = part_place(edition.name, document, section, part)
                    yield Found(where, f"it does not say its {missing}.", "Say it in the title or a heading.")


def _titles(document: Document) -> dict[str, list[str]]:
    return {
        "section": [one.title.casefold() for one in document.sections],
        "table": [one.title.casefold() for one in document.tables],
        "chart": [one.title.casefold() for one in document.charts],
    }


def _missing(edition: Edition, part: ReportTable | ReportChart) -> Iterator[str]:
    """What neither title nor headings say of the figures: area, period, unit."""
    figures = [one.figure for one in _cells(part) if one.figure]
    if not figures:
        return
    texts = [part.title]
    if isinstance(part, ReportTable):
        texts += [*part.columns, *(row[0] for row in part.rows)]
    else:
        texts += [part.alt, *re.findall(r"<text[^>]*>([^<]*)<", part.svg)]
    said = " ".join(texts).casefold()
    if not any(one.area_name.casefold() in said for one in figures):
        yield "area"
    if not any(one.when.short_label.casefold() in said or _year(one) in said for one in figures):
        yield "period"
    if isinstance(part, ReportTable) and not any(_has_unit(one, said) for one in figures):
        yield "unit"


def _year(figure: Figure) -> str:
    return str(figure.when.last_day.year)


def _has_unit(figure: Figure, said: str) -> bool:
    words = {"%": ("%", "per cent", "percent"), "count": ("count", "number", "crimes", "victims", "suspects")}
    return any(word in said for word in words.get(figure.unit, (figure.unit.casefold(),)))

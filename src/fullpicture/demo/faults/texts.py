"""Faults of the text itself: words nobody knows, errors of a spreadsheet, days and numbers that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.returns.codelists import values_of
from fullpicture.collect.returns.headers import plain
from fullpicture.demo.columns import Code, Day, Number, Placed, Ref
from fullpicture.demo.faults.fault import frozen
from fullpicture.demo.parts import Meaning, Part, Written
from fullpicture.demo.people import Flags
from fullpicture.demo.rows import Rows
from fullpicture.demo.values import words_of

TEXT_FAULTS = ("MAP-001", "MAP-002", "MAP-003", "MAP-004", "LNK-009")
_KEEPS_ROW = ("recorded_on", "recorded_year", "crime_ref", "offence_class", "offence_code")
"""Fields without which a row is refused: a fault of the text would be one of another rule too. A mistyped
offence code looks like another one."""
_DAYS = {
    "dmy": ("02/28/2023", "31/02/2023"),
    "mdy": ("28/02/2023", "02/31/2023"),
    "": ("2023-13-40", "2023-02-31"),
}
_ERROR = "#REF!"
_KINDS: Mapping[str, tuple[type[Placed], ...]] = {
    "MAP-001": (Code,), "MAP-002": (Code, Number), "MAP-003": (Day,), "MAP-004": (Number,),
}  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """A cell to be spoilt: its column, its field, the row's place, the text."""

    header: str
    name: str
    place: int
    text: str
    rule: str


def candidates(part: Part, rule: str) -> list[Placed]:
    """The columns in which a fault of the text can be made."""
    if part.saving.form == "parquet":
        return []
    columns = [column for column in part.columns if isinstance(column, Placed)]
    if rule == "LNK-009":
        refs = {column.name: column for column in columns}
        return [refs["suspect_ref"]] if {"victim_ref", "suspect_ref"} <= set(refs) else []
    kept = {*_KEEPS_ROW, *frozen(part)}
    able = (column for column in columns if isinstance(column, _KINDS[rule]) and column.name not in kept)
    return [column for column in able if _is_open(column, part, rule)]


def _is_open(column: Placed, part: Part, rule: str) -> bool:
    """A column that rows are chosen by, or duplicates are told by, stays as it is."""
    if column.header in part.where or (part.duplicates and part.duplicates.header == column.header):
        return False
    if rule == "MAP-004":
        return bool(column.wrong) or column.name.endswith("_age")
    return not (rule == "MAP-001" and column.pick)


def fits(part: Part, rule: str) -> bool:
    """Whether a file can have it."""
    return bool(candidates(part, rule))


def spoil(
    rows: Rows, part: Part, written: Written, rules: Mapping[str, int], rng: np.random.Generator, free: Flags
) -> list[Spoilt]:
    """Chooses cells and what becomes of them; marks their rows."""
    found: list[Spoilt] = []
    for rule, count in rules.items():
        columns = candidates(part, rule)
        start = int(rng.integers(0, 1000))
        for number in range(start, start + count if columns else start):
            column, turn = columns[number % len(columns)], number // len(columns)
            possible = _possible(rows, column, rule, free)
            if not len(possible):
                continue
            place = int(rng.choice(possible))
            text = _text(rule, column, part, written, (place, turn))
            found.append(Spoilt(column.header, column.name, place, text, rule))
            rows.fault[place] = rule
            free[place] = False
    return found


def _possible(rows: Rows, column: Placed, rule: str, free: Flags) -> np.ndarray:
    if rule == "LNK-009":
        return np.flatnonzero(free & (rows.suspect >= 0))
    return np.flatnonzero(free & rows.has(column.name))


def _text(rule: str, column: Placed, part: Part, written: Written, at: tuple[int, int]) -> str:
    """What stands in the cell then; of several texts each in its turn."""
    place, turn = at
    if rule == "LNK-009":
        header = next(one.header for one in part.columns if isinstance(one, Ref) and one.name == "victim_ref")
        return str(written.cells[header][place].as_py())
    if rule == "MAP-002":
        return _ERROR
    if rule == "MAP-001" and isinstance(column, Code):
        known = {plain(text) for name in column.uses for text in values_of(name)}
        known |= {plain(said) for said in words_of(column.name)}
        known |= {plain(text) for texts in column.book.texts.values() for text in texts}
        return _mistyped(str(written.cells[column.header][place].as_py()), known)
    texts: Sequence[str] = ("twelve", "199")
    if isinstance(column, Day):
        texts = column.wrong or _DAYS[column.order or part.date_order.replace("ymd", "")]
    elif isinstance(column, Number) and column.wrong:
        texts = [text for text in column.wrong if not text.startswith("#")] or texts
    return texts[turn % len(texts)]


def _mistyped(text: str, known: set[str]) -> str:
    """A text with a letter lost, or one too many, that is no other known text."""
    tries = [text[:2] + text[3:], text[:1] + text[2:], f"{text}q", f"{text}qz"]
    return next(one for one in tries if plain(one) not in known and plain(one) and len(one) > 1)


def with_spoilt(written: Written, spoilt: Sequence[Spoilt]) -> Written:
    """The cells with the spoilt texts, and what they mean: nothing that can be used."""
    cells, means = dict(written.cells), dict(written.means)
    for header in dict.fromkeys(one.header for one in spoilt):
        here = {one.place: one for one in spoilt if one.header == header}
        name = next(iter(here.values())).name
        cells[header] = _replaced(cells[header], {place: one.text for place, one in here.items()})
        same = {place: one.text if one.rule == "LNK-009" else None for place, one in here.items()}
        states = {place: "" if one.rule == "LNK-009" else "unusable" for place, one in here.items()}
        means[name] = Meaning(_replaced(means[name].values, same), _replaced(means[name].states, states))
    return Written(cells, means)


def _replaced(column: pa.Array, texts: Mapping[int, str | None]) -> pa.Array:
    mask = np.zeros(len(column), bool)
    mask[list(texts)] = True
    ordered = [texts[place] for place in sorted(texts)]
    return pc.replace_with_mask(column, pa.array(mask), pa.array(ordered, pa.string()))

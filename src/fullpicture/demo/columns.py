"""Columns as forces deliver them: codes in their own words, days in their own order, numbers, marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.returns.codelists import values_of
from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.record import BY_NAME
from fullpicture.demo.books import Book
from fullpicture.demo.cells import by_entry, days, numbers, refs, whole
from fullpicture.demo.parts import Meaning, Part, Written
from fullpicture.demo.rows import Rows
from fullpicture.demo.values import NO_VALUE, STATES, words_of

ORDERS = {"ymd": "%Y-%m-%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}


@dataclass(frozen=True)
class Placed:
    """A column of one field, found by its header, its place or a pattern.

    `basis` and `by` say how the value was taken; `blanks` is what is written, by state, where there is none;
    `wrong` is what the force now and then writes that nobody can use.
    """

    header: str
    name: str
    at: int = 0
    like: str = ""
    basis: str = ""
    by: str = ""
    pick: str = ""
    blanks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    kind = "text"

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """Its basis or scheme, and by whom."""
        found = {BY_NAME[self.name].qualified_by: self.basis} if self.basis else {}
        return {**found, **({f"{self.name}_by": self.by} if self.by else {})}

    def delivers(self, name: str, value: str) -> bool:
        """It has its own field, whatever the value."""
        return name == self.name

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """Where the field is and how it was taken."""
        where: dict[str, object] = {"header": self.header}
        if self.at or self.like:
            where = {"at": self.at} if self.at else {"like": self.like}
        how = {"pick": self.pick, "basis": self.basis, "by": self.by}
        return {self.name: where | {key: said for key, said in how.items() if said} | self.says(part)}

    def says(self, part: Part) -> dict[str, object]:
        """What else the field's table holds."""
        return {}


@dataclass(frozen=True)
class Code(Placed):
    """A code in the force's own words: `book` says which; `uses` names the shipped lists that know some."""

    book: Book = field(default_factory=Book)
    uses: tuple[str, ...] = ()

    def delivers(self, name: str, value: str) -> bool:
        """A word that means another to this force does not come through as itself."""
        if name != self.name or not value:
            return name == self.name
        texts = self.book.texts.get(value, (value,))
        return all(self.book.means.get(text, value) == value for text in texts)

    def _entries(self, part: Part) -> list[tuple[int, str, str, str]]:
        """Place of the word, text, value, state: one for each way to write each word."""
        found = []
        words = words_of(self.name)
        for place, said in enumerate((*words, *STATES)):
            own = (said,) if place < len(words) else self.blanks.get(said, ("",))
            for text in self.book.texts.get(said, own):
                meaning = self.book.means.get(text, said)
                if meaning in STATES:
                    meaning = part.state_of(text, meaning)
                found.append((place, text, *(("", meaning) if meaning in STATES else (meaning, ""))))
        return found

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """One of the ways to write each value, drawn."""
        entries = self._entries(part)
        values = rows.values[self.name]
        places = np.where(values > NO_VALUE, values, len(words_of(self.name)) + NO_VALUE - values - 1)
        chosen = by_entry(rng, places, [entry[0] for entry in entries])
        texts = [entry[1] for entry in entries]
        meanings, states = [entry[2] or None for entry in entries], [entry[3] for entry in entries]
        said = Meaning(_taken(chosen, meanings), _taken(chosen, states))
        return Written({self.header: _taken(chosen, texts)}, {self.name: said})

    def says(self, part: Part) -> dict[str, object]:
        """The codes that neither the record nor a list named in `uses` knows."""
        known = {text: value for used in reversed(self.uses) for text, value in values_of(used).items()}
        found: dict[str, object] = {}
        for _, text, value, state in self._entries(part):
            text = re.search(self.pick, text).group(1) if self.pick and text else text  # type: ignore[union-attr]
            if not text.strip() or text in part.missing or plain(text) == plain(value):
                continue
            if known.get(plain(text)) != (value or state) and text not in self.book.mangled:
                found[text] = value or state
        lists = self.uses[0] if len(self.uses) == 1 else list(self.uses)
        return ({"uses": lists} if self.uses else {}) | ({"codes": found} if found else {})


def _taken(chosen: np.ndarray, texts: Sequence[str | None]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(chosen, pa.int32()), pa.array(texts, pa.string())).cast(
        pa.string()
    )


@dataclass(frozen=True)
class Day(Placed):
    """A day, written as `form`; `order` where it is not the return's own."""

    form: str = ""
    order: str = ""
    kind = "day"

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """The day in the force's form."""
        form = self.form or ORDERS[self.order or part.date_order or "ymd"]
        values = rows.values[self.name]
        cells, states = whole(rng, values, days(values, form), self.blanks, part)
        return Written({self.header: cells}, {self.name: Meaning(days(values, ORDERS["ymd"]), states)})

    def says(self, part: Part) -> dict[str, object]:
        """Its own order."""
        return {"date_order": self.order} if self.order else {}


@dataclass(frozen=True)
class Number(Placed):
    """A whole number: an age, a year, days between days; `mixed` where words stand among the numbers."""

    @property
    def kind(self) -> str:  # type: ignore[override]
        """Whether all cells are numbers."""
        return "mixed" if self.blanks else "number"

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """The number, or what the force writes for none."""
        values = rows.values[self.name]
        texts = numbers(values)
        cells, states = whole(rng, values, texts, self.blanks, part)
        return Written({self.header: cells}, {self.name: Meaning(texts, states)})


@dataclass(frozen=True)
class Ref(Placed):
    """A reference: the force's sign before a number."""

    sign: str = ""

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """The reference as the force writes it."""
        values = rows.values[self.name]
        texts = refs(self.name, values, self.sign)
        cells, states = whole(rng, values, texts, self.blanks, part)
        return Written({self.header: cells}, {self.name: Meaning(texts, states)})


@dataclass(frozen=True)
class Mark:
    """The force's own mark of duplicates."""

    header: str
    original: str
    duplicate: str
    kind = "text"
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    def delivers(self, name: str, value: str) -> bool:
        """No field."""
        return False

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """It is no field of the record: `duplicates` says what it means."""
        return {}

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """Marked where the row is a duplicate."""
        marked = pa.array(rows.fault == "DUP-010")
        return Written({self.header: pc.if_else(marked, self.duplicate, self.original)}, {})


@dataclass(frozen=True)
class Unmapped:
    """A column that no field is made of."""

    header: str
    texts: tuple[str, ...]
    kind = "text"
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    def delivers(self, name: str, value: str) -> bool:
        """No field."""
        return False

    def maps(self, part: Part) -> Mapping[str, Mapping[str, object]]:
        """Nothing."""
        return {}

    def write(self, rows: Rows, rng: np.random.Generator, part: Part) -> Written:
        """Any of the texts."""
        chosen = rng.integers(0, len(self.texts), len(rows))
        return Written({self.header: _taken(chosen, list(self.texts))}, {})

"""From a stream of records to a delivered table: header, rows kept, rows refused, nothing lost between."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading.header import column_names, is_unnamed
from fullpicture.collect.reading.records import Record, Unreadable
from fullpicture.collect.reading.refusals import Refusals
from fullpicture.collect.reading.runs import Gap, Item, Ragged, Run
from fullpicture.core.errors import SourceRefused

_CELLS_A_BATCH = 200_000


@dataclass
class _Kept:
    """Rows that fit the header, some thousands of them at a time as text columns."""

    names: list[str]
    _batches: list[pa.RecordBatch] = field(default_factory=list)
    _parts: list[pa.RecordBatch] = field(default_factory=list)
    _part_rows: int = 0
    _numbers: list[int] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)

    def add(self, record: Record) -> None:
        self._numbers.append(record.row)
        self._rows.append(record.cells)
        if len(self._rows) * len(self.names) >= _CELLS_A_BATCH:
            self._end_part()

    def add_run(self, run: Run) -> None:
        self._end_part()
        self._add_part(run.rows.columns)

    def table(self) -> pa.Table:
        """All rows added; nothing is kept here any more."""
        self._end_part()
        self._end_batch()
        batches, self._batches = self._batches, []
        return pa.Table.from_batches(batches, self._schema())

    def _end_part(self) -> None:
        if self._rows:
            columns = [pa.array(column, pa.string()) for column in zip(*self._rows, strict=True)]
            numbers, self._numbers, self._rows = pa.array(self._numbers, pa.int64()), [], []
            self._add_part([numbers, *columns])

    def _add_part(self, columns: list[pa.Array]) -> None:
        self._parts.append(pa.RecordBatch.from_arrays(columns, schema=self._schema()))
        self._part_rows += len(columns[0])
        if self._part_rows * len(self.names) >= _CELLS_A_BATCH:
            self._end_batch()

    def _end_batch(self) -> None:
        """Many short runs become one, so that a table with rows refused all over is as quick to use."""
        if len(self._parts) > 1:
            self._parts = pa.Table.from_batches(self._parts).combine_chunks().to_batches()
        self._batches += self._parts
        self._parts, self._part_rows = [], 0

    def _schema(self) -> pa.Schema:
        return pa.schema([("row", pa.int64()), *((name, pa.string()) for name in self.names)])


def delivered_rows(items: Iterator[Item], file: str, sheet: str, footer_rows: int) -> Delivered:
    """The table under the header, which is the first item.

    Empty rows at the end and the declared footer are not data and not counted.

    Raises:
        SourceRefused: there is no header, or no row under it that fits it.
    """
    where = f"{file}, sheet {sheet}" if sheet else file
    header = _header(items, where)
    kept = _Kept(column_names(header.cells, f"{where}, row {header.row}"))
    refusals = Refusals(file, sheet)
    data = _without_trailing_empty(_without_footer(_without_trailing_empty(items), footer_rows))
    for item in data:
        _sort(item, kept, refusals)
    table = kept.table()
    if not table.num_rows:
        raise _no_rows(where, header, refusals)
    rows_in = table.num_rows + refusals.counts.total()
    table = _with_named_columns(table, f"{where}, row {header.row}")
    return Delivered(file, sheet, table, rows_in, dict(refusals.counts), refusals.problems)


def _header(items: Iterator[Item], where: str) -> Record:
    header = next(items, None)
    if header is None:
        raise SourceRefused(where, "it has no rows.", "Deliver the file again; this one is empty.")
    if isinstance(header, Unreadable):
        raise SourceRefused(
            f"{where}, row {header.row}", f"the header cannot be read. {header.what}", header.mend
        )
    assert isinstance(header, Record), "a run comes after the header"
    return header


def _sort(item: Item, kept: _Kept, refusals: Refusals) -> None:
    if isinstance(item, Run):
        kept.add_run(item)
    elif isinstance(item, Unreadable):
        refusals.unreadable(item)
    elif isinstance(item, Ragged):
        refusals.ragged(item.numbers, item.widths, len(kept.names))
    elif isinstance(item, Gap):
        refusals.empty(item.row, item.count)
    elif len(item.cells) != len(kept.names):
        refusals.ragged_record(item, len(kept.names))
    else:
        kept.add(item)


def _gap(item: Item) -> Gap | None:
    """Empty rows, where an item is that."""
    if isinstance(item, Record) and item.row == item.last and not any(map(str.strip, item.cells)):
        return Gap(item.row, 1)
    return item if isinstance(item, Gap) else None


def _without_trailing_empty(items: Iterator[Item]) -> Iterator[Item]:
    """Empty rows follow each other, so that a first one and how many there are say all of them."""
    gap: Gap | None = None
    for item in items:
        if empty := _gap(item):
            gap = Gap(gap.row, gap.count + empty.count) if gap else empty
            continue
        if gap:
            yield gap
            gap = None
        yield item


def _without_footer(items: Iterator[Item], footer_rows: int) -> Iterator[Item]:
    held: deque[Item] = deque()
    count = 0
    for item in items:
        held.append(item)
        count += _rows_of(item)
        while held and count - _rows_of(held[0]) >= footer_rows:
            count -= _rows_of(held[0])
            yield held.popleft()
    if count > footer_rows and isinstance(held[0], Run | Gap | Ragged):
        yield held[0].first(count - footer_rows)


def _rows_of(item: Item) -> int:
    return len(item) if isinstance(item, Run | Gap | Ragged) else 1


def _no_rows(where: str, header: Record, refusals: Refusals) -> SourceRefused:
    if not refusals.counts:
        mend = "Deliver the file again with its rows, or leave it out."
        return SourceRefused(where, f"it has no rows under the header in row {header.row}.", mend)
    count = refusals.counts.total()
    what = f"none of its {count:,} rows fits the header in row {header.row}."
    if refusals.widths:
        usual = refusals.widths.most_common(1)[0][0]
        what += f" The header has {len(header.cells)} cells, most rows have {usual}."
    mend = "Check the separator, and say which row holds the headers with header_row."
    return SourceRefused(where, what, mend)


def _with_named_columns(table: pa.Table, where: str) -> pa.Table:
    """Without columns at the right that have neither a header nor a cell.

    Raises:
        SourceRefused: fewer than half of the columns have a header, as where a title stands above the table.
    """
    names = table.column_names
    last = len(names) - 1
    while is_unnamed(names[last], last) and not _has_text(table.column(last)):
        last -= 1
    table = table.select(range(last + 1))
    unnamed = sum(is_unnamed(name, place) for place, name in enumerate(names[: last + 1]))
    columns = table.num_columns - 1
    if unnamed * 2 > columns:
        what = f"only {columns - unnamed} of {columns} columns have a header.{_likelier_header(table)}"
        mend = "Say which row holds the headers with header_row."
        raise SourceRefused(where, what, mend)
    return table


def _has_text(column: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.not_equal(column, "")).as_py())


def _likelier_header(table: pa.Table) -> str:
    """Of the first thirty rows, the first that has the most cells filled."""
    head = table.slice(0, 30).to_pylist()
    fullest = max(head, key=lambda row: sum(bool(cell) for cell in row.values()))
    return f" Row {fullest['row']} looks like the header."

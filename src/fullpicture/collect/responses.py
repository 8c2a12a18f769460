"""What people wrote: answers and comments from a delivered file, each with its id, question and role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fullpicture.collect.findings import Findings
from fullpicture.collect.named_columns import read_named
from fullpicture.collect.source import Reading
from fullpicture.core.problem import Problem

ROLES = ("victim", "witness", "personnel", "parent", "organisation")
"""Who answers; "" where nobody said."""

RESPONSE_SCHEMA = pa.schema(
    [
        ("row", pa.int64()),
        ("id", pa.string()),
        ("text", pa.string()),
        ("question", pa.string()),
        ("group", pa.string()),
        ("role", pa.string()),
    ]
)


@dataclass(frozen=True)
class ResponseColumns:
    """The headers of a file of responses; "" for `question`, `group` or `role` that it does not have.

    `group` is whoever may have given several responses: a respondent, or a household.
    """

    id: str
    text: str
    question: str = ""
    group: str = ""
    role: str = ""


@dataclass(frozen=True)
class Responses:
    """Responses with a text, one row each (`RESPONSE_SCHEMA`); rows in = rows kept + the sum of `refused`."""

    table: pa.Table
    rows_in: int
    refused: Mapping[str, int]
    problems: tuple[Problem, ...]


def read_responses(path: Path, columns: ResponseColumns, reading: Reading | None = None) -> Responses:
    """Reads a file of responses.

    A response without a text, without an id, or with an id that an earlier one has, is refused with a line
    that says so; the words themselves are never in a message.

    Raises:
        SourceRefused: the file cannot be read, or lacks columns (all named, each with the nearest header).
    """
    named = read_named(path, vars(columns), reading)
    delivered, places, cells, rows = named.delivered, named.places, named.cells, named.rows
    found = Findings(delivered.file, delivered.sheet)
    kept = kept_of(rows, cells, places, found, set())
    blank = [""] * len(rows)
    data = {name: cells.get(name, blank) for name in ("id", "text", "question", "group", "role")}
    data["role"] = [role_of(role, row, places, found) for role, row in zip(data["role"], rows, strict=True)]
    table = pa.table({"row": rows, **data}, schema=RESPONSE_SCHEMA).filter(pa.array(kept, pa.bool_()))
    refused = {**delivered.refused, **found.refused}
    assert delivered.rows_in == table.num_rows + sum(refused.values()), "rows in = rows kept + rows refused"
    return Responses(table, delivered.rows_in, refused, (*delivered.problems, *found.problems))


def kept_of(
    rows: list[int],
    cells: Mapping[str, list[str]],
    places: Mapping[str, str],
    found: Findings,
    seen: set[str],
) -> list[bool]:
    """Whether each row is kept; the others are refused by rule. `seen` are ids before, and is added to."""
    without_id, again, without_text = list[int](), list[int](), list[int]()
    kept = []
    for row, id_, text in zip(rows, cells["id"], cells["text"], strict=True):
        refusal = None
        if not id_.strip():
            refusal = without_id
        elif id_ in seen:
            refusal = again
        elif not text.strip():
            refusal = without_text
        seen.add(id_)
        kept.append(refusal is None)
        if refusal is not None:
            refusal.append(row)
    found.refuse("RSP-001", without_id, places["id"], "this response has no id")
    found.refuse("RSP-002", again, places["id"], "an earlier response has this id")
    found.refuse("RSP-003", without_text, places["text"], "this response has no text")
    return kept


def role_of(role: str, row: int, places: Mapping[str, str], found: Findings) -> str:
    """The role in our words, "" where it is none of them."""
    low = role.strip().lower()
    if low and low not in ROLES:
        found.add("RSP-004", row, places["role"], "this is not a role.")
        return ""
    return low

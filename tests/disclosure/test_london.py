"""Real statistics: victims in London, in stacked sheets of one total, protected together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import numpy as np
import pytest

from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.linked import LinkedTables, Tree
from fullpicture.disclosure.linking import link
from fullpicture.disclosure.protecting import Request, protect_tables
from fullpicture.disclosure.rule import Rule

VICTIMS = (
    Path(__file__).resolve().parents[2] / "../shared/data/police/london_vawg/vawg-victims.parquet"
).resolve()
pytestmark = pytest.mark.skipif(not VICTIMS.exists(), reason="no folder shared/data beside the checkout")

LEVELS = ("bcu_location", "borough_name", "ward_name_clean_2")
SHEETS = {"location": LEVELS, "age group": ("age_group",), "ethnic group": ("ethnic_appearance_group_group",)}


def victims(since: str) -> LinkedTables:
    """Month by place, month by age and month by ethnic group, which share the totals of months."""
    months, places = _Codes("month"), [_Codes(name) for name in SHEETS]
    counts: dict[tuple[int, ...], int] = {}
    for sheet, (name, columns) in enumerate(SHEETS.items()):
        said = ", ".join(f"coalesce({column}, 'not known')" for column in columns)
        rows = duckdb.sql(
            f"select recorded_date_months::varchar, {said}, sum(count)::bigint from '{VICTIMS}' "
            f"where sheet like '%{name}' and recorded_date_months::varchar >= '{since}' "
            "group by all order by all"
        ).fetchall()
        for month, *path, count in rows:
            for when in months.path([month]):
                for code in places[sheet].path(path):
                    key = [when, 0, 0, 0]
                    key[sheet + 1] = code
                    counts[tuple(key)] = counts.get(tuple(key), 0) + (count if code or not sheet else 0)
    every = [months, *places]
    trees = [Tree(place, np.array(codes.parents)) for place, codes in enumerate(every)]
    keys = np.array(list(counts), dtype=np.int64)
    names = [codes.name for codes in every]
    return link(names, [list(codes.places) for codes in every], trees, keys, np.array(list(counts.values())))


class _Codes:
    """The codes of a dimension, with a root, each with its parent."""

    def __init__(self, name: str) -> None:
        self.name, self.places, self.parents = name, {"all": 0}, [-1]

    def path(self, steps: Iterable[str]) -> list[int]:
        """The root and the code of each step down."""
        found, named = [0], ""
        for step in steps:
            named = f"{named}/{step}"
            if named not in self.places:
                self.places[named] = len(self.parents)
                self.parents.append(found[-1])
            found.append(self.places[named])
        return found


def test_linked_sheets_of_london_are_safe_from_both_intruders() -> None:
    tables = victims("2025-11")
    assert len(tables) > 2000
    assert not len(tables.inconsistent())
    answer = protect_tables(tables, Request(Rule(4)), ["suppress"])
    asked = Asked(4, primary=answer.draft.primary)
    audited = audit(answer.draft.published, asked, tables.counts)
    assert not audited.leaks.any()
    assert not audited.told

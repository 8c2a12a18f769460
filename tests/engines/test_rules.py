"""The rules of returns find the same on every engine."""

from __future__ import annotations

import ibis
import pyarrow as pa
import pytest

from fullpicture.collect.rules import RECORD_RULES
from fullpicture.collect.rules.asking import asked_of, asking, broken, broken_among, places_of
from fullpicture.collect.rules.facts import known_of, with_facts
from tests.collect.rules.cases import CASES
from tests.collect.rules.invented import LINK, context, everything, records
from tests.engines.conftest import MakeTable

KEYS = ("", *dict.fromkeys(rule.among for rule in RECORD_RULES if rule.among))
NONE_REFUSED = pa.table({"place": pa.array([-1], pa.int64())})


def plain(table: pa.Table) -> pa.Table:
    """With texts as texts: not every engine takes a dictionary."""
    texts = {pa.dictionary(pa.int32(), pa.string()): pa.string()}
    return table.cast(pa.schema([(field.name, texts.get(field.type, field.type)) for field in table.schema]))


@pytest.mark.parametrize("among", KEYS)
def test_the_same_records_break_the_same_rules(
    engine: ibis.BaseBackend, make_table: MakeTable, among: str
) -> None:
    rows = [row for cases in CASES.values() for case in cases for row in case.rows]
    asked, known = asked_of(records(rows), context()), known_of(everything(), context(), RECORD_RULES)
    tables = make_table("asked", plain(asked)), make_table("known", known)
    refused = make_table("refused", NONE_REFUSED)
    single = [rule for rule in RECORD_RULES if not rule.among]
    there = broken_among(among, LINK, *tables, refused) if among else broken(with_facts(*tables), single)
    with asking(LINK, asked, known, everything()) as ask:
        here = ask(among)
    found = places_of(engine.to_pyarrow(there))
    assert {code: list(places) for code, places in found.items()} == {
        code: list(places) for code, places in here.items()
    }
    assert here

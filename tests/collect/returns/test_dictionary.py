"""The data dictionary and the schemas are what the code says, and records fit their schema."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from fullpicture.collect.returns.mapping import FieldMap
from fullpicture.collect.returns.record import ENTITIES, Unit
from tests.collect.returns.rows import mapped

SCRIPT = Path(__file__).parents[3] / "scripts/write_dictionary.py"
SPEC = importlib.util.spec_from_file_location("write_dictionary", SCRIPT)
assert SPEC is not None
assert SPEC.loader is not None
WRITER = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(WRITER)


def test_the_pages_are_what_the_code_says() -> None:
    stale = [path.name for path, text in WRITER.files().items() if path.read_text(encoding="utf-8") != text]

    assert stale == [], "run scripts/write_dictionary.py"


@pytest.mark.parametrize("unit", list(ENTITIES))
def test_records_have_the_columns_of_their_schema(unit: Unit) -> None:
    schema = json.loads((SCRIPT.parents[1] / f"docs/schemas/{unit}.json").read_text(encoding="utf-8"))

    records = mapped({"Ref": ["1"]}, FieldMap("crime_ref", ("Ref",)), unit=unit).records

    assert [field["name"] for field in schema["fields"]] == records.column_names
    kinds = {"integer": ("int64", "int32"), "date": ("date32[day]",)}
    for field in schema["fields"]:
        expected = kinds.get(field["type"], ("string", "dictionary<values=string, indices=int32, ordered=0>"))
        assert str(records.schema.field(field["name"]).type) in expected

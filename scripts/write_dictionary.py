"""Writes docs/data-dictionary.md and docs/schemas/*.json from the canonical record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fullpicture.collect.returns import codelists
from fullpicture.collect.returns.record import (
    ENTITIES,
    FIELDS,
    KEYS,
    QUALIFIERS,
    STATES,
    Field,
    Unit,
    fields_of,
)

DOCS = Path(__file__).parent.parent / "docs"
FRICTIONLESS = {
    "code": "string",
    "flag": "boolean",
    "date": "date",
    "whole number": "integer",
    "reference": "string",
}

START = """\
# Data dictionary

What every force's return becomes. Made from the code by `scripts/write_dictionary.py`; the same as
Frictionless Table Schemas, one for each counting unit: {schemas}.

A row is one crime, one victim, one suspect, or one crime with one of its victims and one of its suspects.
Units are never added together. Every table begins with `file`, `row` (the file's own row number) and
`police_force` (the force's area code). Each field `F` is then four columns:

| column | holds |
|---|---|
| `F` | the value; nothing where there is none |
| `F__state` | why there is none: {states}; empty where there is a value |
| `F__raw` | the text as delivered; not of fields that identify, and empty where a value is worked out |
| `F__rule` | the mapping rule that made it: `kent.victim_sex:F` is the code F in Kent's mapping |

`unknown` was asked and is not known; `not recorded` was not written down; `not applicable` does not apply;
`unusable` was written so that nobody can use it, and a problem says where. References are hashed with the
programme's key. How returns are mapped to this is in [mapping-a-return.md](mapping-a-return.md).
"""


def dictionary() -> str:
    """The page."""
    schemas = ", ".join(f"[{unit}](schemas/{unit}.json)" for unit in ENTITIES)
    parts = [START.format(schemas=schemas, states=", ".join(f"`{state}`" for state in STATES))]
    for entity in ("crime", "victim", "suspect"):
        parts.append(f"\n## {entity.capitalize()}\n\n")
        parts.append("| field | title | kind | definition | values |\n|---|---|---|---|---|\n")
        parts += [_line(field) for field in FIELDS if field.entity == entity]
    parts.append("\n## How values were taken\n\nBeside a value; empty where there is none.\n\n")
    parts.append("| column | says one of |\n|---|---|\n")
    parts += [f"| `{name}` | {', '.join(known)} |\n" for name, known in QUALIFIERS.items()]
    parts.append("\n## Lists of values\n")
    for name in dict.fromkeys(field.code_list for field in FIELDS if field.code_list):
        parts.append(f"\n### {name}\n\n{_values(name)}")
    parts.append(f"\nMappings may use these lists of how forces write values: {_lists()}.\n")
    return "".join(parts)


def schema(unit: Unit) -> dict[str, Any]:
    """The Frictionless Table Schema of a table of records of one unit."""
    fields: list[dict[str, Any]] = [
        {"name": "file", "type": "string", "description": "The delivered file."},
        {"name": "row", "type": "integer", "description": "The file's own row number."},
        {"name": "police_force", "type": "string", "description": "The area code of the force."},
    ]
    assert tuple(field["name"] for field in fields) == KEYS
    for field in fields_of(unit):
        fields += _columns(field)
    names = {field.name for field in fields_of(unit)}
    for name, known in QUALIFIERS.items():
        if name.rpartition("_")[0] in names:
            fields.append({"name": name, "type": "string", "constraints": {"enum": ["", *known]}})
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": f"Records, one row per {unit}",
        "fields": fields,
        "primaryKey": ["file", "row"],
        "missingValues": [""],
    }


def files() -> dict[Path, str]:
    """Every generated file and what it should say."""
    written = {DOCS / "data-dictionary.md": dictionary()}
    for unit in ENTITIES:
        text = json.dumps(schema(unit), indent=1, ensure_ascii=False) + "\n"
        written[DOCS / "schemas" / f"{unit}.json"] = text
    return written


def _columns(field: Field) -> list[dict[str, Any]]:
    value: dict[str, Any] = {
        "name": field.name,
        "title": field.title,
        "description": field.definition,
        "type": FRICTIONLESS[field.kind],
    }
    if field.kind == "flag":
        value |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if field.code_list and field.code_list != "offence":
        value["constraints"] = {"enum": list(codelists.canonical(field.code_list))}
    columns = [
        value,
        {"name": f"{field.name}__state", "type": "string", "constraints": {"enum": ["", *STATES]}},
    ]
    if not field.identifying:
        columns.append({"name": f"{field.name}__raw", "type": "string"})
    return [*columns, {"name": f"{field.name}__rule", "type": "string"}]


def _line(field: Field) -> str:
    known = "yes, no" if field.kind == "flag" else ""
    if field.code_list:
        known = f"[{field.code_list}](#{field.code_list})"
    kind = f"{field.kind}, identifying" if field.identifying else field.kind
    return f"| `{field.name}` | {field.title} | {kind} | {field.definition} | {known} |\n"


def _values(name: str) -> str:
    rows = codelists.rows_of(name)
    if "title" not in rows[0]:
        return ", ".join(codelists.canonical(name)) + "." + MEANINGS.get(name, "") + "\n"
    lines = [f"| {row['code']} | {row['title']} |\n" for row in rows]
    if name == "offence":
        lines.append("\nA code of the Home Office that is not here is kept as written, and noted.\n")
    return "| code | title |\n|---|---|\n" + "".join(lines)


MEANINGS = {
    "relationship": """

What the suspect is to the victim. A list that only says family is `other family`; one that does not part
present from former partners is `intimate partner`. "Parent of" and "Child of" do not say of whom, so that
they are `other family` until the mapping's codes say which way the force means them. Somebody known by sight
is an acquaintance.""",
    "ethnicity": """

Officer-defined codes (IC1 to IC6) and self-defined ones (16+1, 18+1) are put into one list, and the scheme
stays beside the value: never compare shares across schemes.""",
}


def _lists() -> str:
    return ", ".join(f"`{name}`" for name in codelists.names())


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

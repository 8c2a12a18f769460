"""Writes a force's `sources/<force>.toml` as an analyst would: what is said once is said once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from fullpicture.collect.returns.record import BY_NAME
from fullpicture.demo.parts import Part
from fullpicture.demo.places import Force

LONGEST = 110
_OWNER = {
    "owner": "The invented nation's national team",
    "purpose": "To show how the package works",
    "retained_until": "2030-12-31",
}


def source_id(force: Force, part: Part) -> str:
    """The id of the source that holds a part of a force's return."""
    name = re.sub(r"\W+", "_", force.name.lower())
    return f"{name}_{part.name}" if part.name else name


def mapping_text(force: Force, parts: Sequence[tuple[Part, str]]) -> str:
    """The file: a table for each part, with the pattern of its files' names."""
    return "\n".join(_table(force, part, files) for part, files in parts)


def _table(force: Force, part: Part, files: str) -> str:
    id_ = source_id(force, part)
    keys: dict[str, object] = {
        "title": f"{force.name}'s return" + (f": {part.name}" if part.name else ""),
        "layout": "return",
        "police_force": force.code,
        "unit": part.unit,
        "files": [files],
        **_reading(part),
        **({"date_order": part.date_order} if part.date_order else {}),
        **({"missing": part.missing} if part.missing else {}),
        **({"empty": part.empty} if part.empty != "not recorded" else {}),
        **({"where": {name: list(texts) for name, texts in part.where.items()}} if part.where else {}),
        **_duplicates(part),
        **_OWNER,
    }
    lines = [f"# {remark}" for remark in part.remarks]
    lines += [f"[source.{id_}]", *(f"{key} = {_said(value)}" for key, value in keys.items())]
    return "\n".join([*lines, "", *_fields(id_, part), ""])


def _reading(part: Part) -> dict[str, object]:
    saving = part.saving
    encoding = "utf-8" if saving.encoding == "utf-8-sig" else saving.encoding
    return {
        **({"encoding": encoding} if encoding != "utf-8" else {}),
        **({"separator": saving.separator} if saving.separator else {}),
        **({"header_row": len(saving.above) + 1} if saving.above else {}),
        **({"footer_rows": len(saving.below)} if saving.below else {}),
        **({"sheet": saving.sheet} if saving.sheet else {}),
    }


def _duplicates(part: Part) -> dict[str, object]:
    marks = part.duplicates
    if marks is None:
        return {}
    side = {"keep": list(marks.keep)} if marks.keep else {"drop": list(marks.drop)}
    said = {name: texts[0] if len(texts) == 1 else texts for name, texts in side.items()}
    return {"duplicates": {"header": marks.header, **said, "of": marks.of}}


def _fields(id_: str, part: Part) -> list[str]:
    """Short fields on a line each; those with long lists of codes in tables of their own."""
    maps = {name: keys for column in part.columns for name, keys in column.maps(part).items()}
    order = [name for name in BY_NAME if name in maps]
    width = max(len(name) for name in order)
    short, long = [f"[source.{id_}.field]"], []
    for name in order:
        line = f"{name:{width}} = {_said(maps[name])}"
        if len(line) <= LONGEST:
            short.append(line)
            continue
        keys = {key: value for key, value in maps[name].items() if key != "codes"}
        long += [
            "",
            f"[source.{id_}.field.{name}]",
            *(f"{key} = {_said(value)}" for key, value in keys.items()),
        ]
        codes = maps[name].get("codes")
        if isinstance(codes, Mapping):
            long += ["", f"[source.{id_}.field.{name}.codes]"]
            long += [f"{_key(key)} = {_said(value)}" for key, value in codes.items()]
    return [*short, *long]


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_said(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_said(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text) else json.dumps(text, ensure_ascii=False)

"""Reads a programme's TOML files and lists every mistake in them: file, key, what to write instead."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from fullpicture.core.errors import Mistake

Form = TypeVar("Form")


@dataclass(frozen=True)
class NamedTable:
    """One TOML table: its id, what it says, and where it stands, for messages."""

    id: str
    given: Mapping[str, Any]
    where: str


def read_toml(path: Path, name: str, mistakes: list[Mistake]) -> dict[str, Any]:
    """The file's tables; a file that is no TOML is a mistake with its line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        mistakes.append(Mistake(name, f"this is not valid TOML: {error}.", "Mend the line named."))
    except UnicodeDecodeError:
        mistakes.append(Mistake(name, "this file is not UTF-8.", "Save it as UTF-8."))
    except FileNotFoundError:
        mistakes.append(Mistake(name, "this file is missing.", "Every programme folder needs it."))
    except OSError as error:
        what = f"this cannot be read as a file ({error.strerror})."
        mistakes.append(Mistake(name, what, "Put a file there that you may read."))
    return {}


def checked(form: type[Form], given: Mapping[str, Any], where: str, mistakes: list[Mistake]) -> Form | None:
    """The table as its form, or None with every mistake in it listed."""
    try:
        adapter: TypeAdapter[Form] = _adapter(form)  # type: ignore[arg-type]
        return adapter.validate_python(given)
    except ValidationError as error:
        mistakes += [_mistake(form, details, where) for details in error.errors()]
        return None


@cache
def _adapter(form: type[Any]) -> TypeAdapter[Any]:
    """What checks a form; making one takes a hundred times as long as checking a table with it."""
    return TypeAdapter(form)


def _mistake(form: type[Any], details: Any, where: str) -> Mistake:
    path = [str(part) for part in details["loc"] if not _is_internal(part)]
    key = ".".join(path)
    place = f"{where} {key}".strip()
    if details["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return Mistake(place, "this key is not known.", nearest_hint(path[-1], _keys_of(form, path)))
    if details["type"] in ("missing", "missing_argument"):
        return Mistake(place, "this key is missing.", f"Write {path[-1]} = ... in this table.")
    if details["type"] == "literal_error":
        return Mistake(place, "this value is not known.", f"Write one of {details['ctx']['expected']}.")
    return Mistake(place, f"{_said(details['msg'])}.", "Write it as docs/settings.md shows.")


def _is_internal(part: object) -> bool:
    """Pydantic names the branch of a union it tried; people do not."""
    return isinstance(part, str) and (part in ("str", "int") or part.endswith("Form") or "[" in part)


def _said(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _keys_of(form: type[Any], path: list[str]) -> list[str]:
    """The keys of the table that a mistake is in."""
    for part in path[:-1]:
        form = _form_in(get_type_hints(form).get(part)) or form
    return [item.name for item in fields(form)]


def _form_in(hint: Any) -> type[Any] | None:
    """The form that a key holds, or each of a list of them."""
    if isinstance(hint, type) and is_dataclass(hint):
        return hint
    return next((found for one in get_args(hint) if (found := _form_in(one))), None)


def nearest_hint(given: str, known: list[str]) -> str:
    """What to write instead: the nearest real name, or all of them where none is near."""
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"Known here: {', '.join(sorted(known)) or 'nothing yet'}."

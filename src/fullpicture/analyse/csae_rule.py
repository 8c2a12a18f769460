"""The CSAE rule as data: which offences count, what they say of a crime, which ages make which band."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from fullpicture.core.errors import Mistake, ProgrammeRefused

Counts = Literal["always", "victim", "flag"]
Says = Literal["yes", "no", ""]
_STRICT = {"extra": "forbid"}
_BAND = re.compile(r"under (?P<below>\d+)|(?P<low>\d+)-(?P<high>\d+)|(?P<from>\d+)\+")


@dataclass(frozen=True)
class Band:
    """An age band by its label (`0-3`, `under 10`, `60+`); `highest` is None where it has no end."""

    label: str
    lowest: int
    highest: int | None

    @classmethod
    def of(cls, label: str) -> Band:
        """The band that a label means."""
        found = _BAND.fullmatch(label)
        if not found:
            raise ValueError(f'"{label}" is no age band. Write it as "under 10", "10-17" or "60+"')
        if found["below"]:
            return cls(label, 0, int(found["below"]) - 1)
        if found["from"]:
            return cls(label, int(found["from"]), None)
        return cls(label, int(found["low"]), int(found["high"]))


@dataclass(frozen=True)
class Offence:
    """One offence: when it counts, as which crime type, and what it says where a return does not."""

    __pydantic_config__ = _STRICT
    title: str
    counts: Counts
    type: str
    contact: Says = ""
    familial: Says = ""


@dataclass(frozen=True)
class CsaeRule:
    """Which crimes are child sexual abuse and exploitation (`csae.toml`; docs/csae.md).

    Args:
        child_under: a victim below this age at the offence is a child.
        later_age_proves: an age below it when the crime was reported or its record created proves one at the
            offence.
        never: beginnings of codes that are no crimes.
        types: the crime types, the gravest first: a crime with two is counted under the first.
        victim_bands, suspect_bands: labels of age bands, from 0 on and without a gap.
        child_suspect: the suspect's band that means a child suspect.
        familial, not_familial: relationships that say so; any other says nothing.
        offences, classes: by code, and by class where a return has no code.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    child_under: int
    types: tuple[str, ...]
    victim_bands: tuple[str, ...]
    suspect_bands: tuple[str, ...]
    child_suspect: str
    offences: Annotated[Mapping[str, Offence], Field(alias="offence")]
    classes: Annotated[Mapping[str, Offence], Field(alias="class")] = field(default_factory=dict)
    later_age_proves: bool = False
    never: tuple[str, ...] = ()
    familial: tuple[str, ...] = ()
    not_familial: tuple[str, ...] = ()

    @classmethod
    def shipped(cls) -> CsaeRule:
        """The rule that comes with the package."""
        return _shipped()

    @classmethod
    def from_toml(cls, text: str, name: str = "csae.toml") -> CsaeRule:
        """The rule of a programme's own file, in the shape of the shipped one.

        Raises:
            ProgrammeRefused: the file has mistakes; all of them.
        """
        try:
            given = tomllib.loads(text)
            rule = TypeAdapter(cls).validate_python(given)
        except tomllib.TOMLDecodeError as error:
            mistake = Mistake(name, f"this is not valid TOML: {error}.", "Mend the line named.")
            raise ProgrammeRefused([mistake]) from None
        except ValidationError as error:
            raise ProgrammeRefused([_mistake(name, details) for details in error.errors()]) from None
        if wrong := rule.mistakes(name):
            raise ProgrammeRefused(wrong)
        return rule

    def mistakes(self, name: str = "csae.toml") -> list[Mistake]:
        """What does not fit together, which no single line shows."""
        known = f"Write one of {', '.join(self.types)}, or add it to types."
        wrong = [
            Mistake(f"{name} {key}.type", f'"{offence.type}" is not one of the types.', known)
            for key, offence in {**self.offences, **self.classes}.items()
            if offence.type not in self.types
        ]
        wrong += _mistakes_in_bands(f"{name} victim_bands", self.victim_bands)
        wrong += _mistakes_in_bands(f"{name} suspect_bands", self.suspect_bands)
        if self.child_suspect not in self.suspect_bands:
            mend = f"Write one of {', '.join(self.suspect_bands)}."
            wrong.append(Mistake(f"{name} child_suspect", "this is not one of suspect_bands.", mend))
        for text in sorted(set(self.familial) & set(self.not_familial)):
            wrong.append(Mistake(f"{name} familial", f'"{text}" is on both lists.', "Take it off one."))
        return wrong

    def codes(self, **facts: str) -> list[str]:
        """Codes of the offences of which these facts are true: `codes(counts="always")`."""
        return _keys(self.offences, facts)

    def classes_of(self, **facts: str) -> list[str]:
        """The same of the classes of offences."""
        return _keys(self.classes, facts)


@cache
def _shipped() -> CsaeRule:
    return CsaeRule.from_toml((files("fullpicture.analyse") / "csae.toml").read_text(encoding="utf-8"))


def _keys(offences: Mapping[str, Offence], facts: Mapping[str, str]) -> list[str]:
    return [
        key
        for key, offence in offences.items()
        if all(getattr(offence, name) == wanted for name, wanted in facts.items())
    ]


def _mistakes_in_bands(where: str, labels: tuple[str, ...]) -> list[Mistake]:
    """Bands must hold every age once, for an age in no band would be lost without a word."""
    try:
        bands = [Band.of(label) for label in labels]
    except ValueError as error:
        return [Mistake(where, f"{error}.", "")]
    whole = bool(bands) and bands[0].lowest == 0 and bands[-1].highest is None
    joined = all(a.highest is not None and b.lowest == a.highest + 1 for a, b in pairwise(bands))
    if whole and joined:
        return []
    mend = "Begin at 0, end with a band such as 60+, and let each begin where the one before ends."
    return [Mistake(where, "these bands do not hold every age once.", mend)]


def _mistake(name: str, details: Any) -> Mistake:
    place = ".".join(str(part) for part in details["loc"])
    said = str(details["msg"])
    said = f"{said[:1].lower()}{said[1:].rstrip('.')}."
    return Mistake(f"{name} {place}", said, "Write it as the shipped csae.toml does.")

"""From a claim to lines of a mapping: header, lists, how the value was taken, and what must be checked."""

from __future__ import annotations

from fullpicture.collect.returns.headers import plain
from fullpicture.collect.returns.mapping import DuplicateMark, FieldMap
from fullpicture.collect.returns.marks import COPY, ORIGINAL
from fullpicture.collect.returns.proposing.header import concepts_of, words_of
from fullpicture.collect.returns.proposing.lists import known_texts
from fullpicture.collect.returns.proposing.look import Look
from fullpicture.collect.returns.record import BY_NAME, QUALIFIERS, Unit

_SCHEMES = {"ethnicity-ic": "IC", "ethnicity-16": "16+1", "ethnicity-18": "18+1"}


def field_map(name: str, header: str, look: Look) -> tuple[FieldMap, tuple[str, ...]]:
    """How a column becomes a field, and what about it is not certain."""
    field, checks = BY_NAME[name], []
    uses: tuple[str, ...] = ()
    if field.kind in ("code", "flag"):
        uses = known_texts(field, look.texts if len(look.texts) <= 5_000 else look.shown).lists
    basis = by = ""
    if field.qualified_by:
        basis, is_said = _basis(name, header, look, uses)
        if not is_said:
            options = ", ".join(f'"{option}"' for option in QUALIFIERS[field.qualified_by])
            checks.append(f"the header does not say the basis: one of {options}")
    if name.endswith("_ethnicity"):
        by = _defined_by(header, basis)
        if by == "not stated":
            checks.append('nothing says who defined it: "self" or "officer"')
    return FieldMap(name, headers=(header,), uses=uses, basis=basis, by=by), tuple(checks)


def duplicate_mark(header: str, look: Look) -> tuple[DuplicateMark | None, tuple[str, ...]]:
    """Which rows the force's own mark keeps; None where its texts say nothing known."""
    said = _said(header)
    of: Unit = "crime"
    if {"victim", "suspect"} <= said:
        of = "crime-victim-suspect"
    elif "victim" in said or "suspect" in said:
        of = "victim" if "victim" in said else "suspect"
    texts = [*look.texts, *look.missing]
    keep = tuple(text for text in texts if plain(text) in ORIGINAL)
    drop = tuple(text for text in texts if plain(text) in COPY)
    others = len(texts) - len(keep) - len(drop)
    checks = (f"{others} of its texts say neither original nor duplicate",) if others else ()
    if keep and not (drop and others):
        return DuplicateMark(header, keep=keep, of=of), checks
    if drop:
        return DuplicateMark(header, drop=drop, of=of), checks
    return None, ("its texts do not say which rows are duplicates",)


def _said(header: str) -> frozenset[str]:
    return frozenset[str]().union(*concepts_of(header))


def _basis(name: str, header: str, look: Look, uses: tuple[str, ...]) -> tuple[str, bool]:
    """The basis, and whether header or cells say it; where they do not, the usual one."""
    said = _said(header)
    if name.endswith("_ethnicity"):
        return _scheme(look, uses), bool(uses)
    if name == "recorded_year":
        for concept in ("created", "reported", "recorded"):
            if concept in said:
                return concept, True
        return "recorded", False
    if name.endswith("_age"):
        return _age_basis(said)
    start = "recorded" if "recorded" in said and "reported" not in said else "reported"
    is_said = bool(said & {"recorded", "reported"})
    return (start if name == "days_to_outcome" else f"offence from to {start}"), is_said


def _age_basis(said: frozenset[str]) -> tuple[str, bool]:
    if said & {"created", "recorded"} and not {"happened", "born"} <= said and "from" not in said:
        return "record created", True
    if "happened" in said or "from" in said:
        return "offence", True
    return ("reported", True) if "reported" in said else ("offence", False)


def _scheme(look: Look, uses: tuple[str, ...]) -> str:
    scheme = next((_SCHEMES[name] for name in uses if name in _SCHEMES), "force")
    has_nine = any(plain(text).split()[0] in ("9", "ic9") for text in look.texts if plain(text))
    return "IC+9" if scheme == "IC" and has_nine else scheme


def _defined_by(header: str, scheme: str) -> str:
    said = _said(header)
    if "self" in said or scheme in ("16+1", "18+1"):
        return "self"
    return (
        "officer"
        if "officer" in said or scheme.startswith("IC") or "ic" in words_of(header)
        else "not stated"
    )

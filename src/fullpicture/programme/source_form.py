"""From a source's table to the noun, with what its layout and its claim to be published ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fullpicture.collect.source import Blank, Layout, NotSupplied, Reading, Source
from fullpicture.core.errors import Mistake
from fullpicture.core.period import Period
from fullpicture.programme.forms import SourceForm, Values, Where
from fullpicture.programme.toml import nearest_hint

RECORD_LEVEL: tuple[Layout, ...] = ("return", "responses", "transcripts")
FORCES = ("police force area", "police force", "fraud body")
_COVERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "home-office-crime": ("ALL", FORCES),
    "home-office-outcomes": ("ALL", FORCES[:2]),
    "return": ("K04000001", FORCES[:1]),
    "responses": ("K04000001", FORCES[:1]),
    "transcripts": ("K04000001", FORCES[:1]),
}
_SAID = {"responses": ("columns",), "transcripts": ("key", "area", "period")}
"""What else a source of words must say, by layout."""
_PUBLIC_BODIES = ("E92000001", ("local authority",))


def extended(
    id_: str, tables: Mapping[str, Mapping[str, Any]], where: str, mistakes: list[Mistake]
) -> dict[str, Any] | None:
    """A source's table on top of the one it extends; a chain is followed, a circle is a mistake."""
    given, seen = dict(tables[id_]), [id_]
    while given.get("extends"):
        base = given.pop("extends")
        if base not in tables or base in seen:
            hint = nearest_hint(str(base), [name for name in tables if name not in seen])
            mistakes.append(Mistake(f"{where} extends", f'there is no source "{base}" to extend.', hint))
            return None
        seen.append(base)
        given = {**{key: value for key, value in tables[base].items() if key != "abstract"}, **given}
    return given


def to_source(id_: str, form: SourceForm, where: str, mistakes: list[Mistake]) -> Source | None:
    """The source, or None with its mistakes listed."""
    before = len(mistakes)
    mistakes += _claim_mistakes(form, where)
    period = _period(form, where, mistakes)
    missing = _not_supplied(form, where, mistakes)
    if len(mistakes) > before:
        return None
    covers, levels = _COVERS.get(form.layout, _PUBLIC_BODIES)
    return Source(
        id=id_,
        files=tuple(form.files),
        reading=Reading(form.encoding, form.separator, form.header_row, form.footer_rows, form.sheet),
        columns={name: as_texts(headers) for name, headers in form.columns.items()},
        where=as_values(form.where),
        leave_out=as_values(form.leave_out),
        period=period,
        period_kinds=tuple(form.period_kinds),
        blank=tuple(Blank(as_values(blank.where), blank.absence, blank.why) for blank in form.blank),
        covers=form.covers or covers,
        base_levels=tuple(form.base_levels) or levels,
        not_supplied=missing,
        joins=(form.joins,) if isinstance(form.joins, str) else tuple(form.joins),
        coded=tuple(form.coded),
        interviewers=tuple(form.interviewers),
        **{name: getattr(form, name) for name in _AS_SAID},
    )


_AS_SAID = (
    "title", "layout", "state_on", "formats", "reason", "labels", "before_birth", "symbols", "empty",
    "rounded", "unit", "published", "publisher", "url", "licence", "caveat", "next_update", "owner",
    "purpose", "retained_until", "codebook", "questions", "assigned",
    "key", "role", "area",
)  # fmt: skip
"""What the noun takes from the form as it stands."""


def _claim_mistakes(form: SourceForm, where: str) -> list[Mistake]:
    """Published figures say by whom and under which licence; records of people are never called so."""
    if form.published and form.layout in RECORD_LEVEL:
        mend = "Leave published out; what comes of these rows is protected."
        return [Mistake(f"{where} published", f"rows of layout {form.layout} are never published.", mend)]
    needed = {name: "published = true" for name in ("url", "publisher", "licence") if form.published}
    if not form.joins:
        needed["files"] = f"layout {form.layout}"
    if form.layout in _SAID:
        said = ("codebook", *_SAID[form.layout], "owner", "purpose", "retained_until")
        needed |= dict.fromkeys(said, f"layout {form.layout}")
    return [
        Mistake(f"{where} {name}", f"this key is missing: {why} needs it.", f"Write {name} = ...")
        for name, why in needed.items()
        if not getattr(form, name)
    ]


def _period(form: SourceForm, where: str, mistakes: list[Mistake]) -> Period | None:
    """The one period of files that do not say theirs: `period` with its kind in `period_kinds`."""
    if not form.period:
        return None
    if len(form.period_kinds) != 1:
        mistakes.append(
            Mistake(f"{where} period_kinds", "period needs its kind.", 'Write ["financial"] or another.')
        )
        return None
    try:
        return Period(form.period_kinds[0], form.period)
    except ValueError as error:
        mistakes.append(Mistake(f"{where} period", str(error), ""))
        return None


def _not_supplied(form: SourceForm, where: str, mistakes: list[Mistake]) -> NotSupplied | None:
    """Why the files are not here, with the period that figures would be of."""
    said = form.not_supplied
    if said is None:
        return None
    try:
        return NotSupplied(said.why, Period(said.kind, said.period))
    except ValueError as error:
        mistakes.append(Mistake(f"{where} not_supplied", str(error), ""))
        return None


def as_values(where: Where) -> dict[str, tuple[str, ...]]:
    """`{ sex = "female", age = [10, 11] }` as texts, which is how delivered cells are kept."""
    return {name: as_texts(values) for name, values in where.items()}


def as_texts(values: Values | list[str]) -> tuple[str, ...]:
    """One value or several, as texts."""
    return tuple(str(value) for value in values) if isinstance(values, list) else (str(values),)

"""How well the cells of a column fit a field: 1 is made for it, 0 nothing against it, -1 cannot be."""

from __future__ import annotations

from typing import NamedTuple

from fullpicture.collect.returns.proposing.lists import known_texts, lists_of
from fullpicture.collect.returns.proposing.look import Look
from fullpicture.collect.returns.record import BY_NAME, Field

_CANNOT = -1.0
_ADULT_YEARS = 25
"""Birth dates lie further apart than this, and half of them before the year 2005; dates of events do not."""


class Fit(NamedTuple):
    """How well, and why, in words that name no value."""

    value: float
    why: str


def fit_of(name: str, look: Look) -> Fit:
    """How well a column's cells fit a field, or a mark of duplicates (`duplicates`)."""
    if not look.filled:
        return Fit(0.0, "no cell is filled")
    if name == "duplicates":
        return _of_mark(look)
    field = BY_NAME[name]
    match field.kind:
        case "date":
            return _of_date(field, look)
        case "whole number":
            return _of_number(field, look)
        case "reference":
            return _of_reference(look)
    return _of_code(field, look)


def _of_mark(look: Look) -> Fit:
    few = len(look.texts) <= 6
    return Fit(0.6, "few different texts") if few else Fit(_CANNOT, "too many different texts for a mark")


def _of_date(field: Field, look: Look) -> Fit:
    dates = look.dates
    if dates.share < 0.5:
        return Fit(_CANNOT, f"{dates.share:.0%} of the cells are dates")
    like_births = dates.span > _ADULT_YEARS and dates.share_before(2005) > 0.5
    if like_births != (field.name == "victim_born_on"):
        return Fit(
            -0.4, "its years lie as birth dates do" if like_births else "its years are not those of births"
        )
    return Fit(dates.share, f"{dates.share:.0%} of the cells are dates")


def _of_number(field: Field, look: Look) -> Fit:
    years = look.share_between(1950, 2100)
    if field.name == "recorded_year":
        return Fit(years if years > 0.5 else _CANNOT, f"{years:.0%} of the cells are years")
    if field.name == "suspect_age" and look.dates.share > 0.5:
        return Fit(look.dates.share, f"{look.dates.share:.0%} of the cells are dates, as of births")
    if look.whole_share < 0.5 or years > 0.9:
        return Fit(_CANNOT, f"{look.whole_share:.0%} of the cells are whole numbers")
    if field.name.endswith("_age"):
        share = look.share_between(-5, 125)
        return Fit(share if share > 0.7 else _CANNOT, f"{share:.0%} of the cells could be ages")
    return Fit(look.whole_share * 0.8, f"{look.whole_share:.0%} of the cells are whole numbers")


def _of_reference(look: Look) -> Fit:
    if look.dates.share > 0.5:
        return Fit(_CANNOT, "its cells are dates")
    with_digit = sum(any(map(str.isdigit, text)) for text in look.texts) / len(look.texts)
    if look.distinct_share < 0.1 or with_digit < 0.5:
        return Fit(_CANNOT, "its cells do not tell rows apart")
    return Fit(min(1.0, look.distinct_share + 0.3), "its cells tell rows apart")


def _of_code(field: Field, look: Look) -> Fit:
    if look.dates.share > 0.5:
        return Fit(_CANNOT, "its cells are dates")
    known = known_texts(field, look.texts) if len(look.texts) <= 5_000 else None
    if known and known.share >= 0.5:
        return Fit(known.share, f"{known.share:.0%} of the cells are known texts")
    if field.kind == "flag" and len(look.texts) > 8:
        return Fit(_CANNOT, "too many different texts for yes and no")
    if not look.is_list:
        return Fit(_CANNOT, "its texts are not those of a list")
    share = known.share if known else 0.0
    return (
        Fit(share - 0.1, f"a list, of which {share:.0%} is known") if lists_of(field) else Fit(0.0, "a list")
    )

"""A date that stands in three columns, its day, its month and its year: they are proposed as one field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fullpicture.collect.returns.proposing.assign import Claim
from fullpicture.collect.returns.proposing.header import header_points, words_of
from fullpicture.collect.returns.proposing.look import Look
from fullpicture.collect.returns.record import BY_NAME

Parts = tuple[str, str, str]
"""The headers of day, month and year."""

_WORDS: Mapping[str, frozenset[str]] = {
    "d": frozenset(("day", "dd", "d")),
    "m": frozenset(("month", "mon", "mth", "mm", "m")),
    "y": frozenset(("year", "yr", "yyyy", "y")),
}
_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_FITS = 0.9
_LEAST = 0.4
_WHOLE_DATE = 0.65
"""From this score on a column that has the whole date is the field's, and the three are left alone."""


def split_days(looks: Mapping[str, Look], claims: Sequence[Claim]) -> dict[str, Parts]:
    """For each date that no column has as a whole, the three that have it, alike but for day, month, year."""
    found: dict[str, Parts] = {}
    for said, parts in _threes(looks).items():
        if not _cells_fit(*(looks[header] for header in parts)):
            continue
        points = {
            name: n for name, n in header_points(f"{said} date").items() if BY_NAME[name].kind == "date"
        }
        field = max(points, key=lambda name: points[name], default="")
        if field and points[field] >= _LEAST and field not in found and not _is_whole(field, looks, claims):
            found[field] = parts
    return found


def _threes(looks: Mapping[str, Look]) -> dict[str, Parts]:
    """Three headers each that say the same beside day, month and year, by what they say."""
    by_rest: dict[str, dict[str, list[str]]] = {}
    for header in looks:
        words = words_of(header)
        for part, names in _WORDS.items():
            if len(named := [word for word in words if word in names]) == 1:
                rest = " ".join(word for word in words if word != named[0])
                by_rest.setdefault(rest, {}).setdefault(part, []).append(header)
    whole = {
        rest: parts
        for rest, parts in by_rest.items()
        if [len(parts.get(one, ())) for one in "dmy"] == [1] * 3
    }
    return {rest: (parts["d"][0], parts["m"][0], parts["y"][0]) for rest, parts in whole.items()}


def _cells_fit(day: Look, month: Look, year: Look) -> bool:
    named = sum(n for text, n in month.texts.items() if text.casefold()[:3] in _MONTHS and text.isalpha())
    months = max(month.share_between(1, 12), named / max(1, month.filled))
    return min(day.share_between(1, 31), months, year.share_between(1900, 2100)) >= _FITS


def _is_whole(field: str, looks: Mapping[str, Look], claims: Sequence[Claim]) -> bool:
    return any(
        claim.field == field and claim.score >= _WHOLE_DATE and looks[claim.header].dates.share > 0.5
        for claim in claims
    )

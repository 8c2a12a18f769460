"""Who claims which column: every field that a column could be, then at most one field for each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fullpicture.collect.returns.proposing.fit import fit_of
from fullpicture.collect.returns.proposing.header import concepts_of, header_points
from fullpicture.collect.returns.proposing.look import Look
from fullpicture.collect.returns.record import FIELDS

_HEADER, _CELLS = 0.7, 0.3
_LEAST = 0.4
_AFTER_SUSPECT, _OTHERWISE = 0.75, 0.4
"""How far `Sex` is the suspect's: right after a column of the suspect's, and anywhere else."""
_CELLS_ALONE = 0.5


@dataclass(frozen=True)
class Claim:
    """A field's claim to a column: `score` from 0 to 1, `points` of it by the header, and why, in words."""

    header: str
    field: str
    score: float
    points: float
    why: str


def claims_of(looks: Mapping[str, Look]) -> list[Claim]:
    """Every claim that the cells do not rule out, the best first; of equal ones, the column further left."""
    claims: list[Claim] = []
    person = ""
    for header, look in looks.items():
        person = _person(header) or person
        points = _with_suspect(header, header_points(header), person)
        found = [_claim(header, look, field, said) for field, said in points.items()]
        found += _by_cells(header, look, points)
        claims += [claim for claim in found if claim.score >= _LEAST]
    return sorted(claims, key=lambda claim: -claim.score)


def assigned(claims: Sequence[Claim]) -> dict[str, Claim]:
    """For each header that gets one, its field; the best claim is served first, and a field is given once."""
    served: dict[str, Claim] = {}
    taken: set[str] = set()
    for claim in claims:
        if claim.header not in served and claim.field not in taken:
            served[claim.header] = claim
            taken.add(claim.field)
    return served


def _claim(header: str, look: Look, field: str, points: float) -> Claim:
    fit = fit_of(field, look)
    if fit.value <= -1:
        return Claim(header, field, 0.0, points, fit.why)
    words = "its header says so" if points > 0.85 else "its header says something like it"
    return Claim(header, field, _HEADER * points + _CELLS * fit.value, points, f"{words}; {fit.why}")


def _by_cells(header: str, look: Look, points: Mapping[str, float]) -> list[Claim]:
    """Claims of lists of words that no header supports; numbers, letters and yes or no could be anything."""
    words = sum(n for text, n in look.texts.items() if sum(map(str.isalpha, text)) >= 4)
    if not look.is_list or words < 0.5 * look.filled or not look.filled:
        return []
    claims = []
    for field in FIELDS:
        if field.kind == "code" and field.name not in points:
            fit = fit_of(field.name, look)
            if fit.value >= 0.8:
                why = f"its header says nothing known; {fit.why}"
                claims.append(Claim(header, field.name, _CELLS_ALONE * fit.value, 0.0, why))
    return claims


def _person(header: str) -> str:
    """Whose column it is, where the header says so of one of the two."""
    said = frozenset[str]().union(*concepts_of(header)) & {"victim", "suspect"}
    return next(iter(said)) if len(said) == 1 else ""


def _with_suspect(header: str, points: dict[str, float], person: str) -> dict[str, float]:
    """`Sex` without a person's word is the victim's, or else the suspect's."""
    if _person(header):
        return points
    weight = _AFTER_SUSPECT if person == "suspect" else _OTHERWISE
    for name, said in header_points(f"suspect {header}").items():
        if name.startswith("suspect_") and name != "suspect_ref":
            points.setdefault(name, said * weight)
    return points

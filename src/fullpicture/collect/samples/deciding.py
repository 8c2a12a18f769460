"""Where two coders disagree, the sheet in which somebody decides, and the codes that hold in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fullpicture.collect.samples.coded import Codings, Sheet, cell_mistake, read_sheet
from fullpicture.collect.samples.question import Questions
from fullpicture.collect.samples.sheets import CODED, DECIDE, ESTIMATES, Member, write_csv
from fullpicture.core.errors import Mistake

_HEADER = ("sample", "reference", "question", "coder 1", "coder 2", "decided", "why")


@dataclass(frozen=True)
class Coded:
    """A sample with what both coders said of it."""

    id: str
    members: Sequence[Member]
    questions: Questions
    first: Codings
    second: Codings


def write_disagreements(coded: Coded, folder: Path) -> int:
    """Writes what is to be decided, with what was decided before on the same codes; returns how many."""
    path = folder / DECIDE
    rows = [*_disagreements(coded)]
    before = {tuple(row.get(name, "") for name in _HEADER[:5]): row for _, row in _sheet(path).rows}
    filled = []
    for row in rows:
        known = before.get(row, {})
        filled.append([*row, known.get("decided", ""), known.get("why", "")])
    write_csv(path, _HEADER, filled)
    return len(filled)


def _sheet(path: Path) -> Sheet:
    return read_sheet(path) if path.exists() else Sheet(path.name, (), ())


def _disagreements(coded: Coded) -> Iterator[tuple[str, ...]]:
    for member in coded.members:
        for question in coded.questions:
            one = coded.first[member.reference][question.id]
            other = coded.second[member.reference][question.id]
            if one != other:
                said = (question.write(one), question.write(other))
                yield (coded.id, member.reference, question.id, *said)


def decided(coded: Coded, folder: Path, mistakes: list[Mistake]) -> Codings:
    """The codes that hold: where both agree theirs, else what was decided; what is not is in `mistakes`."""
    sheet = _sheet(folder / DECIDE)
    known = {
        tuple(row.get(name, "") for name in _HEADER[:5]): (number, row.get("decided", ""))
        for number, row in sheet.rows
    }
    final = {reference: dict(answers) for reference, answers in coded.first.items()}
    questions = {question.id: question for question in coded.questions}
    for row in _disagreements(coded):
        _, reference, name, *_ = row
        if row not in known:
            what = "coders' sheets have changed since this one was written: a disagreement is not in it."
            mistakes.append(Mistake(sheet.name, what, "Write it again with fullpicture sample adjudicate."))
            return final
        number, cell = known[row]
        mistake = cell_mistake(f"{sheet.name}:{number} decided", questions[name], cell)
        if mistake:
            mistakes.append(mistake)
        final[reference][name] = questions[name].read(cell)
    return final


def write_coded(coded: Coded, final: Codings, folder: Path) -> None:
    """Writes the codes that hold, one row for each case, with what each case stands for."""
    ids = [question.id for question in coded.questions]
    drawn = _drawn(coded.members)
    rows = []
    for one in coded.members:
        weight = f"{one.population / drawn[one.stratum]:.6g}"
        cells = [question.write(final[one.reference][question.id]) for question in coded.questions]
        rows.append([one.reference, one.stratum, str(one.population), weight, *cells])
    write_csv(folder / CODED, ["reference", "stratum", "population", "weight", *ids], rows)


def _drawn(members: Sequence[Member]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in members:
        found[one.stratum] = found.get(one.stratum, 0) + 1
    return found


class Share(Protocol):
    """An estimated share (0-1) with its limits and the counts of the sample behind it."""

    @property
    def share(self) -> float: ...
    @property
    def lower(self) -> float: ...
    @property
    def upper(self) -> float: ...
    @property
    def cases(self) -> int: ...
    @property
    def base(self) -> int: ...
    @property
    def unknown(self) -> int: ...


ShareOf = Callable[[list[tuple[str, int, bool | None]]], Share | None]
"""From stratum, its size and whether a case has a code (None where the case does not tell) to a share."""


def write_estimates(
    coded: Coded, final: Codings, where: tuple[str, str], share_of: ShareOf, folder: Path
) -> list[tuple[str, str, Share]]:
    """Writes the share of every code, in per cent; `where` is the area and the period of the whole."""
    found = []
    for question in coded.questions:
        for code in question.counted:
            cases = [
                (one.stratum, one.population, question.says(final[one.reference][question.id], code))
                for one in coded.members
            ]
            share = share_of(cases)
            if share is not None:
                found.append((question.id, code, share))
    header = ["area", "period", "question", "code", "value", "lower", "upper", "cases", "base", "unknown"]
    write_csv(folder / ESTIMATES, header, [[*where, *_row(*one)] for one in found])
    return found


def _row(question: str, code: str, share: Share) -> list[str]:
    numbers = [f"{100 * number:.4f}" for number in (share.share, share.lower, share.upper)]
    return [question, code, *numbers, str(share.cases), str(share.base), str(share.unknown)]

"""What the internal edition holds beside figures: pages of returns, revisions, victims seen again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from fullpicture.core.table import InternalTable
from fullpicture.programme.cache import Cache
from fullpicture.programme.followed import followed
from fullpicture.programme.force_reports import force_reports
from fullpicture.programme.load import Programme
from fullpicture.programme.quality import measured
from fullpicture.programme.receiving import Received
from fullpicture.programme.repeat_victims import repeat_victims
from fullpicture.programme.revised_figures import FIGURE, Redelivered, RevisedFigure, Revision, revisions_with
from fullpicture.programme.sources import Intake
from fullpicture.programme.vintages import Store
from fullpicture.publish.deciding_page import Deciding, write_deciding
from fullpicture.publish.followed_page import Followed, write_followed
from fullpicture.publish.force_pages import FOLDER, write_force_pages
from fullpicture.publish.force_report import Again, ForceReport, Masthead
from fullpicture.publish.publication import Publication
from fullpicture.publish.repeat_victims import RepeatVictims

REVISIONS = (
    *FIGURE, "change", "value_before", "absence_before", "value_after", "absence_after", "is_redefined",
    "sources", "vintages_before", "vintages_after", "at",
)  # fmt: skip
"""Columns of `revisions.csv`. Several sources, and their vintages in the same order, are joined by `|`."""
VINTAGES = (
    "source", "vintage_before", "vintage_after", "is_delivered", "same", "new", "revised", "withdrawn", "at",
)  # fmt: skip
"""Columns of `returns/vintages.csv`: how the rows of a delivery differ from those of the one before it."""


@dataclass(frozen=True)
class Inside:
    """All of it, ready to write. It is written under a masthead, and there is no public one."""

    reports: Sequence[ForceReport]
    revisions: Sequence[Revision]
    repeats: RepeatVictims | None
    followed: Sequence[Followed] = ()
    deciding: Sequence[Deciding] = ()

    @classmethod
    def of(
        cls,
        programme: Programme,
        intake: Intake,
        tables: Sequence[InternalTable],
        cache: Cache,
        at: datetime,
    ) -> Inside:
        """Of one build; what it changes is written down first (`revisions_with`)."""
        revisions = revisions_with(programme, intake, tables, at)
        reports = force_reports(programme, intake, measured(programme, list(intake.returns.values()), cache))
        return cls(
            [replace(one, again=again(one.code, intake.returns, revisions)) for one in reports],
            revisions,
            repeat_victims(Store(programme.folder), intake.returns, programme.register),
            followed(programme, intake.sources),
        )

    def write(self, folder: Path, ready: Publication) -> None:
        """Writes it into the internal edition: of returns, where the programme has some."""
        masthead = Masthead.of(ready)
        if self.deciding:
            write_deciding(self.deciding, folder, ready)
        if self.reports:
            write_force_pages(self.reports, folder, masthead, self.repeats, self.followed)
            if self.followed:
                write_followed(self.followed, folder / FOLDER, masthead)
        if self.revisions:
            _write(folder / "revisions.csv", REVISIONS, _revised(self.revisions))
            _write(folder / FOLDER / "vintages.csv", VINTAGES, _redelivered(self.revisions))


def again(
    police_force: str, received: Mapping[str, Received], revisions: Sequence[Revision]
) -> tuple[Again, ...]:
    """How a force's current returns differ from those before them, where it has delivered again."""
    found = []
    for one in received.values():
        if one.vintage is None or one.source.mapping.police_force != police_force:
            continue
        last = [
            (revision.at, changed)
            for revision in revisions
            for changed in revision.changed
            if changed.source == one.source.id and _is_again(changed)
        ][-1:]
        found += [_again(one.source.title, *which) for which in last]
    return tuple(found)


def _is_again(changed: Redelivered) -> bool:
    return bool(changed.before) and changed.is_delivered and changed.rows is not None


def _again(title: str, at: datetime, changed: Redelivered) -> Again:
    assert changed.rows is not None
    return Again(title, at.date(), **vars(changed.rows))


def _revised(revisions: Sequence[Revision]) -> Iterator[Sequence[object]]:
    for revision in revisions:
        for figure in revision.figures or ():
            yield _revised_row(revision, figure)


def _revised_row(revision: Revision, figure: RevisedFigure) -> Sequence[object]:
    by = [revision.changed[place] for place in figure.by]
    return (
        *(getattr(figure, name) for name in (*FIGURE, "change")),
        _number(figure.value_before),
        figure.absence_before,
        _number(figure.value_after),
        figure.absence_after,
        _yes(figure.is_redefined),
        *("|".join(getattr(one, name) for one in by) for name in ("source", "before", "after")),
        revision.at.isoformat(),
    )


def _redelivered(revisions: Sequence[Revision]) -> Iterator[Sequence[object]]:
    for revision in revisions:
        for one in revision.changed:
            counts = ("",) * 4 if one.rows is None else tuple(vars(one.rows).values())
            delivered = _yes(one.is_delivered)
            yield one.source, one.before, one.after, delivered, *counts, revision.at.isoformat()


def _number(value: float | None) -> float | int | None:
    """As in figures.csv: whole numbers without a point, nothing where there is no value."""
    return int(value) if value is not None and value.is_integer() else value


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)

"""Joins tables with what a programme says of itself to the two editions that are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fullpicture.collect.delivered import Collected
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.programme.load import Programme
from fullpicture.programme.receiving import Received
from fullpicture.programme.sources import Intake
from fullpicture.publish.publication import Edition, Publication, Section, SourceCount


def publication(
    edition: Edition,
    programme: Programme,
    tables: Sequence[InternalTable] | Sequence[PublicTable],
    intake: Intake,
) -> Publication:
    """One edition, ready to write; the public one refuses anything but public tables."""
    form = programme.form
    return Publication(
        edition=edition,
        title=form.title,
        summary=form.summary,
        tables=tables,
        register=programme.register,
        sections=_sections(programme),
        headlines=tuple(form.headlines),
        publisher=form.publisher,
        contact=form.contact,
        published_on=form.published_on.isoformat(),
        notice=form.notice,
        licence=form.licence,
        threshold=form.threshold,
        counts=_counts(edition, intake),
        has_returns=edition == "internal" and bool(intake.returns),
    )


def _sections(programme: Programme) -> tuple[Section, ...]:
    """The programme's sections, and one for indicators that no section names."""
    named = tuple(Section(s.id, s.title, tuple(s.indicators), s.note) for s in programme.form.section)
    listed = {indicator for section in named for indicator in section.indicators}
    rest = tuple(id_ for id_ in programme.indicators if id_ not in listed)
    return (*named, Section("other", "Other indicators", rest)) if rest else named


def _counts(edition: Edition, intake: Intake) -> tuple[SourceCount, ...]:
    """Rows of every return and every source; in public only of what is public, for rows are people."""
    returns = [] if edition == "public" else [(one.source.title, one) for one in intake.returns.values()]
    sources = [
        (one.source.title, one.collected)
        for one in intake.sources.values()
        if edition == "internal" or one.source.published
    ]
    return (*_said(returns), *_said(sources))


def _said(counted: Iterable[tuple[str, Received | Collected]]) -> list[SourceCount]:
    return [SourceCount(title, one.rows_in, one.rows_kept, dict(one.refused)) for title, one in counted]

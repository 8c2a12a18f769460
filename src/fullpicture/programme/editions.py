"""Joins tables with what a programme says of itself to the two editions that are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fullpicture.collect.delivered import Collected
from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.programme.cache import Cache
from fullpicture.programme.comparisons import comparisons_of, neighbour_lists
from fullpicture.programme.load import Programme
from fullpicture.programme.multi_agency import joint_view
from fullpicture.programme.questions import questions_of
from fullpicture.programme.receiving import Received
from fullpicture.programme.reports import documents_of
from fullpicture.programme.rules import rules_in_words
from fullpicture.programme.sections import sections_of
from fullpicture.programme.sources import Intake
from fullpicture.publish.publication import Edition, Publication, SourceCount


def publication(
    edition: Edition,
    programme: Programme,
    tables: Sequence[InternalTable] | Sequence[PublicTable],
    intake: Intake,
    cache: Cache,
) -> Publication:
    """One edition, ready to write; the public one refuses anything but public tables."""
    form = programme.form
    compared = comparisons_of(programme, tables, neighbour_lists(intake.sources, edition), cache)
    ready = Publication(
        edition=edition,
        title=form.title,
        summary=form.summary,
        tables=tables,
        register=programme.register,
        sections=sections_of(form, programme.indicators),
        headlines=tuple(form.headlines),
        publisher=form.publisher,
        contact=form.contact,
        published_on=form.published_on.isoformat(),
        notice=form.notice,
        licence=form.licence,
        threshold=form.threshold,
        rules=rules_in_words(form),
        purpose=form.purpose,
        principles=tuple(form.principles),
        counts=_counts(edition, intake),
        comparisons=compared,
        joint=joint_view(programme, tables, compared, cache),
        findings=intake.checks,
        has_returns=edition == "internal" and bool(intake.returns),
        questions=questions_of(edition, programme, tables, intake.voices),
    )
    return replace(ready, reports=documents_of(programme.reports, ready))


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

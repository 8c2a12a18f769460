"""Joins tables with what a programme says of itself to the two editions that are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fullpicture.core.table import InternalTable, PublicTable
from fullpicture.programme.load import Programme
from fullpicture.programme.sources import Delivery
from fullpicture.publish.publication import Edition, Publication, Section, SourceCount


def publication(
    edition: Edition,
    programme: Programme,
    tables: Sequence[InternalTable] | Sequence[PublicTable],
    found: Mapping[str, Delivery],
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
        counts=tuple(_count(delivery) for delivery in found.values()),
    )


def _sections(programme: Programme) -> tuple[Section, ...]:
    """The programme's sections, and one for indicators that no section names."""
    named = tuple(Section(s.id, s.title, tuple(s.indicators), s.note) for s in programme.form.section)
    listed = {indicator for section in named for indicator in section.indicators}
    rest = tuple(id_ for id_ in programme.indicators if id_ not in listed)
    return (*named, Section("other", "Other indicators", rest)) if rest else named


def _count(delivery: Delivery) -> SourceCount:
    collected = delivery.collected
    return SourceCount(delivery.source.id, collected.rows_in, collected.rows_kept, dict(collected.refused))

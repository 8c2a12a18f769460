"""Every check before sign-off, listed by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fullpicture.publish.review import changes, comparisons, form, labels, numbers, tables
from fullpicture.publish.review.check import Check, Finding
from fullpicture.publish.review.reviewed import Reviewed

CHECKS: tuple[Check, ...] = (
    numbers.typed_numbers,
    numbers.shown_otherwise,
    numbers.two_numbers,
    numbers.words_for_size,
    numbers.units,
    changes.wrong_way,
    changes.too_strong,
    changes.no_record,
    changes.not_the_most,
    comparisons.other_coverage,
    comparisons.other_periods,
    comparisons.other_units,
    tables.same_tables,
    tables.totals,
    tables.small_bases,
    tables.symbols,
    tables.captions,
    labels.other_year,
    labels.other_place,
    labels.other_counted,
    labels.other_sex,
    labels.single_case,
    form.discussed,
    form.left_over,
    form.alternatives,
    form.links,
    form.certified,
    form.gaps,
)


def findings(reviewed: Reviewed, watch: Callable[[str], None] = lambda code: None) -> list[Finding]:
    """All that is wrong, check by check; what both editions say is found once."""
    found: list[Finding] = []
    for check in CHECKS:
        watch(check.code)
        found += _once(check.findings(reviewed))
    return found


def _once(found: list[Finding]) -> list[Finding]:
    """The same mistake in the same place of both editions as one."""
    twins: dict[Finding, Finding] = {}
    for one in found:
        place = one.where.replace(", internal,", ",").replace(", public,", ",")
        key = replace(one, where=place)
        twins[key] = replace(one, where=place.replace(",", ", both editions,", 1)) if key in twins else one
    return list(twins.values())

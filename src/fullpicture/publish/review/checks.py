"""Every check before sign-off, listed by hand."""

from __future__ import annotations

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


def findings(reviewed: Reviewed) -> list[Finding]:
    """All that is wrong, check by check."""
    return [found for check in CHECKS for found in check.findings(reviewed)]

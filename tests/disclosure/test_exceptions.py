"""A figure that somebody has signed for is public, and the others are protected from whoever knows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from fullpicture.core.errors import NotPublishable
from fullpicture.core.figure import Figure, to_figures
from fullpicture.disclosure import Protected, Rule, SignedException, protect
from tests.disclosure.test_protect import REGISTER, by_place, figure
from tests.tables import OFFICIAL, table_of

SIGNED = SignedException(
    "crimes/F11/calendar:2024//", "The case was heard in public.", "A. Head", date(2025, 1, 2)
)


def protected(*figures: Sequence[Figure], signed: Sequence[SignedException] = (SIGNED,)) -> Protected:
    tables = [
        table_of(list(each), indicator=each[0].indicator, unit=each[0].unit, proportion=each[0].unit == "%")
        for each in figures
    ]
    return protect(tables, Rule(2), REGISTER, exceptions=signed)


def hidden(done: Protected) -> set[str]:
    figures = [one for table in done.tables for one in to_figures(table.figures)]
    return {f"{one.indicator}/{one.area_code}" for one in figures if one.absence}


def test_nothing_else_is_hidden_for_the_sake_of_a_figure_that_is_signed_for() -> None:
    figures = by_place((1, 18, 19, 29))
    assert hidden(protected(figures, signed=())) == {"crimes/F11", "crimes/F12"}
    assert hidden(protected(figures)) == set()


def test_others_are_protected_given_that_the_figure_is_known() -> None:
    """Two small forces hide each other; where one of them is public, the other needs a third."""
    figures = [one for one in by_place((2, 2, 19, 30)) if one.area_level != "region"]
    assert hidden(protected(figures, signed=())) == {"crimes/F11", "crimes/F12"}
    assert hidden(protected(figures)) == {"crimes/F12", "crimes/F21"}


def test_the_certificate_names_the_figure_who_signed_and_what_else_shows_the_count() -> None:
    figures = by_place((1, 18, 19, 29))
    rates = [
        one._replace(indicator="rate", unit="per 1,000", numerator=one.value, denominator=90_000.0)
        for one in figures
    ]
    done = protected(figures, rates)
    assert hidden(done) == set()
    (line,) = [one.as_json() for one in done.certificate.exceptions]
    assert (line["figure"], line["signed_by"], line["on"]) == (SIGNED.figure, "A. Head", "2025-01-02")
    assert line["also"] == ["rate/F11/calendar:2024//"]


def test_exceptions_that_cannot_be_granted_are_all_refused_at_once() -> None:
    other = [SIGNED, SignedException("crimes/F99/calendar:2024//", "Why", "A. Head", date(2025, 1, 2))]
    blank = [figure("F11", 1)._replace(value=None, absence="x"), figure("F12", 20)]
    with pytest.raises(NotPublishable, match=r"(?s)F11.*there is no value.*F99.*Did you mean crimes/F1"):
        protected(blank, signed=other)


def test_an_official_figure_needs_no_exception() -> None:
    table = table_of(by_place((1, 18, 19, 29)), sources=(OFFICIAL,))
    with pytest.raises(NotPublishable, match="public already"):
        protect([table], Rule(2), REGISTER, exceptions=[SIGNED])


def test_a_figure_whose_counts_nobody_knows_cannot_be_signed_for() -> None:
    days = [figure("F11", 3.5, indicator="days", unit="days")]
    signed = SignedException("days/F11/calendar:2024//", "Why", "A. Head", date(2025, 1, 2))
    with pytest.raises(NotPublishable, match="the counts behind it are not known"):
        protected(days, signed=[signed])

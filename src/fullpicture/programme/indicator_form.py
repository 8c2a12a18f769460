"""From an indicator's table to the noun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from fullpicture.analyse.indicator import BlankPeriods, Following, Indicator, Term
from fullpicture.analyse.themes.people import PEOPLE, SAID
from fullpicture.collect.collecting import ROWS
from fullpicture.core.errors import Mistake
from fullpicture.programme.forms import IndicatorForm, TermForm
from fullpicture.programme.source_form import as_texts, as_values

THEME_SHARE: Final = "theme_share"
_ID = re.compile(r"[a-z][a-z0-9_]*")
_RATE = re.compile(r"per ([\d,]+)")


def to_indicator(
    id_: str, form: IndicatorForm, where: str, mistakes: list[Mistake], drawn_on: date
) -> Indicator | None:
    """The indicator, or None with its mistakes listed.

    Args:
        drawn_on: the day until which cases without an outcome are followed, for measures that follow them.
    """
    found = _shape_mistakes(id_, form, where)
    if found:
        mistakes += found
        return None
    if form.measure == THEME_SHARE:
        form = _as_shares(form)
    chosen = as_values(form.where)
    added = form.sum or (ROWS if form.state else "")
    numerator = _term(form.numerator, form, chosen) or (
        Term(form.source, added, chosen, True) if added else None
    )
    return Indicator(
        id=id_,
        definition=form.definition or form.title,
        value=Term(form.source, form.value, chosen) if form.value else None,
        numerator=numerator,
        denominator=_term(form.denominator, form, {}),
        per=_per(form),
        of=_pair(form.of, form.source, chosen),
        interval=_pair(form.interval, form.source, chosen),
        breakdowns=tuple(tuple(names) for names in form.breakdowns),
        fold={column: as_values(names) for column, names in form.fold.items()},
        blank=tuple(BlankPeriods(as_texts(one.period), one.absence, one.why) for one in form.blank),
        since=str(form.since),
        proportion=_is_proportion(form),
        numerator_words=form.counts,
        denominator_words=form.out_of,
        following=_following(form, drawn_on),
        **_as_said(form),
    )


_SAID = (
    "title", "population", "unit", "change", "decimals", "polarity", "counting_unit", "caveat", "group",
    "belongs", "proposed", "split", "share_of", "complement", "state", "bands", "theme",
)  # fmt: skip
_LISTED = (
    "areas",
    "levels",
    "sums",
    "not_applicable",
    "periods",
    "within",
    "follows",
    "needs",
    "breakdown_areas",
)


def _as_said(form: IndicatorForm) -> dict[str, Any]:
    """What the noun takes from the form as it stands."""
    said = {name: getattr(form, name) for name in _SAID}
    return said | {name: tuple(getattr(form, name)) for name in _LISTED}


def _as_shares(form: IndicatorForm) -> IndicatorForm:
    """A theme's share written out: people with the theme among people whose answers are coded."""
    where: dict[str, Any] = {**form.where, "theme": form.theme}
    return replace(
        form,
        numerator=TermForm(sum=SAID, where=where),
        denominator=TermForm(sum=PEOPLE, where=where),
        counting_unit=form.counting_unit or "person",
        counts=form.counts or "People with the theme",
        out_of=form.out_of or "People who answered",
    )


def _following(form: IndicatorForm, drawn_on: date) -> Following | None:
    if form.measure == "" or form.measure == "theme_share":
        return None
    return Following(form.measure, drawn_on, form.at)


def _theme_mistakes(form: IndicatorForm, where: str) -> Iterator[Mistake]:
    """What a theme's share cannot do without, and what it says already."""
    if bool(form.theme) != (form.measure == THEME_SHARE):
        mend = f'Write measure = "{THEME_SHARE}" and theme = "..." together.'
        yield Mistake(f"{where} theme", "a theme's share has a theme, and nothing else has one.", mend)
    if form.measure == THEME_SHARE:
        said = [name for name in ("value", "sum", "state", "numerator", "denominator") if getattr(form, name)]
        for name in said:
            what = "a theme's share knows its counts already."
            yield Mistake(f"{where} {name}", what, f"Leave {name} out.")
        if form.unit != "%":
            yield Mistake(f"{where} unit", "a theme's share is in per cent.", 'Write unit = "%".')


def _shape_mistakes(id_: str, form: IndicatorForm, where: str) -> list[Mistake]:
    """What one table cannot say of itself."""
    found = []
    if not _ID.fullmatch(id_):
        found.append(Mistake(where, "an id has small letters, digits and _ only.", "Rename the table."))
    found += _theme_mistakes(form, where)
    if form.measure == THEME_SHARE:
        return found
    ways = [name for name in ("value", "sum", "numerator", "state") if getattr(form, name)]
    if len(ways) != 1:
        said = f"it says {' and '.join(ways)}" if ways else "it says none of them"
        mend = "Write one of value (as published), sum or state (a count) or numerator (with denominator)."
        found.append(Mistake(where, f"an indicator has one way to its value; {said}.", mend))
    if bool(form.numerator) != bool(form.denominator or form.share_of):
        found.append(Mistake(where, "a ratio has two sides.", "Write both numerator and denominator."))
    found += _mistakes_of_sides(form, where)
    found += _mistakes_of_measure(form, where)
    return found


def _mistakes_of_measure(form: IndicatorForm, where: str) -> Iterator[Mistake]:
    """What a measure that follows cases in time cannot do without."""
    if not form.measure:
        if form.at:
            yield Mistake(
                f"{where} at", "this is the day of a measure.", 'Write measure = "cumulative_incidence".'
            )
        return
    if not form.numerator or not form.denominator:
        mend = "Write the outcome's crimes as numerator and all recorded as denominator."
        yield Mistake(f"{where} measure", "a measure needs both sides of a ratio.", mend)
    if (form.measure == "cumulative_incidence") != (form.at > 0):
        mend = "Write at = 180 for a cumulative incidence, and no at for a median."
        yield Mistake(f"{where} at", "a cumulative incidence has a day, a median has none.", mend)
    if form.change or form.sums or form.share_of:
        mend = "Leave change, sums and share_of out."
        yield Mistake(f"{where} measure", "what is followed in time cannot be added up or compared so.", mend)


def _mistakes_of_sides(form: IndicatorForm, where: str) -> Iterator[Mistake]:
    """What is wrong with the columns that a value is made of, and with what it is shared over."""
    if form.share_of and form.denominator:
        yield Mistake(
            f"{where} share_of", "the whole is the sum of its categories.", "Leave denominator out."
        )
    if form.share_of and not all(form.share_of in names for names in form.breakdowns or [[]]):
        what = f"no category is a share of {form.share_of}."
        yield Mistake(f"{where} share_of", what, "Name the column in every one of breakdowns.")
    if form.sums and form.value and not form.of:
        what = "a published value cannot be added up without its counts."
        yield Mistake(f"{where} sums", what, 'Write of = ["...", "..."].')
    unknown = [name for name in form.breakdown_areas if name not in form.areas]
    if unknown:
        what = f"areas does not name {', '.join(unknown)}."
        yield Mistake(f"{where} breakdown_areas", what, "Name levels of areas, or leave it out.")
    if form.sums and form.areas:
        yield Mistake(f"{where} sums", "areas adds up to all levels already.", "Write one of the two.")
    for name in ("of", "interval"):
        if getattr(form, name) and len(getattr(form, name)) != 2:
            yield Mistake(f"{where} {name}", "this needs two columns.", f'Write {name} = ["...", "..."].')
    for name in ("numerator", "denominator"):
        term = getattr(form, name)
        if isinstance(term, TermForm) and bool(term.sum) == bool(term.value):
            yield Mistake(f"{where} {name}", "this needs either sum or value.", "Write one of the two.")


def _term(given: str | TermForm, form: IndicatorForm, chosen: Mapping[str, tuple[str, ...]]) -> Term | None:
    """A column's name means the cell as published, in the indicator's own source and rows."""
    if isinstance(given, TermForm):
        where = {**chosen, **as_values(given.where)}
        return Term(given.source or form.source, given.sum or given.value, where, bool(given.sum), given.lag)
    if not given:
        return None
    return Term(form.source, given, as_values(form.where))


def _pair(names: list[str], source: str, chosen: Mapping[str, tuple[str, ...]]) -> tuple[Term, Term] | None:
    return (Term(source, names[0], chosen), Term(source, names[1], chosen)) if names else None


def _per(form: IndicatorForm) -> float:
    """100 for a percentage, the number in the unit for a rate ("per 10,000"), else as said."""
    if form.per is not None:
        return form.per
    rate = _RATE.match(form.unit)
    return 100.0 if form.unit == "%" else float(rate[1].replace(",", "")) if rate else 1.0


def _is_proportion(form: IndicatorForm) -> bool:
    """A percentage of known counts is a proportion unless the table says `proportion = false`."""
    known = bool(form.of or form.numerator)
    return known and form.unit == "%" if form.proportion is None else form.proportion

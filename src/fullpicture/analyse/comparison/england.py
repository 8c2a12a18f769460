"""Better, similar or worse than England, by the interval of the area's own value."""

from __future__ import annotations

from fullpicture.analyse.comparison.subject import ENGLAND, Subject
from fullpicture.core.comparison import Label
from fullpicture.core.figure import Figure


def against_england(figure: Figure, england: float | None, subject: Subject) -> tuple[Label, str]:
    """The label of a figure against England's value, and why there is none.

    An area is better or worse where its whole 95% interval lies on one side of England's value, which is
    taken as known; the rule of OHID's Fingertips ("compared to England"), whose labels it reproduces.

    Examples:
        >>> figure = Figure("x", "E10000016", "Kent", "local authority", "2025", "reporting", "", "", 21.0,
        ...                 20.0, 22.0, None, None, "%", "", "", "referrals")
        >>> against_england(figure, 22.6, Subject("x", "%", "low"))
        ('better', '')
    """
    why = _why_not(figure, england, subject)
    if why or england is None or figure.lower is None or figure.upper is None:
        return "not compared", why
    if figure.lower <= england <= figure.upper:
        return "similar", ""
    return ("better" if (figure.lower > england) == (subject.polarity == "high") else "worse"), ""


def _why_not(figure: Figure, england: float | None, subject: Subject) -> str:
    if figure.area_code == ENGLAND:
        return "This is England."
    if figure.area_level == "country":
        return "Another country is not compared with England."
    if subject.why_not_judged:
        return subject.why_not_judged
    if figure.value is None:
        return "There is no value."
    if england is None:
        return "England has no value for this period."
    if figure.lower is None or figure.upper is None:
        return "The value has no interval."
    return ""

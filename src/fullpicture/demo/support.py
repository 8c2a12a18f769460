"""Whether victims supported action, and how contact with them was kept: two things that go together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fullpicture.demo.offences import numbers_of
from fullpicture.demo.people import Flags
from fullpicture.demo.values import STATE, Whole, word

_Shares = Mapping[str, float]

_WITHDRAWN, _OPEN = ("14", "16"), ("0",)
_OF_WITHDRAWN = {"withdrew": 0.55, "never supported": 0.33, "not recorded": 0.12}
_OF_OTHERS = {"supports": 0.86, "never supported": 0.04, "not recorded": 0.10}
_NEVER_IF_THIRD = 0.4
"""Of those who withdrew in a crime that somebody else reported: who had never asked for action."""
_KEPT_IF_WITHDRAWN = {"as agreed": 0.38, "less than agreed": 0.34, "none agreed": 0.20, "not recorded": 0.08}
_KEPT_IF_NOT = {"as agreed": 0.58, "less than agreed": 0.20, "none agreed": 0.14, "not recorded": 0.08}
"""Contact is kept less often where victims withdraw; which of the two comes first the data do not say."""


def supported(rng: np.random.Generator, outcome: Whole, third_party: Flags) -> dict[str, Whole]:
    """The fields `support` and `contact_practice` of crimes with these outcomes."""
    withdrawn = np.isin(outcome, numbers_of("outcome_type", _WITHDRAWN))
    draw = rng.random((3, len(outcome)))
    support = _drawn("support", draw[0], withdrawn, (_OF_WITHDRAWN, _OF_OTHERS))
    never = withdrawn & third_party & (support == word("support", "withdrew")) & (draw[1] < _NEVER_IF_THIRD)
    support = np.where(never, word("support", "never supported"), support)
    is_open = np.isin(outcome, numbers_of("outcome_type", _OPEN))
    unknown = is_open & (support == word("support", "never supported"))
    practice = _drawn("contact_practice", draw[2], withdrawn, (_KEPT_IF_WITHDRAWN, _KEPT_IF_NOT))
    return {
        "support": np.where(unknown, STATE["not recorded"], support).astype(np.int32),
        "contact_practice": practice,
    }


def _drawn(field: str, draw: np.ndarray, which: Flags, shares: tuple[_Shares, _Shares]) -> Whole:
    """Words by the first shares where `which`, else by the second, from numbers between 0 and 1."""
    first, second = (
        numbers_of(field, list(one))[np.searchsorted(np.cumsum(list(one.values()))[:-1], draw, "right")]
        for one in shares
    )
    return np.where(which, first, second).astype(np.int32)

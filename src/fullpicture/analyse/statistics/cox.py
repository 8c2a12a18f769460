"""How case mix moves the rate at which cases have an outcome, while they are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from fullpicture.analyse.statistics.case_mix import case_mix
from fullpicture.analyse.statistics.partial_likelihood import Ties, coefficients_of, fitted, inverse
from fullpicture.analyse.statistics.risk_sets import risk_sets
from fullpicture.core.errors import UsageError


def cause_specific_cox(
    counts: Any, outcome: Any, formula: str | Sequence[str], ties: Ties = "breslow", level: float = 0.95
) -> pa.Table:
    """Cause-specific hazard ratios of an outcome by case mix (Cox), other outcomes taken as ends of
    follow-up.

    A ratio of 2 says that, of the cases still open on any day, twice as many have this outcome that day as of
    those compared with. It does not say that twice as many have it in the end, for other outcomes take cases
    away as well (see `fine_gray`). The partial likelihood is summed over days and patterns of case mix, so
    that the cost is that of the days and patterns, not of the cases. Sources: Cox, J R Statist Soc B 34
    (1972), 187-220; Prentice and others, Biometrics 34 (1978), 541-554; ties: Breslow (1974), Efron (1977).

    Args:
        counts: from `outcome_counts`, with late entry or without. outcome: the outcome whose rate is
        modelled. formula: columns joined by `+`, with `a:b` for interactions and `a*b` for both; all are
        categories, each
            compared with its first value that has the outcome.
        ties: how events of the same day count: "breslow" or "efron".
        level: of the intervals.

    Returns:
        As `coefficients_of` makes it: `term`, `level`, `coefficient`, `se`, `hazard_ratio`, `lower`, `upper`,
        `z`, `p_value`, `note`. A category in which nobody has the outcome has no number, and a note.
    """
    if ties not in ("breslow", "efron"):
        raise UsageError(f'Cox model: ties "{ties}" are not known. Use "breslow" or "efron".')
    cells, place, mix = case_mix(counts, outcome, formula)
    fit = fitted(risk_sets(cells, place), mix, ties)
    return coefficients_of(mix, fit, inverse(fit.information), level)

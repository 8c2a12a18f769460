"""Confidence intervals from counts, as engine expressions."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from fullpicture.core.engine import divide

Z_95 = 1.959963984540054
"""The 97.5th percentile of the normal distribution: limits of a two-sided 95% interval."""


def wilson(numerator: ir.NumericValue, denominator: ir.NumericValue) -> tuple[ir.Value, ir.Value]:
    """Wilson score interval of a proportion, 95%, as shares 0-1; null where it is no proportion.

    Source: Wilson (1927); the form is that of PHE/OHID, "Technical guide: confidence intervals" (2018).
    """
    n, k, z2 = denominator.cast("float64"), numerator.cast("float64"), Z_95**2
    spread = Z_95 * (z2 + 4 * k * (1 - divide(k, n))).sqrt()
    allowed = (k >= 0) & (k <= n) & (n > 0)
    lower = ibis.ifelse(allowed, divide(2 * k + z2 - spread, 2 * (n + z2)), ibis.null("float64"))
    upper = ibis.ifelse(allowed, divide(2 * k + z2 + spread, 2 * (n + z2)), ibis.null("float64"))
    return ibis.greatest(lower, 0.0), ibis.least(upper, 1.0)


def byar(count: ir.NumericValue) -> tuple[ir.Value, ir.Value]:
    """Byar's interval of a Poisson count, 95%; null where the count is negative.

    Source: Breslow and Day, "Statistical methods in cancer research" vol. II (1987), p. 69; as in PHE/OHID,
    "Technical guide: confidence intervals" (2018). The lower limit of a count of zero is zero.
    """
    k = ibis.ifelse(count >= 0, count.cast("float64"), ibis.null("float64"))
    above = k + 1
    positive = k.nullif(0.0)
    one, z = ibis.literal(1.0), ibis.literal(Z_95)
    lower = k * (1 - divide(one, 9 * positive) - divide(z, 3 * positive.sqrt())) ** 3
    upper = above * (1 - divide(one, 9 * above) + divide(z, 3 * above.sqrt())) ** 3
    return ibis.ifelse(k == 0, 0.0, lower), upper

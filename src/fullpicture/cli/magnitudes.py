"""The options of `fullpicture protect` for magnitudes, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from fullpicture.core.errors import UsageError

if TYPE_CHECKING:
    from fullpicture.disclosure.contributions import Sensitivity
    from fullpicture.disclosure.magnitude_files import Columns

_NEEDS = {"p_percent": ("largest", "second"), "dominance": ("largest",), "fewest": ("contributors",)}


def magnitude_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds what is said of contributions to sums."""
    for option in (
        click.option("--fewest", type=click.IntRange(2), help="How many contributors a sum has at least."),
        click.option("--dominance", metavar="N,K", help="The N largest (1 or 2) are at most K% of a sum."),
        click.option("--p-percent", type=click.FloatRange(0, min_open=True), help="The p% rule for sums."),
        click.option("--contributors", default="", help="The column of how many contributors a sum has."),
        click.option("--second", default="", help="The column of the second largest contribution."),
        click.option("--largest", default="", help="The column of the largest contribution to a sum."),
    ):
        command = option(command)
    return command


_FOR_COUNTS = {"method": "suppress", "mode": "exact", "zeros": "public", "threshold": 9, "plan": ()}
"""Options that only counts can have, with what they are where nobody gives them."""


def asked_of_sums(asked: Mapping[str, Any]) -> tuple[Sensitivity, Columns] | None:
    """The rules for sums and the columns they need, or nothing where none is asked for.

    Raises:
        UsageError: a rule lacks a column, a column has no rule, or something is asked that sums cannot have.
    """
    from fullpicture.disclosure.contributions import Sensitivity
    from fullpicture.disclosure.magnitude_files import Columns

    rules = [name for name in _NEEDS if asked[name]]
    columns = Columns(asked["largest"], asked["second"], asked["contributors"])
    if not rules:
        if columns.named:
            raise UsageError("Say what is asked of contributions: --p-percent, --dominance or --fewest.")
        return None
    dominance = _dominance(asked["dominance"]) if asked["dominance"] else None
    needs = {column for name in rules for column in _NEEDS[name]}
    needs |= {"second"} if dominance and dominance[0] > 1 else set()
    lacking = sorted(f"--{name}" for name in needs if not asked[name])
    if lacking:
        raise UsageError(f"These rules need {', '.join(lacking)}: the columns of contributions.")
    wrong = [f"--{name}" for name, usual in _FOR_COUNTS.items() if asked[name] != usual]
    if wrong:
        raise UsageError(
            f"{', '.join(wrong)}: for counts alone. Leave it out: sums are suppressed so that each keeps the "
            "interval its rule asks for."
        )
    return Sensitivity(asked["p_percent"], dominance, asked["fewest"]), columns


def _dominance(text: str) -> tuple[int, float]:
    n, _, k = text.partition(",")
    try:
        found = int(n), float(k)
    except ValueError:
        found = 0, 0.0
    if found[0] not in (1, 2) or not 0 < found[1] < 100:
        raise UsageError(f"--dominance {text}: give N,K with N 1 or 2 and K below 100, as 2,85.")
    return found

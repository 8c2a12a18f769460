"""How often 95% intervals cover the truth, on crimes of the invented nation, whose hazards are known.

Run: python -m benchmarks.coverage [draws] [crimes]. Each draw is so many crimes recorded over three years and
seen on the day of the extract, by the generator's own hand (demo/offences.py): outcomes with the shares of
demo/shares.py, days log-normal around their medians. Victims withdraw with outcome 14 or 16; everything else
competes. The aim is 93 to 97%.
"""

from __future__ import annotations

import sys

import numpy as np
import pyarrow as pa
from scipy.special import ndtr

from fullpicture import cumulative_incidence, outcome_counts
from fullpicture.demo import shares
from fullpicture.demo.offences import numbers_of, outcomes

AT = (30, 90, 180, 365)
WITHDRAWN = ("14", "16")


def truth(kind: str, day: int) -> float:
    """The share of crimes that the generator lets end with outcome 14 or 16 by a day."""
    share = sum(shares.OUTCOMES[code] for code in WITHDRAWN) / sum(shares.OUTCOMES.values())
    return float(share * ndtr(np.log((day + 0.5) / shares.MEDIAN_DAYS[kind]) / shares.SPREAD))


def drawn(draws: int, crimes: int, is_rape: bool) -> pa.Table:
    """Crimes against children of every draw: `draw`, `days`, `outcome` (0 is open)."""
    rng, many = np.random.default_rng(20240401), draws * crimes
    recorded = rng.integers(shares.FIRST_DAY, shares.LAST_DAY + 1, many).astype(np.int32)
    ended = outcomes(rng, recorded, np.ones(many, bool), np.full(many, is_rape))
    is_open = ended["outcome_on"] < 0
    days = np.where(is_open, shares.EXTRACTED_ON, ended["outcome_on"]) - recorded
    withdrawn = np.isin(ended["outcome_type"], numbers_of("outcome_type", list(WITHDRAWN)))
    kind = np.where(is_open, 0, np.where(withdrawn, 1, 2))
    return pa.table({"draw": np.repeat(np.arange(draws), crimes), "days": days, "outcome": kind})


def covered(draws: int, crimes: int) -> list[str]:
    """Lines for docs/performance.md."""
    lines = []
    for kind in ("child", "rape"):
        table = drawn(draws, crimes, kind == "rape")
        counts = outcome_counts(table, ["draw"], days="days", outcome="outcome", censored=0).to_pyarrow()
        for se in ("delta", "aalen"):
            found = cumulative_incidence(counts, at=AT, se=se).to_pandas()  # type: ignore[arg-type]
            found = found[found.outcome == 1]
            inside = [
                float(((one.lower <= truth(kind, day)) & (truth(kind, day) <= one.upper)).mean())
                for day, one in found.groupby("day")
            ]
            shown = " | ".join(f"{share:.1%}" for share in inside)
            lines.append(f"| {kind}, {crimes:,} crimes, {se} | {shown} |")
    return lines


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    draws, crimes = [*numbers, *(1_000, 1_000)[len(numbers) :]]
    print("| | " + " | ".join(f"{day} days" for day in AT) + " |")
    print("\n".join(covered(draws, crimes)))

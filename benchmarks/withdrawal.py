"""Cumulative incidence of four outcomes in 430 groups, with intervals, against three peers in one run.

Run: python -m benchmarks.withdrawal [records] [runs]. Records are read from a file by everybody: ours,
statsmodels and scikit-survival from Parquet, R's cuminc (cmprsk, where R is installed) from CSV. Peers loop
over the groups, as they must; ours gives whole curves and intervals. What comes after is timed apart.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.measure import compared, measured

GROUPS, OUTCOMES, LAST_DAY = 430, 4, 730


def drawn(records: int) -> pa.Table:
    """Groups, days and outcomes (0 is open) of invented cases."""
    draw = np.random.default_rng(20240401)
    group = draw.integers(0, GROUPS, records).astype(np.int32)
    days = draw.exponential(60 + group % 43, records).astype(np.int32)
    followed = draw.integers(1, LAST_DAY, records).astype(np.int32)
    outcome = np.where(days <= followed, draw.integers(1, OUTCOMES + 1, records), 0).astype(np.int32)
    return pa.table({"area": group, "days": np.minimum(days, followed), "outcome": outcome})


def ours(folder: str) -> None:
    """Every curve, with limits, from a Parquet file."""
    from fullpicture import cumulative_incidence, outcome_counts

    counts = outcome_counts(f"{folder}/cases.parquet", ["area"], days="days", outcome="outcome", censored=0)
    curves = cumulative_incidence(counts)
    assert curves.num_rows > GROUPS * OUTCOMES


def ours_from_csv(folder: str) -> None:
    """The same through the command, from CSV to CSV."""
    from click.testing import CliRunner

    from fullpicture.cli.withdrawal import command

    words = [
        f"{folder}/cases.csv",
        "--by",
        "area",
        "--days",
        "days",
        "--outcome",
        "outcome",
        "--censored",
        "0",
    ]
    CliRunner().invoke(command, [*words, "-o", f"{folder}/curves.csv"], catch_exceptions=False)


def statsmodels(folder: str) -> None:
    """CumIncidenceRight of each group, with standard errors; reading and sorting are its own."""
    import pandas as pd
    from statsmodels.duration.survfunc import CumIncidenceRight

    cases = pd.read_parquet(f"{folder}/cases.parquet").sort_values(["area", "days"])
    with np.errstate(all="ignore"):
        for _, one in cases.groupby("area", sort=False):
            CumIncidenceRight(one["days"].to_numpy(), one["outcome"].to_numpy())


def scikit_survival(folder: str) -> None:
    """cumulative_incidence_competing_risks of each group, with intervals."""
    import pandas as pd
    from sksurv.nonparametric import cumulative_incidence_competing_risks

    cases = pd.read_parquet(f"{folder}/cases.parquet")
    for _, one in cases.groupby("area"):
        cumulative_incidence_competing_risks(
            one["outcome"].to_numpy(), one["days"].to_numpy().astype(float), conf_type="log-log"
        )


_CUMINC = """
suppressMessages(library(cmprsk))
d <- scan(commandArgs(TRUE)[1], what = list(0L, 0L, 0L), sep = ",", skip = 1, quiet = TRUE)
for (rows in split(seq_along(d[[1]]), d[[1]])) f <- cuminc(d[[2]][rows], d[[3]][rows])
"""


def cuminc(folder: str) -> None:
    """R's cuminc of each group, with variances."""
    subprocess.run(["Rscript", "-e", _CUMINC, f"{folder}/cases.csv"], check=True)


def after_counting(folder: str) -> None:
    """Prints how long curves, Gray's test and a Cox model take once cases are counted."""
    import ibis

    from fullpicture import cause_specific_cox, cumulative_incidence, gray_test, outcome_counts

    cases = ibis.read_parquet(f"{folder}/cases.parquet")
    cases = cases.mutate(force=cases.area % 43, age=cases.days % 6, sex=cases.area % 2, kind=cases.area % 4)
    place = {"days": "days", "outcome": "outcome", "censored": 0}
    by_area = outcome_counts(cases, ["area"], **place).to_pyarrow()
    by_force = outcome_counts(cases, ["force"], **place).to_pyarrow()
    mix = ["force", "age", "sex", "kind"]
    by_mix = outcome_counts(cases, mix, **place).to_pyarrow()
    for what, work in (  # seconds of processor too: the machine may have other things to do
        ("curves of 430 groups, 4 outcomes", lambda: cumulative_incidence(by_area)),
        ("Gray's test, 43 forces, 4 outcomes", lambda: gray_test(by_force, group="force")),
        ("Cox model, 51 dummies", lambda: cause_specific_cox(by_mix, 1, " + ".join(mix))),
    ):
        started, used = time.perf_counter(), time.process_time()
        work()
        seconds, processor = time.perf_counter() - started, time.process_time() - used
        print(f"| {what} | {seconds:.2f} s, {processor:.2f} s of processor |")


def main(records: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = drawn(records)
        pq.write_table(table, f"{folder}/cases.parquet")
        pyarrow.csv.write_csv(table, f"{folder}/cases.csv")
        del table
        what = f"{records:,} cases, {GROUPS} groups"
        found = measured(ours, folder, runs=runs)
        print(compared(what, found, measured(statsmodels, folder, runs=runs), "statsmodels"))
        print(compared(what, found, measured(scikit_survival, folder, runs=1), "scikit-survival"))
        from_csv = measured(ours_from_csv, folder, runs=runs)
        if shutil.which("Rscript"):
            print(
                compared(f"{what}, CSV to CSV", from_csv, measured(cuminc, folder, runs=1), "R's cuminc, CSV")
            )
        else:
            print(f"| {what}, CSV to CSV | {from_csv.seconds:.2f} s, {from_csv.mebibytes:,.0f} MiB |")
        after_counting(folder)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*([*numbers, *(10_000_000, 3)[len(numbers) :]]))

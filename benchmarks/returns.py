"""Ten million crimes of 43 forces, in CSV and in Parquet: taken in by us, and only read by DuckDB.

Run: python -m benchmarks.returns [MILLIONS]. Ours reads, maps 16 fields, hashes the references, asks every
rule and keeps a vintage of each force; the peer reads the same files, gives every column its type (dates,
numbers, truth values) and writes Parquet, with all cores. Both are timed in a process of their own, once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from benchmarks.measure import compared, measured
from fullpicture.analyse.csae_rule import CsaeRule
from fullpicture.collect.returns.mapping import FieldMap, ReturnMapping
from fullpicture.core.areas import Register
from fullpicture.programme.receiving import Reception
from fullpicture.programme.returns import Asked, Return, Returns
from fullpicture.programme.usage import Collector

CODES = ("19D", "19E", "20A", "20B", "17B", "22B", "71", "88A", "86", "11A")
OUTCOMES = ("1", "8", "15", "18", "20", "21")
PLACES = ("Dwelling", "Public place", "School or college", "Online", "Vehicle")
FLAGS = ("csa", "cse", "contact", "online", "domestic_abuse", "group_based", "third_party_report")
FIRST = date(2022, 1, 1)


def forces() -> list[str]:
    """The codes of the 43 forces."""
    return [area.code for area in Register.shipped().at_level("police force area")][:43]


def write_returns(folder: Path, crimes: int) -> None:
    """One file a force, every second one Parquet; all texts, as forces deliver them."""
    for place, code in enumerate(forces()):
        table = _return(np.random.default_rng(place), code, crimes // 43)
        if place % 2:
            pq.write_table(table, folder / f"{code}.parquet")
        else:
            pacsv.write_csv(table, folder / f"{code}.csv", pacsv.WriteOptions(quoting_style="needed"))


def _return(rng: np.random.Generator, code: str, number: int) -> pa.Table:
    start = np.datetime64(FIRST) + rng.integers(0, 900, number)
    reported = start + rng.integers(0, 30, number)
    recorded = reported + rng.integers(0, 3, number)
    outcome = recorded + rng.integers(1, 120, number)
    closed = rng.random(number) < 0.9
    flags = {name: np.array(["N", "Y"])[rng.integers(0, 2, number)] for name in FLAGS}
    flags |= {"csa": np.full(number, "Y"), "contact": np.full(number, "Y")}
    return pa.table({
        "Crime Ref": [f"{code[-2:]}/{place:07d}/24" for place in range(number)],
        "HO Code": np.array(CODES)[rng.integers(0, len(CODES), number)],
        "Offence From": _days(start), "Offence To": _days(start),
        "Reported": _days(reported), "Recorded": _days(recorded),
        "Location": np.array(PLACES)[rng.integers(0, len(PLACES), number)],
        **{_titled(name): values for name, values in flags.items()},
        "Outcome": np.where(closed, np.array(OUTCOMES)[rng.integers(0, len(OUTCOMES), number)], ""),
        "Outcome Date": np.where(closed, _days(outcome), ""),
        "Beat": rng.integers(1, 60, number).astype(str),
        "Officer Notes": np.array(["", "see log", "to be reviewed, again"])[rng.integers(0, 3, number)],
    })  # fmt: skip


def _days(days: np.ndarray) -> np.ndarray:
    """dd/mm/yyyy."""
    known, places = np.unique(days, return_inverse=True)
    texts = np.array([f"{day.astype(object):%d/%m/%Y}" for day in known])
    return texts[places]


def _titled(name: str) -> str:
    return name.replace("_", " ").title()


def mapping_of(code: str) -> ReturnMapping:
    """As an analyst would write it."""
    dates = {"offence_from": "Offence From", "offence_to": "Offence To", "reported_on": "Reported"}
    dates |= {"recorded_on": "Recorded", "outcome_on": "Outcome Date"}
    fields = [
        FieldMap("crime_ref", ("Crime Ref",)),
        FieldMap("offence_code", ("HO Code",)),
        FieldMap("location_kind", ("Location",), uses=("location-kind",)),
        FieldMap("outcome_type", ("Outcome",), uses=("outcome",), codes={}),
        *(FieldMap(name, (header,)) for name, header in dates.items()),
        *(FieldMap(name, (_titled(name),), uses=("flag",)) for name in FLAGS),
    ]
    return ReturnMapping(code, code, "crime", tuple(fields), date_order="dmy")


def ours(folder: str, into: str) -> float:
    """Takes all 43 returns in."""
    sources = {}
    for code in forces():
        (path,) = Path(folder).glob(f"{code}.*")
        about = ("", "National team", "Benchmark", "2030-12-31")
        sources[code] = Return(code, code, (path.name,), mapping_of(code), *about)
    asked = Asked(date(2022, 1, 1), date(2024, 12, 31), date(2025, 1, 31))
    with tempfile.TemporaryDirectory(dir=into) as programme:
        returns = Returns(sources, asked, CsaeRule.shipped())
        reception = Reception.of(returns, Path(programme), Path(folder), Collector.by_login())
        started = time.perf_counter()
        received = reception.receive_all(lambda _: None)
        seconds = time.perf_counter() - started
    assert all(one.vintage for one in received.values())
    assert sum(one.rows_in for one in received.values()) > 0
    return seconds


def duckdb_alone(folder: str, into: str) -> float:
    """Reads the same files into typed Parquet."""
    day = """strptime(nullif("{0}", ''), '%d/%m/%Y')::DATE AS "{0}\""""
    dated = ("Offence From", "Offence To", "Reported", "Recorded", "Outcome Date")
    flags = [f'("{title}" = \'Y\') AS "{title}"' for title in map(_titled, FLAGS)]
    texts = [f'"{name}"' for name in ("Crime Ref", "HO Code", "Location", "Outcome", "Officer Notes")]
    columns = ", ".join([*texts, '"Beat"::INTEGER AS "Beat"', *map(day.format, dated), *flags])
    engine = duckdb.connect()
    started = time.perf_counter()
    for path in sorted(Path(folder).iterdir()):
        source = (
            f"read_csv('{path}', all_varchar=true, header=true)" if path.suffix == ".csv" else f"'{path}'"
        )
        to = Path(into) / f"{path.stem}.peer.parquet"
        engine.execute(f"COPY (SELECT {columns} FROM {source}) TO '{to}' (FORMAT parquet)")
    return time.perf_counter() - started


if __name__ == "__main__":
    crimes = int(float(sys.argv[1] if len(sys.argv) > 1 else "10") * 1_000_000)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as into:
        write_returns(Path(folder), crimes)
        print("| what | ours | peer | time ratio | memory ratio |\n|---|---|---|---|---|")
        taken_in = measured(ours, folder, into, runs=1)
        read = measured(duckdb_alone, folder, into, runs=1)
        print(compared(f"{crimes:,} crimes in 43 files", taken_in, read, "DuckDB, read and written alone"))
        used = (taken_in.processor, read.processor, taken_in.processor / read.processor)
        print("\nIn seconds of processor: ours {:.1f}, the peer {:.1f}, {:.2f} times.".format(*used))

"""A million victims of 39 forces linked, exactly and by probability, by victim and by crime.

Run: python -m benchmarks.linkage. The rows are invented with known truth (tests/collect/linkage/invented.py:
a fifth are of people seen before, with the mistakes that forces make) and read from Parquet. Everything is
timed: reading, linking, tables of pairs and clusters. The process has DuckDB's usual number of threads.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.measure import measured
from fullpicture.collect.linkage import Model, link
from tests.collect.linkage.invented import invented, scores

ROWS = 1_000_000


def linked(folder: str) -> None:
    """Links the folder's records, and writes how right that was beside them."""
    whole = link(
        [pq.read_table(Path(folder) / "records.parquet")], [Model.shipped("victim"), Model.shipped("crime")]
    )
    truth = np.load(Path(folder) / "person.npy")[np.asarray(whole.mentions["row"].to_numpy()) - 2]
    precision, recall = scores(truth, np.asarray(whole.mentions["person"].to_numpy()))
    looked_at = sum(one.looked_at for one in whole.probable.values())
    said = {"precision": precision, "recall": recall, "pairs compared, at most": looked_at, **whole.counts()}
    (Path(folder) / "said.json").write_text(json.dumps(said), encoding="utf-8")


def write(folder: str, rows: int) -> None:
    """Writes the invented records and their truth."""
    made = invented(rows, seed=20240401)
    pq.write_table(made.records, Path(folder) / "records.parquet")
    np.save(Path(folder) / "person.npy", made.person)


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        write(folder, rows)
        found = measured(linked, folder, runs=1)
        said = json.loads((Path(folder) / "said.json").read_text(encoding="utf-8"))
    print(f"| {rows:,} victims, {os.cpu_count()} cores | {found.seconds:.0f} s, {found.mebibytes:,.0f} MiB |")
    for name, value in said.items():
        print(f"{name}: {value:.4f}" if isinstance(value, float) else f"{name}: {value:,}")

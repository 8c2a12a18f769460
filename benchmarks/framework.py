"""Every figure of the National Framework from the publishers' files, against pandas reading the same files.

Run: python -m benchmarks.framework, with the published files beside the checkout. The peer reads the cells
and works nothing out.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import compared, measured
from fullpicture.programme.cache import Cache
from fullpicture.programme.files import files_of
from fullpicture.programme.load import Programme, load
from fullpicture.programme.self_checks import self_checks
from fullpicture.programme.sources import take_in
from fullpicture.programme.tables import tables_of
from fullpicture.programme.usage import Collector

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"


def programme() -> Programme:
    return load(ROOT / "examples" / "national-framework", DATA)


def ours(kept: str) -> None:
    """Reads, computes and checks; again in the same folder it takes what it kept."""
    framework, cache = programme(), Cache(Path(kept))
    intake = take_in(framework, cache, Collector.by_login(), lambda _: None)
    tables = tables_of(framework, intake.sources, cache, lambda _: None)
    self_checks(framework, intake.sources, tables)
    assert sum(table.figures.num_rows for table in tables) > 100_000


def pandas_reads() -> None:
    """Reads the same files, every cell as text or number."""
    import pandas

    for source in programme().sources.values():
        paths = files_of(source.files, DATA).values()
        for path in (path for path in paths if path.exists()):
            if path.suffix == ".csv":
                pandas.read_csv(path, low_memory=False)
            elif path.suffix == ".ods":
                pandas.read_excel(path, sheet_name=source.reading.sheet, engine="calamine")
            else:
                pandas.read_parquet(path)


if __name__ == "__main__":
    if not DATA.is_dir():
        raise SystemExit("the published files are not beside the checkout: nothing to measure")
    with tempfile.TemporaryDirectory() as kept:
        first = measured(ours, kept, runs=1)
        again = measured(ours, kept)
    peer = measured(pandas_reads)
    print("| what | ours | peer | time ratio | memory ratio |\n|---|---|---|---|---|")
    print(compared("every figure, first time", first, peer, "pandas, the same files read"))
    print(compared("the same, nothing changed", again, peer, "pandas, the same files read"))

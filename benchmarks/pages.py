"""Sixty pages with 280 charts: our site against the same charts drawn by Matplotlib, without any page.

Run: python -m benchmarks.pages. Both are timed once the figures exist, each in a process of its own.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import compared, measured
from fullpicture.demo import write_nation
from fullpicture.programme.cache import Cache
from fullpicture.programme.editions import publication
from fullpicture.programme.load import load
from fullpicture.programme.sources import take_in
from fullpicture.programme.tables import tables_of
from fullpicture.programme.usage import Collector
from fullpicture.publish import write_site
from fullpicture.publish.figures_by import Series
from fullpicture.publish.publication import Publication

INDICATORS = 5


def edition(folder: Path) -> Publication:
    """The invented nation with five indicators: a page for each, for each area, and four more."""
    programme = load(folder)
    cache = Cache(folder / "cache")
    intake = take_in(programme, cache, Collector.by_login(), lambda _: None)
    tables = tables_of(programme, intake.sources, cache, lambda _: None)
    chosen = [table for table in tables if not table.description.changes][:INDICATORS]
    whole = publication("internal", programme, chosen, intake, cache)
    return replace(whole, headlines=tuple(table.description.indicator for table in chosen[:3]))


def ours(folder: str) -> float:
    """Writes the site."""
    ready = edition(Path(folder))
    started = time.perf_counter()
    write_site(ready, Path(folder) / "site")
    seconds = time.perf_counter() - started
    pages = list((Path(folder) / "site").rglob("*.html"))
    charts = sum(page.read_text(encoding="utf-8").count("<svg") for page in pages)
    assert len(pages) >= 60, len(pages)
    assert charts >= 280, charts
    return seconds


def matplotlib_charts(folder: str) -> float:
    """Draws a line chart for each area and indicator, as an SVG in memory."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    lines = charts_of(edition(Path(folder)))
    started = time.perf_counter()
    figure, axes = pyplot.subplots(figsize=(5.6, 2.8))
    for title, periods, values in lines:
        axes.clear()
        axes.plot(periods, values)
        axes.set_title(title)
        axes.annotate(title, (periods[-1], values[-1]))
        figure.savefig(io.StringIO(), format="svg")
    return time.perf_counter() - started


def charts_of(ready: Publication) -> list[tuple[str, Sequence[str], Sequence[float]]]:
    """What each chart shows."""
    found = []
    for series in map(Series, ready.tables):
        for periods in series.totals.values():
            known = [(period, figure.value) for period, figure in periods.items() if figure.value is not None]
            if known:
                name = f"{series.description.title}, {next(iter(periods.values())).area_name}"
                found.append((name, [period for period, _ in known], [value for _, value in known]))
    return (found * 2)[:280]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write_nation(folder, scale=0.1)
        edition(Path(folder))
        print("| what | ours | peer | time ratio | memory ratio |\n|---|---|---|---|---|")
        site, charts = measured(ours, folder), measured(matplotlib_charts, folder)
        print(compared("60 pages, 280 charts", site, charts, "Matplotlib, charts alone"))

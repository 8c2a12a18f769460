"""Which force delivers in which layout, and which forces make no mistakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fullpicture.demo import free_layouts as free
from fullpicture.demo.parts import Part, Saving
from fullpicture.demo.seen_layouts import SEEN, through_r


@dataclass(frozen=True)
class Layout:
    """How a force delivers; a `clean` one has not a single mistake in it.

    `silent` is a month of which nothing is delivered, `thin` one of which most is missing.
    """

    name: str
    parts: tuple[Part, ...]
    clean: bool = False
    silent: str = ""
    thin: str = ""


def _seen(force: str, saving: Saving, *, r: bool) -> Layout:
    part = SEEN[force](saving)
    return Layout(f"seen in force {force}", (through_r(part) if r else part,))


def _free(make: Callable[[Saving], list[Part]], saving: Saving = Saving(), *, clean: bool = False) -> Layout:  # noqa: B008
    return Layout(make.__name__.replace("_", " "), tuple(make(saving)), clean)


_BOM, _UTF16, _CP1252 = Saving(encoding="utf-8-sig"), Saving(encoding="utf-16"), Saving(encoding="cp1252")
_SEMICOLONS = Saving(encoding="cp1252", separator=";")
_BARS = Saving(separator="|", above=("=== CRIME EXTRACT ===",), below=free.BELOW)
_TSV, _GZ, _PARQUET = Saving("tsv", "utf-16"), Saving("csv.gz"), Saving("parquet")
_YEARLY = Saving(encoding="utf-8-sig", yearly=True)

LAYOUTS: tuple[Layout, ...] = (
    _seen("A", Saving(), r=True),
    _free(free.plain, clean=True),
    _free(free.system, _SEMICOLONS),
    replace(_free(free.births, Saving(yearly=True)), silent="2023-08"),
    _seen("B", _CP1252, r=True),
    _free(free.tabs, _TSV),
    _free(free.banner, free.XLSX),
    _free(free.one_cell, _BOM),
    replace(_free(free.american, _YEARLY), thin="2024-02"),
    _seen("C", Saving(), r=True),
    _free(free.prose, _BARS),
    _free(free.few, free.ODS),
    _free(free.both, Saving(yearly=True)),
    _free(free.threefold, _GZ),
    _seen("D", Saving(), r=True),
    _free(free.banner, free.XLSX, clean=True),
    _seen("E", _BOM, r=True),
    _free(free.both, _PARQUET, clean=True),
    _free(free.system, _SEMICOLONS),
    _free(free.births, _PARQUET, clean=True),
    _seen("A", _UTF16, r=False),
    _free(free.prose, _BARS, clean=True),
    _free(free.tabs, _TSV),
    _free(free.threefold, free.SHEETS, clean=True),
    _free(free.one_cell, _CP1252),
    _seen("B", Saving(), r=False),
    _free(free.plain, _YEARLY, clean=True),
    _free(free.few, free.XLS, clean=True),
    _free(free.threefold, _GZ, clean=True),
    replace(_free(free.american, _YEARLY), silent="2022-05", thin="2023-11"),
    _free(free.births, _GZ),
    _seen("C", _BOM, r=False),
    _free(free.system, Saving("csv.gz", "cp1252"), clean=True),
    replace(_free(free.both), parts=(replace(free.both(Saving())[0], gaps={"location_kind": 0.7}),)),
    _free(free.threefold, _PARQUET),
    _free(free.plain, _PARQUET, clean=True),
    _seen("D", _UTF16, r=False),
    _free(free.threefold, free.SHEETS),
    _seen("E", Saving(), r=False),
    _free(free.few, free.XLSX, clean=True),
    _free(free.few, free.ODS, clean=True),
    _free(free.one_cell, _BOM),
    _free(free.american, _BOM, clean=True),
)

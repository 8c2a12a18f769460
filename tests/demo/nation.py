"""An invented nation's folder, as tests look at it: mappings, files as read, and what is true of them."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullpicture.collect.delivered import Delivered
from fullpicture.collect.reading import read
from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.core.areas import Register
from fullpicture.core.errors import Mistake
from fullpicture.programme.return_form import to_mapping


@dataclass(frozen=True)
class Nation:
    """A programme folder."""

    folder: Path

    @cached_property
    def truth(self) -> pa.Table:
        """One row for each delivered row."""
        return pq.read_table(self.folder / "truth" / "records.parquet")

    @cached_property
    def counts(self) -> dict[str, Any]:
        """By force and of the nation."""
        said: dict[str, Any] = json.loads((self.folder / "truth" / "counts.json").read_text(encoding="utf-8"))
        return said

    @cached_property
    def register(self) -> Register:
        """The nation's areas."""
        with (self.folder / "areas.csv").open(encoding="utf-8", newline="") as file:
            return Register.shipped().changed_by(list(csv.DictReader(file)))

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        """The table of each part of each return, by id, in the order of the forces' names."""
        found: dict[str, dict[str, Any]] = {}
        for path in sorted((self.folder / "sources").glob("*.toml")):
            if path.stem != "nation":
                found |= tomllib.loads(path.read_text(encoding="utf-8"))["source"]
        return found

    def mapping(self, source: str) -> ReturnMapping:
        """A part's mapping; its mistakes fail the test."""
        mistakes: list[Mistake] = []
        made = to_mapping(source, self.sources[source], source, mistakes, self.register)
        assert made is not None, mistakes
        return made

    def delivered(self, source: str) -> list[Delivered]:
        """A part's files, as read."""
        reading = self.mapping(source).reading
        data = self.folder / "data"
        paths = [path for pattern in self.sources[source]["files"] for path in sorted(data.glob(pattern))]
        return [read(path, reading, name=path.relative_to(data).as_posix()) for path in paths]

    def true_of(self, source: str) -> pa.Table:
        """What is true of a part's rows."""
        return self.truth.filter(pc.equal(self.truth["source"], source))

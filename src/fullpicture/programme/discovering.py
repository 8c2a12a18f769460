"""`fullpicture themes discover`: clusters of the answers of a file, and a codebook to begin with."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fullpicture.analyse.themes.discovering import MOST_CLUSTERS, Candidate, Discovery, discover
from fullpicture.collect.named_columns import read_named
from fullpicture.core.errors import SourceRefused, UsageError
from fullpicture.core.live import lifeless
from fullpicture.programme.sentence_model import SentenceModel

START = """# A codebook to begin with, made from clusters of answers: nobody has named these themes yet.
# Give each a name, say what it is and what it is not, and merge or remove what is none. Examples are quotes:
# this file is for those who may read the answers.
"""


@dataclass(frozen=True)
class Discovered:
    """How many answers there were, what clusters they make, and where the proposed codebook is."""

    answers: int
    found: Discovery
    codebook: Path


@dataclass(frozen=True)
class Wanted:
    """How many clusters at most, and the folder of a sentence model where one is to be used."""

    clusters: int = MOST_CLUSTERS
    model: Path | None = None
    tick: Callable[[int, int], None] = lambda _at, _of: None


def discover_themes(path: Path, text: str, id_: str, to: Path, wanted: Wanted) -> Discovered:
    """Writes `id,cluster` for every answer, and beside it a proposed codebook (`.toml`).

    Args:
        id_: the column of ids; "" numbers the answers as the file's rows.

    Raises:
        SourceRefused: the file cannot be read, lacks columns, or has too few answers with words.
        EngineMissing: a library that a model needs is not installed.
        UsageError: there is a codebook already, which is never written over.
    """
    codebook = to.with_suffix(".toml")
    if codebook.exists():
        raise UsageError(
            f"{codebook}: there is a codebook here, which people may have edited. Name another -o."
        )
    named = read_named(path, {"text": text, "id": id_})
    texts, ids = named.cells["text"], named.cells.get("id", [str(row) for row in named.rows])
    try:
        vectors = SentenceModel(wanted.model).vectors(texts, wanted.tick) if wanted.model else None
        found = discover(texts, wanted.clusters, vectors=vectors)
    except ValueError as error:
        raise SourceRefused(
            named.delivered.file, str(error), "Name the column of answers with --text."
        ) from None
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "cluster"))
        writer.writerows((lifeless(each), int(one)) for each, one in zip(ids, found.cluster, strict=True))
    codebook.write_text(START + "".join(_table(one, texts) for one in found.candidates), encoding="utf-8")
    return Discovered(len(texts), found, codebook)


def _table(one: Candidate, texts: Sequence[str]) -> str:
    """One candidate as a theme; strings of JSON are strings of TOML."""
    words = ", ".join(one.words[:3]) or f"cluster {one.number}"
    examples = ",\n".join(f"    {_string(texts[at])}" for at in one.typical)
    return (
        f"\n# {one.size:,} answers; words that set them apart: {', '.join(one.words)}\n"
        f"[theme.cluster_{one.number}]\nname = {_string(words)}\n"
        f"what_it_is = {_string(' '.join(one.words))}\n"
        f"examples = [\n{examples},\n]\n"
    )


def _string(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")

"""`fullpicture redact`, and how it does on comments with invented details planted in them."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from fullpicture.analyse.redaction import Corpus, found_in
from fullpicture.cli.redact import command

PLANTED = Path(__file__).resolve().parents[3] / "shared" / "data" / "comments"


def _run(folder: Path, *more: str) -> tuple[str, list[list[str]]]:
    texts = folder / "texts.csv"
    with texts.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                ("ref", "what"),
                ("1", "PC Jones rang 07700 900123"),
                ("2", "-1 for Alison"),
                ("2", "again"),
                ("3", " "),
            ]
        )
    out = folder / "out.csv"
    done = CliRunner().invoke(
        command, [str(texts), "--id", "ref", "--text", "what", "-o", str(out), *more], catch_exceptions=False
    )
    with out.open(encoding="utf-8", newline="") as file:
        return done.output, list(csv.reader(file))


def test_spans_are_written_and_nothing_of_a_text_is_printed(tmp_path: Path) -> None:
    output, rows = _run(tmp_path)
    assert rows == [
        ["id", "start", "end", "kind"],
        ["1", "3", "8", "name"],
        ["1", "14", "26", "phone"],
        ["2", "7", "13", "name"],
    ]
    assert "4 rows in = 2 texts + 2 refused" in output
    assert "an earlier response has this id" in output
    assert not any(word in output for word in ("Jones", "07700", "Alison", "again"))


def test_masked_texts_carry_no_live_formula(tmp_path: Path) -> None:
    _, rows = _run(tmp_path, "--masked")
    assert rows[1:] == [["1", "PC [name] rang [phone]"], ["2", "'-1 for [name]"]]


@pytest.mark.skipif(not PLANTED.is_dir(), reason="the labelled comments are not beside the checkout")
def test_what_was_planted_is_found_and_little_else_is_taken() -> None:
    planted = defaultdict(list)
    for row in _rows("redact_dev_gold.csv"):
        planted[row["id"]].append((set(range(int(row["start"]), int(row["end"]))), row["type"]))
    texts = {row["id"]: row["text"] for row in _rows("redact_dev_texts.csv")}
    corpus, asked, found, clean, taken = Corpus.of(texts.values()), Counter[str](), Counter[str](), 0, 0
    for id_, text in texts.items():
        spans = {at for span in found_in(text, corpus) for at in range(span.start, span.end)}
        gold = set[int]().union(*(characters for characters, _ in planted[id_]))
        asked.update(kind for _, kind in planted[id_])
        found.update(kind for characters, kind in planted[id_] if characters <= spans)
        clean, taken = clean + len(text) - len(gold), taken + len(spans - gold)
    shares = {kind: found[kind] / asked[kind] for kind in asked}
    assert {kind: share for kind, share in shares.items() if share < 1 and kind != "PERSON"} == {}
    assert shares["PERSON"] >= 0.9
    assert taken / clean <= 0.02


def _rows(name: str) -> list[dict[str, str]]:
    with (PLANTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

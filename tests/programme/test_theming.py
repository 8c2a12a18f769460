"""`fullpicture themes assign` and `agree`, on invented answers."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from fullpicture.cli.themes import command
from fullpicture.core.errors import ProgrammeRefused, UsageError
from fullpicture.programme.codebooks import read_codebook

pytest.importorskip("sklearn")

COMMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "comments"
SAYINGS = {
    "Waiting": [
        "I waited for hours",
        "the queue was far too long",
        "still waiting for a call",
        "it took weeks",
    ],
    "Kindness": ["the officer was kind", "she was gentle and caring", "they were kind to me", "so caring"],
    "Information": [
        "nobody told me what happens next",
        "no letter, no news",
        "I was not informed",
        "no updates",
    ],
}
CODEBOOK = "theme,description\nWaiting,Waited hours or weeks in a queue\nKindness,Kind and caring officer\n"


def _write(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _coded(folder: Path) -> Path:
    rows: list[tuple[str, ...]] = [("id", "answer", "themes", "who", "q")]
    for turn in range(10):
        for theme, sayings in SAYINGS.items():
            text = f"{sayings[turn % 4]}. And number {turn}"
            rows.append((f"{theme}{turn}", text, theme, f"person {turn}", "why"))
        both = f"{SAYINGS['Waiting'][turn % 4]}, but {SAYINGS['Kindness'][turn % 4]}"
        rows += [
            (f"b{turn}", both, "Waiting | Kindness", f"person {turn}", "why"),
            (f"n{turn}", f"Ok {turn}.", "", "", ""),
        ]
    return _write(folder / "coded.csv", rows)


def _codebook(folder: Path) -> Path:
    path = folder / "codebook.csv"
    path.write_text(CODEBOOK, encoding="utf-8")
    return path


def _run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    return done.exit_code, done.output


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NEW = [
    ("id", "answer", "q"),
    ("1", "The weather was fine. I waited for hours in the queue!", "why"),
    ("2", "They were kind and caring, but I waited for weeks", "why"),
    ("3", "Ok 77.", "why"),
]


def test_answers_get_the_themes_that_people_coded_with_the_words_that_show_them(tmp_path: Path) -> None:
    new, coded, out = _write(tmp_path / "new.csv", NEW), _coded(tmp_path), tmp_path / "out.csv"
    asked = ["--codebook", _codebook(tmp_path), "--labelled", coded, "--group", "who", "--features", "q"]
    code, output = _run("assign", new, "--id", "id", "--text", "answer", *asked, "-o", out)
    rows = _read(out)
    assert code == 0
    assert [(row["id"], row["theme"], row["assigned"]) for row in rows] == [
        ("1", "Waiting", "1"),
        ("1", "Kindness", "0"),
        ("2", "Waiting", "1"),
        ("2", "Kindness", "1"),
        ("3", "Waiting", "0"),
        ("3", "Kindness", "0"),
    ]
    texts = {id_: text for id_, text, _ in NEW}
    shown = [
        texts[row["id"]][int(row["span_start"]) : int(row["span_end"])] for row in rows if row["span_end"]
    ]
    assert shown == [
        "I waited for hours in the queue!",
        "but I waited for weeks",
        "They were kind and caring",
    ]
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    assert "Not in the codebook, so not learnt: Information (10)" in output


def test_without_coded_answers_the_codebooks_words_decide(tmp_path: Path) -> None:
    new, out = _write(tmp_path / "new.csv", NEW), tmp_path / "out.csv"
    _run("assign", new, "--id", "id", "--text", "answer", "--codebook", _codebook(tmp_path), "-o", out)
    scores = {(row["id"], row["theme"]): float(row["score"]) for row in _read(out)}
    assert scores["1", "Waiting"] > scores["1", "Kindness"]
    assert scores["2", "Kindness"] > scores["3", "Kindness"]


def test_two_coders_are_held_against_each_other(tmp_path: Path) -> None:
    one = _write(tmp_path / "a.csv", [("id", "themes"), ("1", "A | B"), ("2", "A"), ("3", ""), ("4", "B")])
    other = _write(tmp_path / "b.csv", [("id", "themes"), ("1", "A"), ("2", "A"), ("3", ""), ("5", "B")])
    _, output = _run("agree", one, other)
    assert '"A",2,2,2,1.0000' in output
    assert '"B",0,1,0,0.0000' in output
    assert "3 answers coded by both; only one coded 2." in output


def test_a_codebook_is_read_with_all_its_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    path.write_text('[theme.a]\nname = "A"\n[theme.b]\nnme = "B"\n[themes.c]\nname = "C"\n')
    with pytest.raises(ProgrammeRefused) as refused:
        read_codebook(path)
    said = str(refused.value)
    assert "[theme.b] nme: this key is not known. Did you mean name?" in said
    assert "codebook.toml themes: this key is not known here. Did you mean theme?" in said


def test_merged_and_retired_themes_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    merged, retired = 'merged_into = "a"', "retired = true"
    tables = (("a", ""), ("b", merged), ("c", retired))
    path.write_text("".join(f'[theme.{id_}]\nname = "{id_.upper()}"\n{more}\n' for id_, more in tables))
    codebook = read_codebook(path)
    assert [theme.id for theme in codebook.in_use] == ["a"]
    assert (codebook.now("B"), codebook.now("c"), codebook.now("D")) == ("a", None, None)


def test_every_answer_is_in_a_cluster_and_the_proposed_codebook_can_be_read(tmp_path: Path) -> None:
    coded, out = _coded(tmp_path), tmp_path / "clusters.csv"
    code, output = _run("discover", coded, "--text", "answer", "--id", "id", "--clusters", 5, "-o", out)
    rows = _read(out)
    assert (code, len(rows), rows[0].keys()) == (0, 50, {"id", "cluster"})
    assert 2 <= len({row["cluster"] for row in rows}) <= 5
    assert len(read_codebook(out.with_suffix(".toml")).themes) == len({row["cluster"] for row in rows})
    assert "50 answers in" in output
    again = tmp_path / "again.csv"
    _run("discover", coded, "--text", "answer", "--id", "id", "--clusters", 5, "-o", again)
    assert again.read_bytes() == out.read_bytes()
    with pytest.raises(UsageError, match="which people may have edited"):
        _run("discover", coded, "--text", "answer", "-o", out)


@pytest.mark.skipif(not COMMENTS.is_dir(), reason="the labelled comments are not beside the checkout")
def test_clusters_of_real_comments_agree_with_what_people_coded(tmp_path: Path) -> None:
    """K-means on TF-IDF has an adjusted mutual information of .195 there."""
    metrics = pytest.importorskip("sklearn.metrics")
    out = tmp_path / "clusters.csv"
    _run("discover", COMMENTS / "px2_dev.csv", "--text", "text", "--id", "id", "-o", out)
    cluster = {row["id"]: row["cluster"] for row in _read(out)}
    people = [row for row in _read(COMMENTS / "px2_dev.csv") if row["themes"] and "|" not in row["themes"]]
    found = [cluster[row["id"]] for row in people]
    assert len(set(cluster.values())) <= 30
    assert metrics.adjusted_mutual_info_score([row["themes"] for row in people], found) >= 0.22


@pytest.mark.skipif(not COMMENTS.is_dir(), reason="the labelled comments are not beside the checkout")
def test_a_fifth_of_coded_comments_is_coded_as_people_did(tmp_path: Path) -> None:
    """Against a support-vector baseline on words, which has .64 / .43 / .77 in these folds."""
    metrics = pytest.importorskip("sklearn.metrics")
    rows, columns = _read(COMMENTS / "px2_dev.csv"), ("id", "text", "themes", "question_type", "source_id")
    for name, test in (("train", False), ("test", True)):
        some = [tuple(row[column] for column in columns) for row in rows if (row["fold"] == "1") is test]
        _write(tmp_path / f"{name}.csv", [columns, *some])
    out, asked = tmp_path / "out.csv", ["--id", "id", "--text", "text", "--features", "question_type"]
    asked += ["--codebook", str(COMMENTS / "px2_codebook.csv"), "--labelled", str(tmp_path / "train.csv")]
    _run("assign", tmp_path / "test.csv", *asked, "--group", "source_id", "-o", out)
    people = {row["id"]: set(row["themes"].split(" | ")) for row in rows}
    said = _read(out)
    themes = list(dict.fromkeys(row["theme"] for row in said))
    shape = (-1, len(themes))
    truth = np.array([row["theme"] in people[row["id"]] for row in said]).reshape(shape)
    given = np.array([row["assigned"] == "1" for row in said]).reshape(shape)
    scores = np.array([float(row["score"]) for row in said]).reshape(shape)
    some = truth.any(axis=1)
    assert metrics.f1_score(truth, given, average="micro") >= 0.68
    assert metrics.f1_score(truth, given, average="macro", zero_division=0) >= 0.5
    assert metrics.label_ranking_average_precision_score(truth[some], scores[some]) >= 0.81
    assert 100 * np.abs(truth.mean(axis=0) - given.mean(axis=0)).mean() <= 0.7

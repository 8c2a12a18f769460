"""Copies and letters of a campaign are found, whatever is added; short answers alike by chance are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from click.testing import CliRunner

from fullpicture.analyse.themes.repeats import repeats_of
from fullpicture.cli.themes import command

LETTER = (
    "I write to object to the closure of the station in our town because response times are too long and "
    "victims here have nobody to turn to at night when the front counter in the city is shut"
)


def _other(seed: int, words: int = 40) -> str:
    generator = np.random.default_rng(seed)
    return " ".join(f"w{number}" for number in generator.integers(0, 400, words))


def test_letters_with_lines_added_cut_or_changed_are_the_same() -> None:
    texts = [
        LETTER,
        LETTER.upper() + "!!",
        f"Dear all, {LETTER}. My own street waited three hours last week and I am angry about it.",
        LETTER.replace("town", "village"),
        LETTER[: len(LETTER) * 4 // 5],
        "I object to the closure of the station.",
        _other(1),
    ]
    found = repeats_of(texts)
    assert found.first.tolist() == [0, 0, 0, 0, 0, 5, 6]
    assert found.exactly.tolist() == [False, True, False, False, False, False, False]


def test_a_copy_of_a_letter_that_repeats_another_leads_to_the_first() -> None:
    nearly = LETTER.replace("town", "village")
    found = repeats_of([LETTER, nearly, nearly + "."])
    assert found.first.tolist() == [0, 0, 0]
    assert not found.exactly.any()  # the third is nearly the first, though exactly the second


def test_answers_that_are_not_the_same_stay_apart() -> None:
    texts = [_other(seed) for seed in range(300)] + ["", "", "thank you", "thanks"]
    assert repeats_of(texts).first.tolist() == list(range(304))


def test_every_letter_of_many_is_found() -> None:
    """200 letters, each with three other words somewhere in its sixty, and five copies of each."""
    generator = np.random.default_rng(5)
    texts, truth = list[str](), list[int]()
    for letter in range(200):
        words = _other(1_000 + letter, 60).split()
        for _ in range(5):
            start = int(generator.integers(0, 55))
            changed = [
                *words[:start],
                *(f"x{generator.integers(10**6)}" for _ in range(3)),
                *words[start + 3 :],
            ]
            texts.append(" ".join(changed))
            truth.append(letter * 5)
    assert np.mean(repeats_of(texts).first == np.array(truth)) >= 0.99


def test_the_command_counts_letters_and_prints_nothing_of_them(tmp_path: Path) -> None:
    file, out = tmp_path / "answers.csv", tmp_path / "out.csv"
    rows = [LETTER, "Kind.", LETTER + " thanks", "", "kind"]
    file.write_text("ref,said\n" + "".join(f'r{at},"{text}"\n' for at, text in enumerate(rows)))
    asked = ["repeats", str(file), "--id", "ref", "--text", "said", "-o", str(out)]
    done = CliRunner().invoke(command, asked, catch_exceptions=False)
    assert out.read_text().split() == ["id,first,alike", "r0,r0,", "r1,r1,", "r2,r0,nearly", "r4,r1,exactly"]
    assert "5 rows in = 4 texts + 1 refused" in done.output
    assert "1 repeat another exactly, 1 nearly: 2 letters" in done.output
    assert "closure" not in done.output

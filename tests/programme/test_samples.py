"""`fullpicture sample`: drawn, coded twice, compared, decided, estimated."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scipy.stats import beta, t

from fullpicture.analyse.sample_estimates import Case, weighted_share
from fullpicture.cli.sample import command
from fullpicture.core.errors import FullPictureError, ProgrammeRefused, SourceRefused, UsageError

CODEBOOK = """
title = "Case files"
[question.made_by_child]
asks = "Was the image made by the child?"
codes = { yes = "By the child", no = "By somebody else", unclear = "The file does not say" }
unknown = ["unclear"]
[question.harm]
asks = "Which of these does the file mention?"
codes = { threat = "A threat", payment = "A payment" }
several = true
"""


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _run(*arguments: object) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Twelve of forty cases of two forces, in a programme folder."""
    (tmp_path / "programme.toml").write_text("")
    (tmp_path / "codebook.toml").write_text(CODEBOOK)
    cases = [{"Ref": f"C{n:03}", "Force": "Elm" if n < 30 else "Oak", "Text": f"case {n}"} for n in range(40)]
    _write(tmp_path / "cases.csv", cases)
    drawn = _run(
        "draw", tmp_path / "cases.csv", "--id", "Ref", "--by", "Force", "--show", "Text", "--size", 12,
        "--seed", 7, "--codebook", tmp_path / "codebook.toml", "--reason", "To know who made images",
        "--who", "Analyst", "-o", tmp_path / "samples" / "files",
    )  # fmt: skip
    assert drawn.output.startswith("12 of 40 cases drawn")
    return tmp_path / "samples" / "files"


def _code(sheet: Path, **answers: str) -> None:
    rows = _rows(sheet)
    for row in rows:
        number = int(row["reference"][1:])
        row |= {"made_by_child": "Yes" if number % 2 else "no", "harm": "threat | payment"} | answers
    _write(sheet, rows)


def test_each_coder_has_the_same_cases_in_an_order_of_their_own(sample: Path) -> None:
    first, second = (_rows(sample / name) for name in ("coder-1.csv", "coder-2.csv"))
    references = [[row["reference"] for row in rows] for rows in (first, second)]
    assert sorted(references[0]) == sorted(references[1])
    assert references[0] != references[1]
    assert {row["Text"] for row in first} == {f"case {int(one[1:])}" for one in references[0]}
    assert "By somebody else" in (sample / "coding-guide.txt").read_text()


def test_the_record_says_who_drew_what_and_why(sample: Path) -> None:
    [line] = (sample.parents[1] / "state" / "samples.jsonl").read_text().splitlines()
    said = json.loads(line)
    assert (said["what"], said["who"], said["why"]) == ("drawn", "Analyst", "To know who made images")
    assert (said["source"], said["by"], said["size"], said["of"], said["seed"]) == (
        "cases.csv", ["Force"], 12, 40, 7,
    )  # fmt: skip


def test_a_sample_is_never_drawn_over(sample: Path) -> None:
    with pytest.raises(UsageError, match="never drawn again"):
        _run(
            "draw", sample.parents[1] / "cases.csv", "--id", "Ref", "--size", 5, "--seed", 1,
            "--codebook", sample.parents[1] / "codebook.toml", "--reason", "Again", "-o", sample,
        )  # fmt: skip


def test_all_that_is_wrong_with_sheets_is_said_at_once(sample: Path) -> None:
    _code(sample / "coder-1.csv")
    rows = _rows(sample / "coder-1.csv")
    rows[0]["made_by_child"], rows[1]["harm"] = "unclaer", ""
    _write(sample / "coder-1.csv", [*rows[:-2], rows[0]])
    _code(sample / "coder-2.csv", sample="another")
    with pytest.raises(ProgrammeRefused) as refused:
        _run("agree", sample)
    said = str(refused.value)
    for part in (
        "coder-1.csv:2 made_by_child: this is not a code of the question. Did you mean unclear?",
        "coder-1.csv:3 harm: this is not coded. Write one of threat, payment.",
        "coder-1.csv:12: this case is in row 2 already.",
        "coder-1.csv: 2 of 12 cases are missing.",
        "coder-2.csv: 12 of 12 rows are of another sample or codebook.",
    ):
        assert part in said
    assert rows[0]["reference"] not in said


def test_agreement_is_that_of_the_two_sheets(sample: Path) -> None:
    _code(sample / "coder-1.csv")
    _code(sample / "coder-2.csv")
    rows = _rows(sample / "coder-2.csv")
    rows[0]["made_by_child"] = "unclear"
    _write(sample / "coder-2.csv", rows)
    first, *others = csv.DictReader(_run("agree", sample).output.splitlines())
    assert (first["question"], first["same"], first["cases"]) == ("made_by_child", "11", "12")
    assert 0.8 < float(first["kappa"]) < 0.9
    assert [(one["code"], one["same"]) for one in others] == [("threat", "12"), ("payment", "12")]


def test_disagreements_are_decided_and_shares_estimated(sample: Path) -> None:
    _code(sample / "coder-1.csv")
    _code(sample / "coder-2.csv", harm="payment | threat")
    rows = _rows(sample / "coder-2.csv")
    rows[0]["made_by_child"] = rows[1]["made_by_child"] = "unclear"
    _write(sample / "coder-2.csv", rows)
    assert "2 of 2 disagreements are to be decided" in _run("adjudicate", sample, "--who", "Lead").output
    with pytest.raises(ProgrammeRefused, match="this is not coded"):
        _run("estimate", sample, "--area", "NAT", "--period", "2024")
    to_decide = _rows(sample / "decide.csv")
    _write(
        sample / "decide.csv", [row | {"decided": "unclear", "why": "file is silent"} for row in to_decide]
    )
    assert "All 2 disagreements are decided" in _run("adjudicate", sample, "--who", "Lead").output
    coded = _rows(sample / "coded.csv")
    assert sum(float(row["weight"]) for row in coded) == pytest.approx(40, abs=1e-3)
    _run("estimate", sample, "--area", "NAT", "--period", "2024")
    yes = _rows(sample / "estimates.csv")[0]
    assert (yes["question"], yes["code"], yes["base"], yes["unknown"]) == ("made_by_child", "yes", "10", "2")
    known = [row for row in coded if row["made_by_child"] != "unclear"]
    having = sum(float(row["weight"]) for row in known if row["made_by_child"] == "yes")
    share = having / sum(float(row["weight"]) for row in known)
    assert float(yes["value"]) == pytest.approx(100 * share, abs=1e-2)
    assert [json.loads(line)["what"] for line in _log(sample)] == ["drawn", "decided"]


def _log(sample: Path) -> list[str]:
    return (sample.parents[1] / "state" / "samples.jsonl").read_text().splitlines()


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (["--by", "Text", "--size", 12], UsageError, "40 strata need 40"),
        (["--by", "Froce", "--size", 12], SourceRefused, "Force"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    given: list[object], error: type[FullPictureError], said: str, sample: Path
) -> None:
    top = sample.parents[1]
    with pytest.raises(error, match=said):
        _run(
            "draw", top / "cases.csv", "--id", "Ref", "--seed", 1, *given, "--codebook",
            top / "codebook.toml", "--reason", "A try", "-o", top / "other",
        )  # fmt: skip


def test_a_codebook_says_all_its_mistakes(sample: Path) -> None:
    top = sample.parents[1]
    (top / "bad.toml").write_text(
        '[question.a]\nasks = "?"\ncodes = { none = "x" }\nunknown = ["y"]\nmay = 1\n'
    )
    with pytest.raises(ProgrammeRefused, match="may: this key is not known"):
        _run(
            "draw", top / "cases.csv", "--id", "Ref", "--seed", 1, "--size", 9,
            "--codebook", top / "bad.toml", "--reason", "A try", "-o", top / "other",
        )  # fmt: skip


def test_a_weighted_share_is_what_paper_and_pencil_say() -> None:
    # 100 cases in one stratum of which 4 are drawn and 3 have it; 50 in another, 5 drawn, 1 has it.
    cases = [Case("a", 100, n < 3) for n in range(4)] + [Case("b", 50, n < 1) for n in range(5)]
    found = weighted_share(cases)
    assert found is not None
    assert found.share == pytest.approx((75 + 10) / 150)
    p = 85 / 150
    variance_a = 100**2 * (1 - 0.04) * (0.25 / 150**2) / 4
    variance_b = 50**2 * (1 - 0.1) * (0.2 / 150**2) / 5
    size = p * (1 - p) / (variance_a + variance_b) * (t.ppf(0.975, 8) / t.ppf(0.975, 7)) ** 2
    assert size == pytest.approx(7.615, abs=0.001)
    assert found.lower == pytest.approx(beta.ppf(0.025, p * size, size - p * size + 1))
    assert found.upper == pytest.approx(beta.ppf(0.975, p * size + 1, size - p * size))
    assert (found.cases, found.base, found.unknown) == (4, 9, 0)


def test_shares_of_none_and_of_all_have_an_interval() -> None:
    none = weighted_share([Case("a", 500, False)] * 60)
    assert none is not None
    assert none.lower == 0.0
    assert none.upper == pytest.approx(1 - 0.025 ** (1 / 60))
    assert weighted_share([Case("a", 500, None)] * 3) is None


def test_a_stratum_with_one_case_drawn_has_no_variance() -> None:
    with pytest.raises(ValueError, match="two cases at least"):
        weighted_share([Case("a", 5, True), Case("b", 5, True), Case("b", 5, False)])

"""The invented hand-coded sample is one that `fullpicture sample` could have left."""

from __future__ import annotations

from pathlib import Path

from fullpicture.demo import write_nation
from fullpicture.demo.case_files import QUESTIONS
from fullpicture.programme.sample_results import agreement, estimate
from fullpicture.programme.samples import coded, questions_of


def test_the_sample_is_complete_decided_and_weighted_up(tmp_path: Path) -> None:
    write_nation(tmp_path, scale=0.01)
    folder = tmp_path / "data" / "samples" / "case-files"
    assert questions_of(folder) == QUESTIONS
    assert len(coded(folder).members) > 100
    assert all(0.7 < one.kappa.value < 0.95 for one in agreement(folder))
    written = (folder / "estimates.csv").read_bytes()
    shares = {(question, code): share for question, code, share in estimate(folder, "NAT", "2024")}
    assert (folder / "estimates.csv").read_bytes() == written
    made = shares["made_by_child", "yes"]
    assert abs(made.share - 0.62 / 0.87) < 0.06

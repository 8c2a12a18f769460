"""Responses are read with their ids and roles; every row kept or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.collect.responses import ResponseColumns, read_responses
from fullpicture.core.errors import SourceRefused


def test_rows_in_are_rows_kept_and_refused_and_roles_are_ours(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Ref,Answer,Who,Q\n1,Yes,Victim,q1\n1,No,,q1\n,Maybe,,q1\n3, ,,q1\n4,Well,robot,q2\n")
    read = read_responses(path, ResponseColumns("ref", "answer", question="q", role="who"))
    assert read.table.to_pylist() == [
        {"row": 2, "id": "1", "text": "Yes", "question": "q1", "group": "", "role": "victim"},
        {"row": 6, "id": "4", "text": "Well", "question": "q2", "group": "", "role": ""},
    ]
    assert read.rows_in == 5
    assert dict(read.refused) == {"RSP-001": 1, "RSP-002": 1, "RSP-003": 1}
    assert [(one.rule, one.row) for one in read.problems] == [
        ("RSP-001", 4),
        ("RSP-002", 3),
        ("RSP-003", 5),
        ("RSP-004", 6),
    ]


def test_columns_that_are_not_there_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Ref,Answer\n1,Yes\n")
    with pytest.raises(SourceRefused, match=r'no column "Reff".*nearest is "Ref".*no column "Question"'):
        read_responses(path, ResponseColumns("Reff", "Answer", question="Question"))

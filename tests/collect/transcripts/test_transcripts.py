"""Transcripts of every kind become the same turns; nothing that is said is lost or given to somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.collect.transcripts import Pseudonyms, read_transcript
from fullpicture.core.errors import SourceRefused
from tests.collect.transcripts.documents import paragraph, table, write_document

TURNS = [
    ("Interviewer", "How did it begin?"),
    ("Mary Ellis", "I rang them. Nobody came: not that day."),
    ("Interviewer", "And then?"),
    ("Mary Ellis", "They told me one thing: wait."),
]
TEXT = """Interview on the first of May

Interviewer: How did it begin?
Mary Ellis: I rang them.
Nobody came: not that day.

[00:01:02] Interviewer: And then?
Mary Ellis (00:01:10): They told me one thing: wait.
"""
TEAMS = """Interviewer   0:03
How did it begin?
Mary Ellis   0:05
I rang them.
Nobody came: not that day.
Interviewer   1:02
And then?
Mary Ellis   1:10
They told me one thing: wait.
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
Interviewer: How did it begin?

2
00:00:03,000 --> 00:00:05,000
<i>Mary Ellis: I rang them.</i>

3
00:00:05,000 --> 00:00:07,000
Nobody came: not that day.

4
00:01:02,000 --> 00:01:04,000
- Interviewer: And then?
- Mary Ellis: They told me one thing: wait.
"""
VTT = """WEBVTT - one interview

NOTE made by a machine: not checked

STYLE
::cue { color: red }

a1
00:01.000 --> 00:03.000 align:start
<v Interviewer>How did it begin?</v>

00:03.000 --> 00:05.000
<v.loud Mary Ellis>I <b>rang</b> them.</v>

00:05.000 --> 00:07.000
<v Mary Ellis>Nobody came: <00:06.000>not that day.</v>

01:02.000 --> 01:04.000
<v Interviewer>And then?</v> <v Mary Ellis>They told me one thing: wait.</v>
"""


@pytest.mark.parametrize(
    ("name", "text"), [("a.txt", TEXT), ("b.txt", TEAMS), ("c.srt", SRT), ("d.vtt", VTT)]
)
def test_every_kind_of_text_gives_the_same_turns(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert [(turn.speaker, turn.text) for turn in read_transcript(path).turns] == TURNS


def test_paragraphs_of_a_document_give_the_same_turns(tmp_path: Path) -> None:
    struck = "<w:p><w:del><w:r><w:delText>Struck out</w:delText></w:r></w:del></w:p>"
    body = "".join(map(paragraph, TEXT.strip().split("\n"))) + struck
    found = read_transcript(write_document(tmp_path / "a.docx", body))
    assert [(turn.speaker, turn.text) for turn in found.turns] == TURNS
    assert found.lines_in == 6
    assert found.refused == {"TRN-001": 1}


def test_a_table_of_times_speakers_and_words_gives_the_same_turns(tmp_path: Path) -> None:
    rows = [(f"00:0{at}:00", speaker, text) for at, (speaker, text) in enumerate(TURNS)]
    found = read_transcript(write_document(tmp_path / "a.docx", table(rows)))
    assert [(turn.speaker, turn.text) for turn in found.turns] == TURNS


def test_lines_in_are_lines_in_turns_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Project\nA title\n\nMary Ellis:\nInterviewer: Well?\nmore\n")
    found = read_transcript(path)
    assert found.lines_in == 5
    assert found.refused == {"TRN-001": 2, "TRN-002": 1}
    assert [(one.rule, one.row) for one in found.problems] == [("TRN-001", 1), ("TRN-002", 4)]
    assert [tuple(turn) for turn in [(one.row, one.speaker, one.text) for one in found.turns]] == [
        (5, "Interviewer", "Well? more")
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "transcripts of this kind are not read"),
        ("a.docx", b"PK no zip", "not a .docx document"),
        ("a.txt", b"no one: speaks here", "nobody speaks in it"),
        ("a.txt", b"Mary: caf\xe9", 'declare encoding = "cp1252"'),
    ],
)
def test_what_cannot_be_read_says_how_to_mend_it(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceRefused, match=said):
        read_transcript(path)


def test_a_document_that_would_exhaust_the_machine_is_refused(tmp_path: Path) -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    with pytest.raises(SourceRefused, match="declares entities"):
        read_transcript(write_document(tmp_path / "a.docx", paragraph("Mary: hello"), entities))
    with pytest.raises(SourceRefused, match="unpacks to more than 64 MiB"):
        read_transcript(write_document(tmp_path / "b.docx", paragraph("Mary: " + "a" * (65 << 20))))


def test_the_same_person_has_the_same_pseudonym_in_every_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(
            "Interviewer: Thank you, Mary.\nMARY ELLIS: I am Mary, not Marylin.\nParticipant 2: So, Ellis?\n"
        )
    names = Pseudonyms({})
    turns = [
        (turn.speaker, turn.text)
        for name in ("a.txt", "b.txt")
        for turn in names.of(read_transcript(tmp_path / name))
    ]
    assert turns == [
        ("Interviewer 1", "Thank you, Mary."),
        ("Speaker 1", "I am Mary, not Marylin."),
        ("Speaker 2", "So, Ellis?"),
        ("Interviewer 2", "Thank you, Mary."),
        ("Speaker 1", "I am Mary, not Marylin."),
        ("Speaker 3", "So, Ellis?"),
    ]


def test_names_of_speakers_are_out_of_what_anybody_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "PC Jones: Thank you, Mary.\nMary Ellis: I am Mary Ellis, not Marylin. Ask Mr Jones.\n"
    )
    turns = Pseudonyms({"Mary Ellis": "Speaker 7"}, ["pc jones"]).of(read_transcript(tmp_path / "a.txt"))
    assert [turn.text for turn in turns] == [
        "Thank you, Speaker 7.",
        "I am Speaker 7, not Marylin. Ask Mr Interviewer 1.",
    ]


def test_nobody_gets_a_pseudonym_of_somebody_whose_row_is_not_the_last(tmp_path: Path) -> None:
    """Speaker 1 has withdrawn, and her row was deleted from the key."""
    (tmp_path / "a.txt").write_text("Ann Bell: I waited.\nMary Ellis: So did I.\n")
    turns = Pseudonyms({"Mary Ellis": "Speaker 2"}).of(read_transcript(tmp_path / "a.txt"))
    assert [turn.speaker for turn in turns] == ["Speaker 3", "Speaker 2"]

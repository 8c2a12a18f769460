"""Lines are only ever added; what a crash cut off is known for what it is; two processes take turns."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.programme.state import MENDED, Log, State, utc

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Note:
    """A line for tests."""

    who: str
    at: datetime
    numbers: tuple[int, ...] = ()


def log(folder: Path) -> Log[Note]:
    return Log(State(folder), "notes", Note)


def test_lines_are_read_as_they_were_added(tmp_path: Path) -> None:
    notes = [Note("ann", AT), Note('b\n"é\u2028', AT, (1, 2))]
    log(tmp_path).add(notes)
    log(tmp_path).add([])
    assert log(tmp_path).read() == tuple(notes)
    first = (tmp_path / "state" / "notes.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert first == '{"who":"ann","at":"2026-03-02T09:30:00Z","numbers":[]}'


def test_nothing_was_decided_where_there_is_no_folder(tmp_path: Path) -> None:
    assert log(tmp_path).read() == ()
    assert not (tmp_path / "state").exists()


@settings(max_examples=60, deadline=None)
@example([("", 1), ("", 1 + len(MENDED) - 1)])
@given(st.lists(st.tuples(st.text(max_size=6), st.integers(0, 200)), min_size=1, max_size=5))
def test_a_write_cut_off_anywhere_costs_that_line_and_nothing_else(writes: list[tuple[str, int]]) -> None:
    """Each write is cut off after some bytes, as by a crash; whole lines stay, whatever comes after them."""
    with tempfile.TemporaryDirectory() as folder:
        kept: list[Note] = []
        path = Path(folder) / "state" / "notes.jsonl"
        for who, length in writes:
            before = path.read_bytes() if path.exists() else b""
            log(Path(folder)).add([Note(who, AT)])
            written = path.read_bytes()
            assert written.startswith(before)
            cut = written[: len(before) + length]
            path.write_bytes(cut)
            if len(cut) >= len(written) - 1:  # all but the end of the line is all of what it says
                kept.append(Note(who, AT))
            assert log(Path(folder)).read() == tuple(kept)
        log(Path(folder)).add([Note("last", AT)])
        assert log(Path(folder)).read() == (*kept, Note("last", AT))


def test_what_is_left_of_a_cut_off_line_stays_and_is_marked(tmp_path: Path) -> None:
    log(tmp_path).add([Note("ann", AT)])
    path = tmp_path / "state" / "notes.jsonl"
    path.write_bytes(path.read_bytes() + b'{"who":"bo')
    assert log(tmp_path).read() == (Note("ann", AT),)
    log(tmp_path).add([Note("cy", AT)])
    assert path.read_bytes().splitlines(keepends=True)[1:3] == [b'{"who":"bo\n', MENDED]
    assert log(tmp_path).read() == (Note("ann", AT), Note("cy", AT))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"who":"bo\n', r"state/notes\.jsonl:1: this line was damaged\. Put it back"),
        (b'{"who":"bo"}\n', r"notes\.jsonl:1: this line does not say what a line of notes says \(at\)"),
    ],
)
def test_a_line_damaged_by_hand_is_refused(line: bytes, said: str, tmp_path: Path) -> None:
    log(tmp_path).add([Note("ann", AT), Note("cy", AT)])
    path = tmp_path / "state" / "notes.jsonl"
    path.write_bytes(line + path.read_bytes().splitlines(keepends=True)[1])
    with pytest.raises(ProgrammeRefused, match=said):
        log(tmp_path).read()


def test_a_full_disk_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes a part of the line and no more; afterwards the next line is written below it."""
    write, lines = os.write, log(tmp_path)

    def take_ten_bytes(handle: int, text: bytes) -> int:
        if len(text) < 40:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, text[:10])

    monkeypatch.setattr(os, "write", take_ten_bytes)
    with pytest.raises(ProgrammeRefused, match=r"nothing could be written \(No space left"):
        lines.add([Note("ann", AT)])
    monkeypatch.undo()
    lines.add([Note("bo", AT)])
    assert lines.read() == (Note("bo", AT),)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tests.programme.test_state import AT, Note, log

for number in range(50):
    lines = log(Path(sys.argv[1]))
    with lines.state.locked():
        lines.add([Note(sys.argv[2], AT, (len(lines.read()),))])
"""


def test_processes_that_read_and_then_write_take_turns(tmp_path: Path) -> None:
    commands = [[sys.executable, "-c", WRITER, str(tmp_path), who] for who in ("ann", "bo", "cy")]
    running = [subprocess.Popen(command) for command in commands]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert [note.numbers for note in log(tmp_path).read()] == [(number,) for number in range(150)]


def test_times_are_in_utc() -> None:
    assert utc(datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=1)))).isoformat() == (
        "2026-07-01T09:00:00+00:00"
    )
    with pytest.raises(ValueError, match="needs its time zone"):
        utc(datetime(2026, 7, 1, 10, 0))

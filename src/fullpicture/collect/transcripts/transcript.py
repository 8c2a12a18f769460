"""Reads a transcript by the ending of its name."""

from __future__ import annotations

from pathlib import Path

from fullpicture.collect.reading.text import file_text
from fullpicture.collect.transcripts.cues import lines_of_cues
from fullpicture.collect.transcripts.document import lines_of_document
from fullpicture.collect.transcripts.turns import Line, Transcript, turns_of
from fullpicture.core.errors import SourceRefused

SUFFIXES = (".txt", ".docx", ".srt", ".vtt")


def read_transcript(path: Path, encoding: str = "utf-8") -> Transcript:
    """The turns of a transcript: plain text, a Word document, or subtitles.

    Args:
        encoding: of text files: `utf-8`, `utf-16` or `cp1252`; never guessed.

    Raises:
        SourceRefused: the file is of another kind, cannot be read, or nobody speaks in it.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        mend = f"Deliver it as one of {', '.join(SUFFIXES)}."
        raise SourceRefused(path.name, "transcripts of this kind are not read.", mend)
    try:
        found = turns_of(path.name, _lines(path, suffix, encoding))
    except OSError as error:
        mend = "Check its name, and who may read it."
        raise SourceRefused(path.name, f"it cannot be opened ({error.strerror}).", mend) from None
    if not found.turns:
        mend = 'Begin every turn with who speaks and a colon, as in "Interviewer: How was it?"'
        raise SourceRefused(path.name, "nobody speaks in it.", mend)
    return found


def _lines(path: Path, suffix: str, encoding: str) -> list[Line]:
    if suffix == ".docx":
        return list(lines_of_document(path, path.name))
    text = file_text(path, encoding, path.name).decode().replace("\r\n", "\n").replace("\r", "\n")
    if suffix in (".srt", ".vtt"):
        return list(lines_of_cues(text))
    return [Line(row, line) for row, line in enumerate(text.split("\n"), start=1)]

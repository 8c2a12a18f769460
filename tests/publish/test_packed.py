"""Texts that are compressed apart and laid beside each other in a zip are read as one."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest

from fullpicture.publish.packed import packed, write_zip

LONG = "Ynys Môn, 12.5\n" * 5_000


@pytest.mark.parametrize("parts", [[], [""], ["a"], ["a", "b"], ["head", LONG, "", "middle", LONG, "end"]])
def test_parts_are_read_as_one_text_with_its_checksum(parts: list[str], tmp_path: Path) -> None:
    apart = [packed(part) if place % 2 else part for place, part in enumerate(parts)]
    write_zip(tmp_path / "all.zip", [("one/all.txt", apart), ("two.txt", ["after it"])], mimetype="text/x")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["mimetype", "one/all.txt", "two.txt"]
        assert archive.read("one/all.txt").decode() == "".join(parts)
        assert archive.read("two.txt") == b"after it"
        said = archive.getinfo("one/all.txt")
        assert (said.CRC, said.file_size) == (
            zlib.crc32("".join(parts).encode()),
            len("".join(parts).encode()),
        )
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED


def test_the_clock_is_not_read(tmp_path: Path) -> None:
    write_zip(tmp_path / "all.zip", [("one.txt", ["text"])])
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.getinfo("one.txt").date_time == (1980, 1, 1, 0, 0, 0)

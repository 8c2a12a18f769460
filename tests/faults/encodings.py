"""Text in another encoding than declared, damaged, or packed in a way that nothing says."""

from __future__ import annotations

import gzip
from pathlib import Path

from fullpicture.collect.source import Reading
from tests.faults.fault import GOOD, bad_row, csv_text, faulty, table_with, written

TEXT = csv_text(table_with())
WELSH = csv_text(table_with(bad_row(Vic_sex="Môr")))
UTF_16, CP1252 = Reading(encoding="utf-16"), Reading(encoding="cp1252")


@faulty("encoding", refused='Declare encoding = "utf-16"')
def utf_16_that_is_not_declared(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-16"))


@faulty("encoding", refused='Declare encoding = "utf-16"')
def utf_16_without_a_mark_that_is_not_declared(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-16-be"))


@faulty("encoding", reading=UTF_16, refused="is not utf-16")
def utf_16_that_ends_within_a_character(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-16")[:-1])


@faulty("encoding", reading=UTF_16, refused="is not utf-16")
def utf_16_with_half_a_surrogate_pair(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-16-le") + b"\x00\xd8,\x00")


@faulty("encoding", reading=UTF_16, refused='Declare encoding = "utf-8"')
def utf_8_that_is_declared_utf_16(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-8"))


@faulty("encoding", reading=UTF_16, refused="high byte first")
def utf_16_with_the_high_byte_first_and_no_mark(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-16-be"))


@faulty("encoding", refused="UTF-32")
def utf_32_that_looks_like_utf_16(folder: Path) -> Path:
    return written(folder / "kent.csv", b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"))


@faulty("encoding", refused="UTF-32")
def utf_32_with_the_high_byte_first(folder: Path) -> Path:
    return written(folder / "kent.csv", b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be"))


@faulty("encoding", rules={"MAP-001": 1})
def utf_7_which_is_text_of_other_signs(folder: Path) -> Path:
    return written(folder / "kent.csv", WELSH.encode("utf-7"))


@faulty("encoding", refused='declare encoding = "cp1252"')
def cp1252_that_is_not_declared(folder: Path) -> Path:
    return written(folder / "kent.csv", WELSH.encode("cp1252"))


@faulty("encoding", reading=CP1252, refused='Declare encoding = "utf-8"')
def utf_8_with_a_mark_that_is_declared_cp1252(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("utf-8-sig"))


@faulty("encoding", reading=CP1252, refused="line 8: byte")
def a_byte_that_cp1252_does_not_have(folder: Path) -> Path:
    return written(folder / "kent.csv", WELSH.encode("cp1252").replace(b"\xf4", b"\x81"))


@faulty("encoding", refused="line 14: byte")
def utf_8_with_a_line_of_cp1252(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode() + "RX/1,£\r\n".encode("cp1252"))


@faulty("encoding", refused="is not utf-8")
def utf_8_that_is_longer_than_it_may_be(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode() + b"RX\xc0\xaf1\r\n")


@faulty("encoding", refused="is not utf-8")
def half_a_surrogate_pair_in_utf_8(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode() + b"RX\xed\xa0\x801\r\n")


@faulty("encoding", refused="is not utf-8")
def utf_8_that_ends_within_a_character(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode() + "€".encode()[:2])


@faulty("encoding", rules={"DAT-002": 1, "OFF-001": 1, "MAP-001": 4, "MAP-003": 1, "MAP-004": 1})
def a_mark_and_the_header_again_in_the_middle(folder: Path) -> Path:
    first, second = csv_text(table_with()[:7]), csv_text(table_with()[7:])
    header = csv_text(table_with()[:1])
    return written(folder / "kent.csv", "\ufeff" + first + "\ufeff" + header + second)


@faulty("encoding")
def two_marks_at_the_beginning(folder: Path) -> Path:
    return written(folder / "kent.csv", "\ufeff\ufeff" + TEXT)


@faulty("encoding", rules={"ROW-006": 1})
def nul_characters_in_a_row(folder: Path) -> Path:
    return written(folder / "kent.csv", csv_text(table_with(bad_row(Vic_age="3\0004"))))


@faulty("encoding", refused="NUL bytes")
def nul_bytes_where_the_file_begins(folder: Path) -> Path:
    return written(folder / "kent.csv", bytes(4096) + TEXT.encode())


@faulty("encoding", refused="is not utf-8")
def a_file_of_a_mainframe(folder: Path) -> Path:
    return written(folder / "kent.csv", TEXT.encode("cp500"))


@faulty("encoding", refused='more than one column is called "[2Ja"')
def headers_that_would_write_on_a_terminal(folder: Path) -> Path:
    rows = [("\x1b[2Ja", "\x1b[2Ja", *"bcdefg"), *GOOD]
    return written(folder / "kent.csv", csv_text(rows))


@faulty("packed", refused="packed")
def gzip_within_gzip(folder: Path) -> Path:
    return written(folder / "kent.csv.gz", gzip.compress(gzip.compress(TEXT.encode())))


@faulty("packed", refused="packed")
def gzip_that_is_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", gzip.compress(TEXT.encode()))


@faulty("packed", refused="not a gzip file")
def csv_that_is_called_gzip(folder: Path) -> Path:
    return written(folder / "kent.csv.gz", TEXT)


@faulty("packed", refused="cut short or damaged")
def gzip_that_is_cut_short(folder: Path) -> Path:
    return written(folder / "kent.csv.gz", gzip.compress(TEXT.encode())[:-20])


@faulty("packed", refused="cut short or damaged")
def gzip_whose_sum_is_wrong(folder: Path) -> Path:
    content = bytearray(gzip.compress(TEXT.encode()))
    content[-8] ^= 1
    return written(folder / "kent.csv.gz", bytes(content))


@faulty("packed", refused="cut short or damaged")
def gzip_with_rubbish_after_it(folder: Path) -> Path:
    return written(folder / "kent.csv.gz", gzip.compress(TEXT.encode()) + b"rubbish")

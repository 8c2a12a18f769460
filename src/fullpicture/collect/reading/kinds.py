"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32 text", "Save it again as CSV UTF-8."),
    (b"\x00\x00\xfe\xff", "UTF-32 text", "Save it again as CSV UTF-8."),
    (
        b"PK\x03\x04",
        "a packed file",
        "Call it .xlsx or .ods if it is a workbook; unpack it if it is a zip file.",
    ),
    (b"\x1f\x8b", "a packed file (gzip)", "Call it .csv.gz if it is packed once; unpack it otherwise."),
    (b"PAR1", "a Parquet file", "Call it .parquet."),
    (b"%PDF-", "a PDF document", "Deliver the table that it was made from."),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old workbook (.xls) or a locked one",
        "Call it .xls, or save it without a password as .xlsx.",
    ),
)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_LOOKED_AT = 1024


def kind_of(content: bytes) -> tuple[str, str] | None:
    """What a file is that says so in its first bytes, and how to mend a name that says otherwise.

    Examples:
        >>> kind_of(b"%PDF-1.7")
        ('a PDF document', 'Deliver the table that it was made from.')
        >>> kind_of(b"force,crimes") is None
        True
    """
    for mark, kind, mend in _MARKS:
        if content.startswith(mark):
            return kind, mend
    if _WEB_PAGE.match(content[:_LOOKED_AT]):
        return (
            "a web page (HTML)",
            "Open it in a spreadsheet program, save it as .xlsx or CSV, and deliver that.",
        )
    return None


def is_text(content: bytes) -> bool:
    """Whether it could be a table as text: UTF-8, or a code page, without what no text has."""
    start = content[:_LOOKED_AT]
    return bool(start) and not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start)

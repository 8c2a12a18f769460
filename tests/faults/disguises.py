"""Files that are not what their name says, and things that are no files."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.books import ods_bytes, xlsx_bytes
from tests.faults.containers import xls
from tests.faults.damaged_parquet import parquet_bytes
from tests.faults.fault import csv_text, faulty, table_with, written

HTML = (
    "<html><body><table>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table_with())
    + "</table></body></html>"
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
TEXT = csv_text(table_with())


@faulty("disguises", refused="Call it .xlsx or .ods")
def a_workbook_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", xlsx_bytes())


@faulty("disguises", refused="an old workbook (.xls)")
def an_old_workbook_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", xls(table_with()))


@faulty("disguises", refused="Parquet")
def parquet_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", parquet_bytes())


@faulty("disguises", refused="PDF")
def a_pdf_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", PDF)


@faulty("disguises", refused="HTML")
def a_web_page_called_csv(folder: Path) -> Path:
    return written(folder / "kent.csv", HTML)


@faulty("disguises", refused=".csv")
def csv_called_xlsx(folder: Path) -> Path:
    return written(folder / "kent.xlsx", TEXT)


@faulty("disguises", refused=".csv")
def csv_called_xls(folder: Path) -> Path:
    return written(folder / "kent.xls", TEXT)


@faulty("disguises", refused="HTML")
def a_web_page_called_xls(folder: Path) -> Path:
    return written(folder / "kent.xls", HTML)


@faulty("disguises", refused="PDF")
def a_pdf_called_xlsx(folder: Path) -> Path:
    return written(folder / "kent.xlsx", PDF)


@faulty("disguises", refused="not a Parquet file")
def csv_called_parquet(folder: Path) -> Path:
    return written(folder / "kent.parquet", TEXT)


@faulty("disguises")
def a_workbook_called_xls(folder: Path) -> Path:
    return written(folder / "kent.xls", xlsx_bytes())


@faulty("disguises", refused="old .xls workbook under another name")
def an_old_workbook_called_xlsx(folder: Path) -> Path:
    return written(folder / "kent.xlsx", xls(table_with()))


@faulty("disguises")
def an_open_document_called_xlsx(folder: Path) -> Path:
    return written(folder / "kent.xlsx", ods_bytes(folder))


@faulty("disguises")
def a_name_in_capitals(folder: Path) -> Path:
    return written(folder / "KENT.CSV", TEXT)


@faulty("disguises", refused="files of this kind are not read")
def a_kind_that_is_not_read(folder: Path) -> Path:
    return written(folder / "kent.docx", xlsx_bytes())


@faulty("no files", refused="this is a folder")
def a_folder_called_csv(folder: Path) -> Path:
    (folder / "kent.csv").mkdir()
    return folder / "kent.csv"


@faulty("no files", refused="it is not there")
def a_file_that_is_not_there(folder: Path) -> Path:
    return folder / "kent.csv"


@faulty("no files", refused="it is not there")
def a_file_in_a_folder_that_is_not_there(folder: Path) -> Path:
    return folder / "none" / "kent.csv"


@faulty("no files", refused="link")
def links_that_lead_in_a_circle(folder: Path) -> Path:
    (folder / "kent.csv").symlink_to(folder / "other.csv")
    (folder / "other.csv").symlink_to(folder / "kent.csv")
    return folder / "kent.csv"


@faulty("no files", refused="link")
def a_link_to_nothing(folder: Path) -> Path:
    (folder / "kent.csv").symlink_to(folder / "nothing.csv")
    return folder / "kent.csv"


@faulty("no files", refused="not a file")
def a_pipe_that_nobody_writes_to(folder: Path) -> Path:
    os.mkfifo(folder / "kent.csv")
    return folder / "kent.csv"


@faulty("no files", refused="not a file")
def a_device_without_end(folder: Path) -> Path:
    (folder / "kent.csv").symlink_to("/dev/zero")
    return folder / "kent.csv"


@faulty("no files", refused="cannot be opened (Permission denied)")
def a_file_that_may_not_be_read(folder: Path) -> Path:
    path = written(folder / "kent.csv", TEXT)
    path.chmod(0)
    return path


@faulty("no files", refused="cannot be opened (Input/output error)")
def a_file_on_a_disk_that_fails(folder: Path) -> Path:
    (folder / "kent.csv").symlink_to("/proc/self/mem")
    return folder / "kent.csv"


@faulty("no files", refused="name")
def a_name_longer_than_any_disk_allows(folder: Path) -> Path:
    return folder / f"{'kent' * 100}.csv"

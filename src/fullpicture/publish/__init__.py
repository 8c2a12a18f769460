"""Tables in; the files of an edition out."""

from __future__ import annotations

from fullpicture.publish.education_files import write_education_files
from fullpicture.publish.files import write_data
from fullpicture.publish.site import write_site
from fullpicture.publish.workbook import write_workbooks

__all__ = ["write_data", "write_education_files", "write_site", "write_workbooks"]

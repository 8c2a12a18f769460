"""Open data from their publishers' own interfaces: the only part of the package that opens a connection.

Nothing else fetches: not a build, not a check. Each interface is a module; `Web` asks politely.
"""

from fullpicture.collect.fetch.explore_education import EducationDataSet
from fullpicture.collect.fetch.gov_uk import Attachment
from fullpicture.collect.fetch.one_file import OneFile
from fullpicture.collect.fetch.police_uk import StreetCrime
from fullpicture.collect.fetch.remote import Kept, NotFetched, Remote
from fullpicture.collect.fetch.web import Web

__all__ = [
    "Attachment", "EducationDataSet", "Kept", "NotFetched", "OneFile", "Remote", "StreetCrime", "Web",
]  # fmt: skip

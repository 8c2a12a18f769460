"""Explore Education Statistics: a data set by its publication and title, through the public interface.

The interface: `GET /publications?search=`, `GET /publications/{id}/data-sets` (both in pages) and
`GET /data-sets/{id}/csv?dataSetVersion=` (https://api.education.gov.uk/statistics/docs/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fullpicture.collect.fetch.named import one_named
from fullpicture.collect.fetch.remote import STRICT, NotFetched, Remote
from fullpicture.collect.fetch.web import Web

PAGE_SIZE = 40


@dataclass(frozen=True)
class EducationDataSet:
    """`interface = "explore-education-statistics"`; titles are as on the publisher's pages, case forgiven.

    Args:
        version: a version of the data set ("2.0"); the newest where it is not said.
    """

    __pydantic_config__ = STRICT

    publication: str
    data_set: str
    version: str = ""
    base: str = "https://api.education.gov.uk/statistics/v1"

    def remotes(self, web: Web) -> list[Remote]:
        """The data set's CSV file.

        Raises:
            NotFetched: no publication or data set has this title (the nearest is named), or nothing answers.
        """
        publications = self._all(web, "/publications", {"search": self.publication})
        publication = one_named(self.publication, {one["title"]: one for one in publications}, "publication")
        sets = self._all(web, f"/publications/{quote(publication['id'])}/data-sets", {})
        found = one_named(self.data_set, {one["title"]: one for one in sets}, "data set")
        version = self.version or str((found.get("latestVersion") or {}).get("version", ""))
        if not version:
            raise NotFetched(self.data_set, "no version of this data set is published.", "Ask the publisher.")
        address = f"{self.base}/data-sets/{quote(found['id'])}/csv?dataSetVersion={quote(version)}"
        return [Remote(address, version)]

    def _all(self, web: Web, path: str, parameters: dict[str, str | int]) -> Iterator[dict[str, Any]]:
        """The results of every page."""
        page, pages = 1, 1
        while page <= pages:
            answer = web.json(self.base + path, {**parameters, "page": page, "pageSize": PAGE_SIZE})
            yield from answer["results"]
            pages = answer["paging"]["totalPages"]
            page += 1

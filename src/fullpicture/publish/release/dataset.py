"""What catalogues of data read of a release: a schema.org Dataset, in JSON-LD."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from fullpicture.publish.release.issue import Issue, Series

_FORMATS = {
    ".csv": "text/csv",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".json": "application/json",
}


def dataset(series: Series, issue: Issue) -> str:
    """The JSON-LD of one release; safe to stand in a page, whatever its texts say."""
    publisher = {"@type": "Organization", "name": issue.publisher}
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": series.address_of(issue),
        "name": issue.title,
        "description": issue.summary,
        "url": series.address_of(issue),
        "identifier": f"sha256:{issue.sha256}",
        "version": issue.version,
        "datePublished": issue.published_on.isoformat(),
        "dateModified": issue.released_at.date().isoformat(),
        "publisher": publisher,
        "creator": publisher,
        "license": issue.licence or None,
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        "keywords": list(issue.keywords),
        "temporalCoverage": f"{issue.first_day}/{issue.last_day}" if issue.first_day else None,
        "spatialCoverage": [{"@type": "Place", "name": place} for place in issue.places],
        "correction": issue.correction or None,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": PurePosixPath(path).name,
                "encodingFormat": _FORMATS[PurePosixPath(path).suffix],
                "contentUrl": series.address_of(issue, path),
            }
            for path in issue.files
            if PurePosixPath(path).suffix in _FORMATS
        ],
    }
    known = {name: value for name, value in said.items() if value not in (None, [], "")}
    return json.dumps(known, indent=2, ensure_ascii=False).replace("<", "\\u003c")

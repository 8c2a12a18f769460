"""GOV.UK: an attachment of a page, through the content interface (https://content-api.publishing.service.gov.uk)."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import quote, unquote, urljoin, urlsplit

from fullpicture.collect.fetch.remote import STRICT, NotFetched, Remote
from fullpicture.collect.fetch.web import Web


@dataclass(frozen=True)
class Attachment:
    """`interface = "gov.uk"`: the one attachment of a page whose file name fits a pattern.

    Args:
        page: the page's path or address ("government/statistical-data-sets/...").
        attachment: the file's name, `*` for any part of it, because names change with each edition.
    """

    __pydantic_config__ = STRICT

    page: str
    attachment: str
    base: str = "https://www.gov.uk"

    def remotes(self, web: Web) -> list[Remote]:
        """The attachment, with the day on which the page was last changed as its version.

        Raises:
            NotFetched: no attachment fits, or several; the names there are are said.
        """
        path = urlsplit(self.page).path.strip("/")
        item = web.json(f"{self.base}/api/content/{quote(path)}")
        named = {_name(one["url"]): one["url"] for one in item.get("details", {}).get("attachments", [])}
        fit = [name for name in named if fnmatchcase(name.casefold(), self.attachment.casefold())]
        if len(fit) != 1:
            what = f'{len(fit) or "no"} attachments of this page are called "{self.attachment}".'
            offered = "; ".join(sorted(fit or named)) or "none"
            raise NotFetched(path, what, f"Name one of those there are: {offered}.")
        changed = str(item.get("public_updated_at") or "")[:10]
        return [Remote(urljoin(self.base, named[fit[0]]), changed)]


def _name(address: str) -> str:
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1])

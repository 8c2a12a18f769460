"""The static site of an edition: what it holds, page by page, and who writes it."""

from __future__ import annotations

from fullpicture.publish.site.render import environment
from fullpicture.publish.site.write import write_site

__all__ = ["environment", "write_site"]

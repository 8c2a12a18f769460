"""What in a free text could lead to a person: where it stands, and of what kind it is."""

from fullpicture.analyse.redaction.finding import Corpus, found_in, masked
from fullpicture.analyse.redaction.span import KINDS, Kind, Span

__all__ = ["KINDS", "Corpus", "Kind", "Span", "found_in", "masked"]

"""Numbers in prose that claim nothing: dates, references, ages of a definition, levels of an interval."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fullpicture.core.table import Description
from fullpicture.publish.review.quantities import Quantity, quantities

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)\d\d"
_RUN = r"\d+[A-Za-z]?(?:\s*(?:,|and|or|to|&|-|–)\s*\d+[A-Za-z]?)*"
_NOUN = (
    "(?:crime|offence|victim|suspect|case|incident|child|children|girl|boy|report|rape|assault|perpetrator"
    "|force|perpetrator)s?"
)
_PATTERNS = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    rf"\b{_MONTH}\s+{_YEAR}",
    r"\b\d{4}-\d\d-\d\d\b",
    rf"(?<![\d,.])\b{_YEAR}\s?[/–-]\s?\d{{2}}(?:\d\d)?\b(?!,\d)",
    rf"(?<![\d,.]){_YEAR}s?\b(?!,\d|\.\d|\s?%|\s(?:recorded\s|such\s|more\s)?{_NOUN}\b)",
    rf"(?i)(?<=\bin ){_YEAR}\b|(?<=\bduring ){_YEAR}\b|(?<=\bsince ){_YEAR}\b|(?<=\bMarch ){_YEAR}\b",
    rf"(?i)\b(?:tables?|figures?|charts?|sections?|chapters?|notes?|annex|appendix|pages?|paragraphs?|questions?"
    rf"|schedules?|articles?|acts?|ss?\.|outcomes?(?:\s+(?:types?|codes?|groups?))?|types?|codes?|stages?|phases?"
    rf"|levels?|versions?|steps?|rules?|parts?|volumes?|issues?|editions?)\s+{_RUN}",
    r"(?i)\b(?:aged?|ages)\s+(?:from\s+|between\s+)?\d{1,2}\s*(?:to|and|-|–)\s*\d{1,2}\b(?:\s+years?)?",
    r"(?i)\b\d{1,2}\s*(?:to|-|–)\s*\d{1,2}[- ]years?[- ]olds?\b",
    r"(?i)\b(?:aged?\s+|ages\s+)?(?:under|below|over)[- ](?:the\s+age\s+of\s+)?(?:10|13|16|18|21|25)s?\b"
    rf"(?!\s?%|,\d|\s(?:per|{_NOUN})\b)",
    r"(?i)\baged?\s+(?:10|13|16|18|21|25)\s+(?:or|and)\s+(?:over|older|above|under|younger)\b",
    r"(?i)\b\d{2}(?:\.\d)?\s?(?:%|per cent|percent)[- ](?:confidence\s+|uncertainty\s+|credible\s+)?"
    r"(?:intervals?|limits?|bounds?|level|confidence|certain\w*)",
    r"(?i)\b(?:per|for every)\s+(?:1,000|10,000|100,000|1,000,000|1000|thousand|million|hundred)\b",
    r"(?i)\b(?:last|past|previous|over|for|these|those|all|within|by|next|preceding|latest|first)\s+(?:the\s+)?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})\s+(?:calendar\s+|financial\s+)?years?\b",
    r"\b[A-Z]+\d[\w.-]*|\b\w+\d+[A-Za-z]\w*(?<!\dk)(?<!\dm)(?<!\dbn)(?<!\dpc)(?<!\dpct)(?<!\dx)\b",
    r"(?i)\bcounts?\s+(?:of|from|between)\s+(?:1|one)\s+(?:to|and)\s+\w+\b",
    r"(?i)\bcount(?:s|ed|ing)?\s+(?:once|twice)\b",
    r"https?://\S+|\b[\w.]+@[\w.]+",
    r"\b\d{1,2}[:.]\d\d\s?(?:am|pm)\b|\b24/7\b",
)
_NO_CLAIM = [re.compile(pattern) for pattern in _PATTERNS]


class Definitions:
    """What the cited indicators say of themselves: a number of theirs may be said again in their words."""

    def __init__(self, descriptions: Iterable[Description]) -> None:
        texts = (
            part
            for one in descriptions
            for part in (
                one.title, one.definition, one.population, one.numerator, one.denominator, one.caveat,
                one.unit, *(name for name, _ in one.bands),
            )
        )  # fmt: skip
        self._phrases = {phrase for text in texts for phrase in _phrases(text)}

    def say(self, quantity: Quantity, text: str) -> bool:
        """Whether they have the quantity with the word before it, or after it; a share never."""
        if quantity.kind in ("percent", "times", "many", "majority"):
            return False
        said = set(_around(text, quantity))
        return bool(said) and bool(said & self._phrases)


def _phrases(text: str) -> Iterator[str]:
    for quantity in quantities(text):
        yield from _around(text, quantity)


def _around(text: str, quantity: Quantity) -> Iterator[str]:
    """The quantity with what stands beside it: two words after a part, else one before or after."""
    before = re.findall(r"[\w']+", text[: quantity.start].casefold())
    after = re.findall(r"[\w']+", text[quantity.end :].casefold())
    said = quantity.text.casefold()
    if quantity.kind == "part":
        yield " ".join([said, *after[:3]])
        return
    if after and text[quantity.end : quantity.end + 1] in (" ", "-"):
        yield f"{said} {after[0]}"
    if before and before[-1] not in ("the", "of", "in", "a", "and", "by", "was", "were", "is", "are"):
        yield f"{before[-1]} {said}"


def claims(text: str, definitions: Definitions) -> list[Quantity]:
    """The quantities of a text that are claims about the world.

    Examples:
        >>> nothing = Definitions([])
        >>> [one.text for one in claims("In 2024 about 75% of suspects aged 10 to 17 (table 3).", nothing)]
        ['75%']
        >>> [one.text for one in claims("There were 2024 crimes; a fifth had outcome 14.", nothing)]
        ['2024', 'a fifth']
    """
    spared = [found.span() for pattern in _NO_CLAIM for found in pattern.finditer(text)]
    return [
        one
        for one in quantities(text)
        if not any(start <= one.start and one.end <= end for start, end in spared)
        and not definitions.say(one, text)
    ]

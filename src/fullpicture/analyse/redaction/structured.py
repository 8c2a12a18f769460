"""Identifiers with a form of their own: numbers, references, addresses of the post and of the web."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fullpicture.analyse.redaction.checksums import is_national_insurance_prefix, is_nhs_number
from fullpicture.analyse.redaction.lists import signs
from fullpicture.analyse.redaction.span import Kind, Span

_I = re.IGNORECASE
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?(?:\d{1,2}|" + _MONTH + r")[\s./,-]+(?:19|20)?\d{2}"
    r"|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}"
    r"|" + _MONTH + r"\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{2}|\d{8}|\d{6})"
)
_STREET = (
    r"road|street|avenue|lane|crescent|terrace|drive|close|way|grove|gardens|place|court|square|walk|mews|row|"
    r"rise|view|hill|park|green|parade|rd|st|ave|ln|cres|gdns"
)
_THERE = re.compile(
    r"\b(?:live|lives|lived|living|moved|came|address|house)\s+(?:at|to|is|was|in)\s+$", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|[04-9]th)$")

EMAIL = re.compile(r"[\w.+'%-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]\"']+"
    r"|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:co\.uk|org\.uk|gov\.uk|nhs\.uk|ac\.uk|com|org|net|info|uk)"
    r"(?:/[^\s<>\"']*)?\b",
    _I,
)
HANDLE = re.compile(r"(?<![\w@.])@\w{2,30}(?:\.\w{1,30})*")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?[ \xa0]{0,2}\d[a-z]{2}\b", _I)
PHONE = re.compile(r"(?<![\w/+-])(?:\+|00)?\(?\d[\d()\s.-]{7,16}\d(?![\w/])")
TEN_DIGITS = re.compile(r"(?<![\w/+])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?![\w/])")
SAID_NHS = re.compile(r"\bnhs\s*(?:number|no|num|id|#)?\W{0,4}(?:is\s+)?(\d[\d\s-]{8,12}\d)", _I)
SAID_INSURANCE = re.compile(
    r"\b(?:ni|nino|national\s+insurance)\b\s*(?:number|no|num)?\W{0,4}(?:is\s+|was\s+)?"
    r"([a-z]{2}(?:[\s-]?\d{2}){3}[\s-]?[a-d])\b",
    _I,
)
NATIONAL_INSURANCE = re.compile(r"\b[a-z]{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[a-d]\b", _I)
CRIME_REFERENCE = re.compile(r"(?<![\w/.-])\d{2}[a-z0-9]{0,2}/\d{3,8}/\d{2}(?![\w/-])", _I)
SAID_REFERENCE = re.compile(
    r"\b(?:crime|incident|occurrence|log|cad|case|urn|ref|reference)\b"
    r"(?:\s*(?:ref|reference|number|no|num|id|is|was|:|#|\.))*\s*"
    r"((?=[a-z0-9/-]*\d{3})[a-z0-9]+(?:[/-][a-z0-9]+)*)",
    _I,
)
REFERENCE_SAID = re.compile(
    r"(?<![\w/-])((?=[a-z0-9/-]*\d{3})[a-z0-9]+(?:[/-][a-z0-9]+)*)\s+(?:as|is|was)\s+(?:my|the|our|a|an)\s+"
    r"(?:crime|incident|log|case|police)\s*(?:ref|number|no\b)",
    _I,
)
COLLAR = re.compile(
    r"\b(?:collar|shoulder|warrant|badge|epaulette)\s*(?:number|no|num|id)?\W{0,3}(?:is\s+|was\s+)?"
    r"([a-z]{0,3}\d{2,6}[a-z]{0,2})\b"
    r"|\b(?:pc|dc|ps|ds|di|pcso|wpc|sgt|sergeant|constable|inspector|officer|special)\s*(?:number|no|num)?\W{0,3}"
    r"(\d{2,6}[a-z]{0,2})\b",
    _I,
)
VEHICLE = re.compile(r"\b[a-z]{2}\d{2}[ \xa0-]?[a-z]{3}\b", _I)
OLDER_VEHICLE = re.compile(r"\b(?:[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z])\b")
SAID_VEHICLE = re.compile(
    r"\b(?:registration|reg|number\s*plate|plate|vrm|index)\b\s*(?:number\b|no\b|mark\b)?\W{0,3}(?:is\s+|was\s+)?"
    r"((?=[a-z\d ]*\d)(?=[a-z\d ]*[a-z])[a-z\d]{1,4} ?[a-z\d]{1,4})\b",
    _I,
)
BIRTH = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|birth\s*date|birthday|born)(?:\W|is|was|on|the|in|my){0,6}?\s*\(?("
    + _DATE
    + r")(?!\d)",
    _I,
)
ADDRESS = re.compile(
    r"\b(?:(?:flat|apartment|unit|room)\s+\d+\w?,?\s+)?\d{1,4}[a-z]?,?\s+((?:[a-z][\w'’.-]*\s+){1,3})("
    + _STREET
    + r")\b",
    _I,
)
FLAT = re.compile(
    r"\b(?:[Ff]lat|FLAT|[Aa]partment|[Aa]pt|[Uu]nit)\s+\d+\w?,?\s+(?:[A-Z][\w'’-]+\s+){1,3}"
    r"(?:House|Court|Lodge|Towers?|Heights|Point|Mansions|Buildings?)\b"
)
HOUSE = re.compile(
    rf"\b(?:[A-Z][\w'’-]+\s+){{1,3}}(?:Cottage|House|Farm|Lodge|Barn|Manor|Villa),?\s+"
    rf"(?:[A-Z][\w'’-]+\s+){{1,3}}(?i:{_STREET})\b"
)


def structured(text: str) -> Iterator[Span]:
    """Every identifier with a form of its own; those that overlap are sorted out by whoever asks."""
    yield from _all("email", EMAIL, text)
    yield from _all("handle", HANDLE, text)
    for match in URL.finditer(text):
        yield Span(match.start(), match.start() + len(match[0].rstrip(".,;:!?")), "url")
    yield from _all("address", HOUSE, text)
    if not any(map(str.isdigit, text)):
        return
    yield from _all("postcode", POSTCODE, text, lambda found: not _ORDINAL.search(found))
    yield from _numbers(text)
    yield from _all("national_insurance", NATIONAL_INSURANCE, text, _is_insurance)
    yield from _all("national_insurance", SAID_INSURANCE, text)
    yield from _all("crime_reference", CRIME_REFERENCE, text)
    yield from _all("crime_reference", SAID_REFERENCE, text)
    yield from _all("crime_reference", REFERENCE_SAID, text)
    yield from _all("collar_number", COLLAR, text)
    yield from _all("vehicle", VEHICLE, text)
    yield from _all("vehicle", OLDER_VEHICLE, text)
    yield from _all("vehicle", SAID_VEHICLE, text)
    yield from _all("date_of_birth", BIRTH, text)
    for match in ADDRESS.finditer(text):
        if _is_address(match, text):
            yield Span(match.start(), match.end(), "address")
    yield from _all("address", FLAT, text)


def _all(
    kind: Kind, pattern: re.Pattern[str], text: str, fits: Callable[[str], bool] = lambda _: True
) -> Iterator[Span]:
    """What a pattern finds: its group where it has one, else all of it."""
    for match in pattern.finditer(text):
        group = match.lastindex or 0
        if fits(match[group]):
            yield Span(match.start(group), match.end(group), kind)


def _numbers(text: str) -> Iterator[Span]:
    """NHS numbers prove themselves, or are said to be; telephone numbers have ten or eleven digits from 0."""
    yield from _all("nhs_number", TEN_DIGITS, text, lambda found: is_nhs_number(_digits(found)))
    yield from _all("nhs_number", SAID_NHS, text, lambda found: len(_digits(found)) == 10)
    for match in PHONE.finditer(text):
        yield from _phone(text, match.start(), match.end())


def _phone(text: str, start: int, end: int) -> Iterator[Span]:
    """The telephone number in a row of digits: all of it, or what is left without the groups before it."""
    for begin in [start, *(start + gap.end() for gap in re.finditer(r"[\s-]+", text[start:end]))]:
        if _is_phone(text[begin:end]):
            yield Span(begin, end, "phone")
            return


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_phone(text: str) -> bool:
    digits = _digits(text)
    if text.startswith(("+44", "0044")):
        return 11 <= len(digits.removeprefix("00")) <= 13
    if text.startswith("+"):
        return 9 <= len(digits) <= 15
    return digits.startswith("0") and len(digits) in (10, 11)


def _is_insurance(text: str) -> bool:
    return is_national_insurance_prefix(re.sub(r"[\s-]", "", text)[:2])


def _is_address(match: re.Match[str], text: str) -> bool:
    """A number and a street's name: with a capital, a kind of street that is hardly anything else, or after
    what says that somebody is there."""
    words, kind = match[1].split(), match[2]
    if any(word in signs()["no_streets"] for word in words):
        return False
    is_certain = kind.lower() in ("road", "street", "avenue", "lane", "crescent", "terrace")
    is_capital = words[-1][0].isupper() and kind[0].isupper()
    return is_certain or is_capital or bool(_THERE.search(text[: match.start()]))

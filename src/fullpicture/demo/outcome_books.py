"""In what words forces write offences and outcomes: codes, titles, and prose with a letter before it."""

from __future__ import annotations

from fullpicture.collect.returns.codelists import rows_of
from fullpicture.demo.books import Book, book
from fullpicture.demo.shares import UNLISTED

_DASH = "\u2013"
MANGLED_DASHES = ("\u00e2\u20ac\u201c", "\u00d4\u00c7\u00f4", "\u00e2\u0080\u0093")
"""What an en dash becomes when UTF-8 is read as cp1252, as cp850, and as Latin-1."""

_PROSE = {
    "1": f"Charge{_DASH}summons (OC1)", "2": "Caution: youths (OC2)", "3": "Caution: adults (OC3)",
    "4": "Taken into consideration (OC4)", "8": "Community resolution (OC8)",
    "14": f"Evidential difficulties: suspect not identified {_DASH} victim does not support action (OC14)",
    "15": f"Evidential difficulties: suspect identified {_DASH} victim supports action (OC15)",
    "16": "Evidential difficulties: suspect identified; victim does not support further action (OC16)",
    "18": f"Investigation complete {_DASH} no suspect identified (OC18)",
    "20": f"Transferred {_DASH} responsibility of another body (OC20)",
    "21": "Further investigation not in the public interest (OC21)",
    "22": f"Diversionary, educational or intervention activity {_DASH} OC22",
}  # fmt: skip
_ORDER_C = ("0", "1", "2", "3", "8", "15", "22", "16", "18", "14", "21", "20", "4")
_ORDER = ("0", "1", "2", "3", "8", "14", "15", "18", "16", "21")
_TAKEN = "m. Taken into consideration (OC4)"


def _prose(
    order: tuple[str, ...], last: dict[str, str | tuple[str, ...]], means: dict[str, str] | None = None
) -> Book:
    """Each outcome with a letter before it; every dash also as it looks when an encoding has spoilt it."""
    said = {"0": f"Not yet assigned {_DASH} investigation ongoing", **_PROSE}
    texts: dict[str, str | tuple[str, ...]] = {}
    mangled: list[str] = []
    for letter, outcome in zip("abcdefghijklmn", order, strict=False):
        text = f"{letter}. {said[outcome]}"
        spoilt = [text.replace(_DASH, sign) for sign in MANGLED_DASHES] if _DASH in text else []
        texts[outcome] = (text, *spoilt)
        mangled += spoilt
    made = book({**texts, **last})
    return Book(made.texts, means or {}, tuple(mangled))


OUTCOME = {
    "A": book({"0": ("0", "Blank"), "20": ("20", "66"), "21": ("21", "21", "21", "99")},
              {"Blank": "not recorded", "66": "unknown", "99": "not recorded"}),
    "B": book({"0": " ", "cancelled": ("C1", "C2", "C5"), "incident": ("N1001", "N1003"),
        "duplicate": ("C3", "C4")},
              {" ": "not recorded", "C3": "cancelled", "C4": "cancelled"}),
    "C": _prose(_ORDER_C, {}),
    "D": _prose(_ORDER[:10], {"cancelled": ("k. Admin (OC-C3/4)", "l. No crime (OC-C2)"), "4": _TAKEN,
                              "20": "n. Transferred to another body (OC20)", "22": "o. Diversionary (OC22)"}),
    "E": _prose(_ORDER[:10], {"0": "#N/A", "22": "k. Diversionary (OC22)",
    "incident": "l. Filed as incident/CRI",
                              "4": _TAKEN, "20": "n. Transferred to another body (OC20)"},
                {"#N/A": "not recorded"}),
    "empty": book({"0": ""}, {"": "not recorded"}),
    "numbers": book({}),
    "titles": book({row["code"]: f"{row['code']} - {row['title']}" for row in rows_of("outcome")
                    if row["code"][0].isdigit()} | {"cancelled": "Cancelled",
                        "incident": "Filed as incident"}),
    "words": book({
        "0": "Under investigation", "1": ("Charged", "Summonsed"), "2": "Youth caution", "3": "Adult caution",
        "4": "TIC", "8": "Community resolution",
        "14": "Victim declines/withdraws support - suspect not identified",
        "15": "Named suspect identified: evidential difficulties - victim supports police action",
        "16": "Named suspect identified: evidential difficulties - victim does not support police action",
        "18": "Investigation complete - no suspect identified",
        "20": "Action undertaken by another body/agency",
        "21": "Further investigation not in the public interest", "22": "Diversionary activity",
        "cancelled": "Crime cancelled", "incident": "Filed as incident",
    }),
}  # fmt: skip

_UNLISTED_TITLES = dict(
    zip(
        UNLISTED,
        ("Assault with injury", "Assault without injury", "Harassment", "Public fear, alarm or distress",
         "Other theft", "Criminal damage", "Burglary residential", "Robbery of personal property"),
        strict=True,
    )
)  # fmt: skip
TITLES = {row["code"]: row["title"] for row in rows_of("offence")} | _UNLISTED_TITLES
_NO_CODE = {"unknown": "", "not recorded": ""}

OFFENCE = {
    "codes": book(_NO_CODE, dict.fromkeys(UNLISTED, "not applicable")),
    "titles": book({code: title for code, title in TITLES.items()} | _NO_CODE,
                   {_UNLISTED_TITLES[code]: "not applicable" for code in UNLISTED}),
    "code and title": book({code: f"{code} {title}" for code, title in TITLES.items()} | _NO_CODE,
                           {f"{code} {_UNLISTED_TITLES[code]}": "not applicable" for code in UNLISTED}),
}  # fmt: skip

CLASS = {
    "A": book({"rape": "Rape", "other sexual offence": "Other Sexual Offences",
        "indecent images": "Indecent images",
               "exploitation": "Exploitation", "violence": "Violence", "other": "Other crime"}),
    "B": book({"rape": "Rape offences", "other sexual offence": "Other sexual offences",
               "indecent images": "Indecent images of children", "exploitation": "Child sexual exploitation",
               "violence": "Violence against the person", "other": "Theft offences"}),
    "C": book({"rape": "RAPE", "other sexual offence": "OTHER SEXUAL OFFENCES", "indecent images": "IIOC",
               "exploitation": "EXPLOITATION", "violence": "VIOLENCE WITHOUT INJURY",
               "other": "OTHER OFFENCES"}),
    "D": book({"rape": "Rape", "other sexual offence": "Other sexual offences", "indecent images": "IIOC",
               "exploitation": "Modern slavery", "violence": "Violence with injury",
               "other": ("Theft", "Burglary", "Public order offences", "Criminal damage and arson")}),
    "E": book({"rape": "Rape", "other sexual offence": "SSO", "indecent images": "SSO images",
               "exploitation": "SSO exploitation", "violence": "Neither: violence", "other": "Neither"}),
    "words": book({}),
}  # fmt: skip

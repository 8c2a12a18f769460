"""In what words forces write the same things: five as they were seen in a study of rape cases, others freely.

Seen in: the replication code of Uzelac, Buil-Gil, Hohl and Lovett, "The Meaning of Missing" (2025),
    five forces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Book:
    """How a force writes a field: by word of ours, the texts; a word that is not in it is written as it is.

    `means` says what a text means to this force where that is not the word it was written for: a list that is
    coarser than ours, or a code that says that there is no value. `mangled` texts are others that an encoding
    has spoilt, which no analyst lists.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    means: Mapping[str, str] = field(default_factory=dict)
    mangled: tuple[str, ...] = ()


def book(texts: Mapping[str, str | tuple[str, ...]], means: Mapping[str, str] | None = None) -> Book:
    """A book with one text or several for each word."""
    several = {said: (text,) if isinstance(text, str) else text for said, text in texts.items()}
    return Book(several, means or {})


PLAIN = Book()

YES_NO = {
    "Y/N": book({"yes": "Y", "no": "N"}),
    "Yes/No": book({"yes": "Yes", "no": "No"}),
    "1/0": book({"yes": "1", "no": "0"}),
    "True/False": book({"yes": "TRUE", "no": "FALSE"}),
    "words": book({"yes": ("Flagged", "flagged"), "no": "Not flagged", "not recorded": "None recorded"}),
}

SEX = {
    "A": book({"female": "F", "male": "M", "indeterminate": "I", "unknown": "U", "not recorded": ("NULL",
        "")}),
    "B": book({
        "female": "Female / Transgender Female", "male": "Male / Transgender Male",
        "indeterminate": "Indeterminate",
        "unknown": ("Not Specified", "Decoy"), "not recorded": "None recorded",
    }, {"Not Specified": "not recorded", "Decoy": "not applicable"}),
    "C": book({"female": "Female", "male": "Male", "indeterminate": "Female"}, {"Female": "female"}),
    "D": book({
        "female": "Female", "male": "Male", "indeterminate": "Indeterminate",
        "not recorded": ("Not recorded", "NULL", "#N/A"), "unknown": "NULL",
    }),
    "E": book({
        "female": "Female", "male": "Male", "indeterminate": "Indeterminate", "unknown": "Unknown",
        "not recorded": "",
    }),
    "letters": book({"female": "F", "male": "M", "indeterminate": "X", "unknown": "U"}),
    "words": book({
        "female": "Female", "male": "Male", "indeterminate": "Indeterminate", "unknown": "Not known",
        "not recorded": "Not recorded", "not applicable": "No suspect",
    }),
    "digits": book({"female": "2", "male": "1", "indeterminate": "9", "unknown": "0"}),
}  # fmt: skip

_WHITE = ("white north european", "white south european", "white")
_CHINESE, _ARAB = "chinese or other east asian", "arab or north african"


def _ethnicity(texts: tuple[str, ...], unknown: str | tuple[str, ...], means: Mapping[str, str]) -> Book:
    """IC1 to IC6 in order; who is mixed or of another origin looks to an officer as IC9, other."""
    words = ("white north european", "white south european", "black", "asian", _CHINESE, _ARAB)
    written: dict[str, str | tuple[str, ...]] = dict(zip(words, texts, strict=False))
    other = texts[6] if len(texts) > 6 else texts[0]
    return book({**written, "mixed": other, "other": other, "unknown": unknown}, {other: "other", **means})


ETHNICITY = {
    "A": _ethnicity(("1", "2", "3", "4", "5", "6"), "0", {"1": "white north european"}),
    "B": book({
        "white north european": "White - North European", "white south european": "White - South European",
        "black": "Black", "asian": "Asian", _CHINESE: "Chinese, Japanese or South East Asian",
        _ARAB: "Arab or North African", "mixed": "Mixed", "other": "Other", "not recorded": "None recorded",
        "unknown": "Not known",
    }),
    "C": _ethnicity(
        ("IC1 - White North European", "IC2 - White South European", "IC3 - Black", "IC4 - Asian",
            "IC5 - Chinese",
         "IC6 - Arab", "99 - Other"), "", {}
    ),
    "D": _ethnicity(
        ("1. White North European", "2. White South European", "3. Black", "4. Asian",
         "5. Chinese, Japanese or South East Asian", "6. Arab or North African", "8. Other"),
        ("0. Unknown", "7. No identified victim"), {"7. No identified victim": "not applicable"},
    ),
    "E": _ethnicity(
        ("IC1 White - North European", "IC2 White - South European", "IC3 Afro-Caribbean", "IC4 South Asian",
         "IC5 East Asian", "IC6 Middle Eastern", "Other ethnic appearance"),
        ("#MULTIVALUE", "Unknown"), {"#MULTIVALUE": "unknown"},
    ),
    "5+1": book({
        **dict.fromkeys(_WHITE, "White"), "black": "Black or Black British",
        "asian": "Asian or Asian British",
        _CHINESE: "Other ethnic group", _ARAB: "Other ethnic group", "mixed": "Mixed",
        "other": "Other ethnic group", "unknown": "Not stated",
    }, {"White": "white", "Other ethnic group": "other"}),
    "16+1": book({
        **dict.fromkeys(_WHITE, ("W1 - British", "W2 - Irish", "W9 - Any other White background")),
        "black": ("B1 - Caribbean", "B2 - African"), "asian": ("A1 - Indian", "A2 - Pakistani",
        "A3 - Bangladeshi"),
        _CHINESE: "O1 - Chinese", _ARAB: "O9 - Any other ethnic group",
            "other": "O9 - Any other ethnic group",
        "mixed": ("M1 - White and Black Caribbean", "M3 - White and Asian"), "unknown": "NS - Not stated",
    }, {"W1 - British": "white", "W2 - Irish": "white", "W9 - Any other White background": "white",
        "O9 - Any other ethnic group": "other"}),
}  # fmt: skip

_KIN = ("parent", "sibling", "other family")
_TRUSTED = ("person of trust", "professional", "guardian or carer")


def _coarse(
    groups: Mapping[tuple[str, ...], tuple[str, str]], states: Mapping[str, str | tuple[str, ...]]
) -> Book:
    """Several of our words as one of the force's, which means one of ours to it."""
    texts: dict[str, str | tuple[str, ...]] = {
        one: text for words, (text, _) in groups.items() for one in words
    }
    return book({**texts, **states}, dict(groups.values()))


RELATIONSHIP = {
    "A": book({
        "stranger": ("1 Stranger 1", "2 Stranger 2"), **dict.fromkeys(_KIN, "3 Familial"),
        **dict.fromkeys(("acquaintance", "associate", "other", *_TRUSTED), "4 Friend-acquaintance"),
        **dict.fromkeys(("intimate partner", "ex-partner"), "5 Intimate"),
        "unknown": "6 Not recorded", "not recorded": "6 Not recorded",
    }, {"1 Stranger 1": "stranger", "2 Stranger 2": "stranger", "3 Familial": "other family",
        "4 Friend-acquaintance": "acquaintance", "5 Intimate": "intimate partner",
        "6 Not recorded": "not recorded"}),
    "B": book({
        "associate": "Associate", "parent": "Family", "sibling": "Family", "other family": ("Family",
        "Relative"),
        "guardian or carer": "Guardian - Ward", "person of trust": "Person of Trust",
        "professional": "Professional", "intimate partner": "Relationship", "ex-partner": "Ex-Relationship",
        "stranger": "Stranger", "acquaintance": "Acquaintance", "other": "Other",
        "not recorded": "None recorded", "unknown": "None recorded",
    }, {"Family": "other family", "Relative": "other family", "None recorded": "not recorded"}),
    "C": _coarse({
        ("stranger",): ("1. Stranger", "stranger"), _KIN: ("2. Familial", "other family"),
        ("acquaintance", "associate"): ("3. Friend/acquaintance", "acquaintance"),
        ("intimate partner", "ex-partner"): ("4. Intimate/former intimate", "intimate partner"),
        ("other", *_TRUSTED): ("5. Other", "other"),
    }, {"unknown": "6. Not recorded/unknown", "not recorded": "0. 'None'"}),
    "D": book({
        "intimate partner": ("Boyfriend", "Girlfriend", "Partner"), "guardian or carer": "Carer of",
        "parent": "Child of", "ex-partner": "Ex partner", "other family": ("Parent of", "Cousin of"),
        "sibling": "Sibling of", "person of trust": "Teacher/pupil", "professional": "Doctor/patient",
        "acquaintance": ("Known by sight", "Friend"), "associate": "Associate", "stranger": "Stranger",
        "other": "Other", "unknown": "Victim refuses to identify",
    }),
    "E": _coarse({
        ("stranger",): ("1. Stranger", "stranger"), _KIN: ("2.\u00a0Familial", "other family"),
        ("acquaintance", "associate"): ("3. Acquaintance", "acquaintance"),
        ("intimate partner", "ex-partner"): ("4. Intimate", "intimate partner"),
        ("other", *_TRUSTED): ("5. Other known", "other"),
    }, {"not applicable": ("7. Victimless/state crime", ""), "unknown": "6. Unknown"}),
    "words": book({
        "intimate partner": ("Spouse/partner", "Boyfriend/girlfriend"), "ex-partner": "Ex-partner",
        "parent": ("Father", "Mother", "Step-father"), "sibling": ("Brother", "Sister"),
        "other family": ("Uncle", "Grandfather", "Cousin"), "person of trust": ("Teacher", "Coach"),
        "professional": "Professional", "guardian or carer": ("Carer", "Babysitter"),
        "acquaintance": ("Friend", "Neighbour"), "stranger": "Stranger", "associate": "Associate",
        "other": "Other", "unknown": "Not known", "not recorded": "Not recorded",
    }),
}  # fmt: skip

SUPPORT = book({
    "supports": ("Supports action", "Supported throughout"),
    "withdrew": ("Supported then withdrew", "Withdrawn"),
    "never supported": "Never supported action", "not recorded": ("Not recorded", ""),
})  # fmt: skip
CONTACT_PRACTICE = book({
    "as agreed": "Agreed and kept", "less than agreed": ("Agreed and not kept", "Contact missed"),
    "none agreed": "Nothing agreed", "not recorded": ("Not recorded", ""),
})  # fmt: skip

LOCATION = {
    "words": book({
        "dwelling": ("Dwelling", "Private dwelling"), "online": ("Internet", "Social media"),
        "public place": ("Street", "Park", "Open space"), "school or college": ("School", "College"),
        "vehicle": "Motor vehicle", "licensed premises": ("Pub", "Nightclub"),
        "care setting": "Children's home",
        "other": ("Hotel", "Shop"), "not recorded": ("Not recorded", ""),
    }),
    "codes": book({
        "dwelling": "DW", "online": "ON", "public place": "PP", "school or college": "SC", "vehicle": "VE",
        "licensed premises": "LP", "care setting": "CS", "other": "OT", "not recorded": "XX",
    }),
}  # fmt: skip

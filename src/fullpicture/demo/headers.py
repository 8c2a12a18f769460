"""What forces call the fields of the record."""

from __future__ import annotations

from collections.abc import Mapping

from fullpicture.collect.returns.record import FIELDS

SNAKE: Mapping[str, str] = {field.name: field.name for field in FIELDS}
TITLE: Mapping[str, str] = {
    "crime_ref": "Crime Ref", "offence_code": "HO Offence", "offence_class": "Offence Group",
    "offence_from": "Committed From", "offence_to": "Committed To", "reported_on": "Date Reported",
    "recorded_on": "Date Recorded", "location_kind": "Location Type", "csa": "CSA", "cse": "CSE",
    "contact": "Contact Offence", "online": "Cyber", "domestic_abuse": "DA", "group_based": "Group",
    "third_party_report": "Third Party", "support": "Victim Support Status",
    "contact_practice": "Contact Agreement", "outcome_type": "Outcome", "outcome_on": "Outcome Date",
    "victim_ref": "Vic ID", "victim_sex": "Vic Sex", "victim_age": "Vic Age (at offence)",
    "victim_ethnicity": "Vic Ethnicity", "relationship": "Relationship of suspect", "suspect_ref": "Susp ID",
    "suspect_sex": "Susp Sex", "suspect_age": "Susp Age (at offence)", "suspect_ethnicity": "Susp Ethnicity",
}  # fmt: skip
WORDY: Mapping[str, str] = {
    "crime_ref": "What is the crime's reference?", "offence_code": "Offence as recorded",
    "offence_class": "Kind of offence", "offence_from": "First day of the offence",
    "offence_to": "Last day of the offence", "reported_on": "Day reported to police",
    "recorded_on": "Day recorded as a crime", "location_kind": "Where it happened",
    "csa": "Child sexual abuse?", "cse": "Child sexual exploitation?", "contact": "Did it involve contact?",
    "online": "Was any of it online?", "domestic_abuse": "Domestic abuse?",
    "group_based": "Several together?",
    "third_party_report": "Reported by somebody else?", "support": "Did the victim support action?",
    "contact_practice": "Was contact kept as agreed?", "outcome_type": "How it was closed",
    "outcome_on": "Day closed", "victim_ref": "Victim's number", "victim_sex": "Victim's sex",
    "victim_age": "Victim's age at the offence", "victim_ethnicity": "Victim's ethnicity",
    "relationship": "What the suspect is to the victim", "suspect_ref": "Suspect's number",
    "suspect_sex": "Suspect's sex", "suspect_age": "Suspect's age at the offence",
    "suspect_ethnicity": "Suspect's ethnicity",
}  # fmt: skip

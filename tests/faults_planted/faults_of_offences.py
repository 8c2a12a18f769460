"""Faults of offences: what the code or its group says, and the victim, the place or the flags do not."""

from __future__ import annotations

from tests.faults_planted.faults_of_dates import RAPES
from tests.faults_planted.planting import cell_fault, where

UNBORN = {"Victim_born": ""}

cell_fault(
    "offences",
    "rape_that_was_an_incident",
    "N100/1 is a report of rape and no crime; it must not be counted.",
    where(HO_code="19C", Outcome_date=""),
    HO_code="N100/1",
)
cell_fault("offences", "no_offence", "Nobody wrote which offence it is.", HO_code="", Offence_group="")
cell_fault(
    "offences",
    "rape_among_violence",
    "The group says violence, and the code is of a rape.",
    where(HO_code=RAPES),
    Offence_group="Violence",
)
cell_fault(
    "offences",
    "images_among_rapes",
    "The group says rape, and the code is of images.",
    where(HO_code="86"),
    Offence_group="Rape",
)
cell_fault(
    "offences",
    "rape_of_a_female_who_is_male",
    "Rape of a female, and the victim is male.",
    where(HO_code=("19C", "19D", "19E")),
    Victim_sex="Male",
)
cell_fault(
    "offences",
    "rape_of_a_male_who_is_female",
    "Rape of a male, and the victim is female.",
    where(HO_code=("19F", "19G", "19H")),
    Victim_sex="Female",
)
cell_fault(
    "offences",
    "assault_on_a_girl_who_is_a_boy",
    "Sexual assault on a female child, and the victim is male.",
    where(HO_code="20B"),
    Victim_sex="Male",
)
cell_fault(
    "offences",
    "assault_on_a_man_who_is_a_woman",
    "Sexual assault on a male, and the victim is female.",
    where(HO_code="17A"),
    Victim_sex="Female",
)
cell_fault(
    "offences",
    "under_13_at_15",
    "Rape of a female child under 13, and she was 15.",
    where(HO_code="19E"),
    Victim_age="15",
    **UNBORN,
)
cell_fault(
    "offences",
    "boy_under_13_at_14",
    "Rape of a male child under 13, and he was 14.",
    where(HO_code="19H"),
    Victim_age="14",
    **UNBORN,
)
cell_fault(
    "offences",
    "adult_code_for_a_child_of_nine",
    "Rape of a female aged 16 and over, and she was nine.",
    where(HO_code="19C", Relationship=("Stranger", "Acquaintance", "Associate")),
    Victim_age="9",
    CSA="Yes",
    **UNBORN,
)
cell_fault(
    "offences",
    "assault_13_and_over_at_seven",
    "Sexual assault on a female aged 13 and over, and she was seven.",
    where(HO_code="20A", Relationship=("Stranger", "Acquaintance", "Associate", "")),
    Victim_age="7",
    CSA="Yes",
    **UNBORN,
)
cell_fault(
    "offences",
    "child_under_16_at_33",
    "Sexual activity with a child under 16, and the victim was 33.",
    where(HO_code="22B", Relationship=("Stranger", "Acquaintance")),
    Victim_age="33",
    CSA="No",
    **UNBORN,
)
cell_fault(
    "offences",
    "groomed_at_25",
    "Grooming of a child, and the victim was 25.",
    where(HO_code="88A"),
    Victim_age="25",
    CSA="No",
    **UNBORN,
)
cell_fault(
    "offences",
    "child_exploited_at_30",
    "Abuse of children through exploitation, and the victim was 30.",
    where(HO_code="71"),
    Victim_age="30",
    CSA="No",
    CSE="No",
    **UNBORN,
)
cell_fault(
    "offences",
    "trust_abused_at_40",
    "Abuse of a position of trust is of those under 18, and the victim was 40.",
    where(HO_code="73"),
    Victim_age="40",
    CSA="No",
    **UNBORN,
)
cell_fault(
    "offences",
    "rape_without_contact",
    "A rape that involved no contact.",
    where(HO_code=RAPES),
    Contact="No",
)
cell_fault(
    "offences",
    "rape_on_the_internet",
    "The place of a rape is online.",
    where(HO_code=("19C", "19F"), Location=("Dwelling", "Public place")),
    Location="Online",
    Online="Yes",
)
cell_fault(
    "offences",
    "online_and_not_online",
    "The place is online, and the flag says that it has no online part.",
    where(Location="Online"),
    Online="No",
)
cell_fault(
    "offences",
    "child_rape_that_is_no_abuse",
    "Rape of a child under 13, and the force's flag says it is not child sexual abuse.",
    where(HO_code=("19E", "19H")),
    CSA="No",
)

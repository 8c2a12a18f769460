"""How records are linked, as data: what is compared, which pairs are looked at, from where on two are one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from fullpicture.collect.returns.record import BY_NAME
from fullpicture.core.errors import Mistake

Of = Literal["victim", "crime"]
Comparing = Literal["same", "date", "birth"]
BORN_YEAR = "victim_born_year"
"""Worked out for linking: the year of the birth date; without one, the year that the age points to."""

TITLES: Mapping[str, str] = {
    "victim_name_key": "name by sound",
    "victim_born_on": "birth",
    "victim_sex": "sex",
    "victim_age": "age",
    "victim_ethnicity": "ethnicity",
    "offence_code": "offence code",
    "offence_class": "offence class",
    "offence_from": "first day of the offence",
    "recorded_on": "day recorded",
    "reported_on": "day reported",
    "location_kind": "kind of place",
    "relationship": "relationship",
    "outcome_type": "outcome",
    "police_force": "police force",
    BORN_YEAR: "year of birth",
}
"""Everything that may be compared or looked up together, with the words that people read."""

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Comparison:
    """One thing that two records are compared in: `[[victim.compare]]`.

    Args:
        field: a field of the canonical record, or `police_force`.
        kind: `same` (the same value or not), `date` (the same day, near, or not) or `birth` (the same day,
            nearly, or, where a birth date is missing, the year that the age points to).
        within: for a `date`, how many days still count as near, from narrow to wide.
        by_rarity: a rare value that is the same says more than a common one.
        expected: of two records of the same, the share at each level, from closest to furthest.
        at_random: of two records of different ones, likewise.
    """

    field: str
    kind: Comparing
    expected: tuple[float, ...]
    at_random: tuple[float, ...]
    within: tuple[int, ...] = ()
    by_rarity: bool = False

    @property
    def levels(self) -> tuple[str, ...]:
        """How close two values are, in words, from closest to furthest."""
        if self.kind == "birth":
            about = "about the same year, by age"
            return ("the same day", "nearly the same day", about, "different days", "different years, by age")
        if self.kind == "date":
            near = tuple(f"within {days} days" for days in self.within)
            return ("the same day", *near, f"more than {max(self.within, default=0)} days apart")
        return ("the same", "different")


@dataclass(frozen=True)
class Model:
    """How records of one kind are linked: `[victim]` or `[crime]`.

    Args:
        threshold: the probability from which two records are linked.
        review: the probability from which two records are shown to people to decide.
        recall: the share of true pairs that agree on everything under `sure`, by judgement; with how many
            agree, it says how likely two records are the same before anything of them is known.
        blocks: only pairs that agree on everything in one of these are looked at.
        learn: from pairs that agree on one of these is learned how often true pairs agree on the rest; with
            none, `expected` stands.
        between: `forces` looks only at pairs of two forces.
        seed, random_pairs: of the random pairs from which agreement by chance is estimated.
        learn_pairs: the most pairs that one round of learning looks at.
        least_pairs: with fewer pairs nothing is learned; `expected` and `at_random` stand.
        most_comparisons: with more pairs than this the linkage is refused before it starts.
        largest_cluster: no more records than this become one by probability alone.
    """

    of: Of
    title: str
    threshold: float
    review: float
    recall: float
    sure: tuple[str, ...]
    blocks: tuple[tuple[str, ...], ...]
    learn: tuple[tuple[str, ...], ...]
    compare: tuple[Comparison, ...] = ()
    between: Literal["all", "forces"] = "all"
    seed: int = 20240401
    random_pairs: int = 5_000_000
    learn_pairs: int = 2_000_000
    least_pairs: int = 1_000
    most_comparisons: int = 100_000_000
    largest_cluster: int = 30

    @classmethod
    def shipped(cls, of: Of) -> Model:
        """The model that stands where a programme gives none."""
        given = tomllib.loads((files(__package__) / "linkage.toml").read_text(encoding="utf-8"))
        return cls.of_table(of, given[of])

    @classmethod
    def of_table(cls, of: Of, given: Mapping[str, Any]) -> Model:
        """A TOML table whose keys and types were checked, as a model; `mistakes` says what else is wrong."""
        read = {name: _frozen(value) for name, value in given.items() if name != "compare"}
        compare = [{name: _frozen(v) for name, v in one.items()} for one in given.get("compare", ())]
        return cls(of=of, compare=tuple(Comparison(**one) for one in compare), **read)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the model looks at, each once."""
        compared = [one.field for one in self.compare]
        born = [BORN_YEAR] if any(one.kind == "birth" for one in self.compare) else []
        grouped = [name for group in (*self.blocks, *self.learn) for name in group]
        return tuple(dict.fromkeys([*compared, *born, *grouped, *self.sure]))

    def mistakes(self, where: str) -> tuple[Mistake, ...]:
        """Everything in it that cannot be meant, all at once."""
        return tuple(Mistake(f"{where} {key}", what, mend) for key, what, mend in self._wrong())

    def _wrong(self) -> Iterator[tuple[str, str, str]]:
        if not 0 < self.review <= self.threshold < 1:
            yield (
                "threshold",
                "it is not above `review`, or not below 1.",
                "Write 0 < review <= threshold < 1.",
            )
        if not 0 < self.recall <= 1:
            yield "recall", "this is no share of all true pairs.", "Write a number above 0 and at most 1."
        for key in ("random_pairs", "learn_pairs", "least_pairs", "most_comparisons"):
            if getattr(self, key) < 1:
                yield key, "this is no number of pairs.", "Write a whole number above 0."
        if self.largest_cluster < 2:
            yield "largest_cluster", "two records cannot become one then.", "Write 2 or more."
        groups = {"sure": (self.sure,), "blocks": self.blocks, "learn": self.learn}
        for key, found in groups.items():
            if not all(found) or not (found or key == "learn"):
                yield key, "it names no fields.", 'Write at least one field, as "victim_born_on".'
            yield from (_unknown(key, name) for group in found for name in group if name not in TITLES)
        yield from self._wrong_comparisons()

    def _wrong_comparisons(self) -> Iterator[tuple[str, str, str]]:
        if not self.compare:
            yield "compare", "nothing is compared.", f"Write at least one [[{self.of}.compare]]."
        for number, one in enumerate(self.compare, start=1):
            yield from ((f"compare {number} {key}", what, mend) for key, what, mend in _wrong_in(one))
            if any(other.field == one.field for other in self.compare[: number - 1]):
                yield f"compare {number} field", f"{one.field} is compared twice.", "Keep one of them."
            if self.learn and all(one.field in group for group in self.learn):
                what = f"every group under `learn` has {one.field}: nothing can be learned of it."
                yield f"compare {number} field", what, "Add a group without it."


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list | tuple) else value


def _unknown(key: str, name: str) -> tuple[str, str, str]:
    return key, f"{name} is not a field to link by.", f"Known here: {', '.join(sorted(TITLES))}."


def _wrong_in(one: Comparison) -> Iterator[tuple[str, str, str]]:
    if one.field not in TITLES:
        yield _unknown("field", one.field)
        return
    is_date = one.field in BY_NAME and BY_NAME[one.field].kind == "date"
    if one.kind == "date" and not is_date:
        yield "kind", f"{one.field} is no date.", 'Write kind = "same".'
    if one.kind == "birth" and one.field != "victim_born_on":
        yield "kind", f"{one.field} is no birth date.", 'Write kind = "date" or "same".'
    if one.within and (
        one.kind != "date" or list(one.within) != sorted(set(one.within)) or one.within[0] < 1
    ):
        yield (
            "within",
            "these are no days from narrow to wide of a date.",
            'Write within = [3, 31] for a "date".',
        )
    for key in ("expected", "at_random"):
        shares = getattr(one, key)
        if len(shares) != len(one.levels):
            levels = "; ".join(one.levels)
            yield key, f"there are {len(one.levels)} levels ({levels}).", "Write one share for each of them."
        elif not all(0 < share < 1 for share in shares) or abs(sum(shares) - 1) > 0.001:
            yield key, "these shares do not sum to 1.", "Write shares above 0 that sum to 1."

"""Links the records of a programme's returns: with which settings, what was found, what people decided."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullpicture.collect.linkage.candidates import Verdict
from fullpicture.collect.linkage.link import Linked, link
from fullpicture.collect.linkage.mentions import READ
from fullpicture.collect.linkage.repeats import repeat_victims
from fullpicture.collect.linkage.settings import Comparing, Model, Of
from fullpicture.core.digest import fingerprint
from fullpicture.core.errors import Mistake, ProgrammeRefused, SourceRefused, UsageError
from fullpicture.core.live import lifeless
from fullpicture.programme.cache import code_of, sha256_of
from fullpicture.programme.files import files_of
from fullpicture.programme.load import Programme
from fullpicture.programme.state import Log, State
from fullpicture.programme.toml import checked, nearest_hint, read_toml
from fullpicture.programme.usage import Account, Records, using
from fullpicture.programme.vintages import LINKAGE, Contents, Store, Vintage

_FILE = "linkage.toml"
_KINDS: tuple[Of, ...] = ("victim", "crime")
_STRICT = {"extra": "forbid"}
_OPEN = ("proposed", "apart")
LEFT_OUT = "left out, for its files have gone or are others since it was taken in"
REPEATS = "repeat_victims"
"""The table of a linkage's vintage with the counts of victims seen again."""


@dataclass(frozen=True)
class CompareForm:
    """`[[victim.compare]]` as people write it."""

    __pydantic_config__ = _STRICT
    field: str
    kind: Comparing
    expected: tuple[float, ...]
    at_random: tuple[float, ...]
    within: tuple[int, ...] = ()
    by_rarity: bool = False


@dataclass(frozen=True)
class ModelForm:
    """`[victim]` or `[crime]` as people write it, without what it compares; every key may be left out."""

    __pydantic_config__ = _STRICT
    title: str = ""
    threshold: float = 0
    review: float = 0
    recall: float = 0
    sure: tuple[str, ...] = ()
    blocks: tuple[tuple[str, ...], ...] = ()
    learn: tuple[tuple[str, ...], ...] = ()
    between: Literal["all", "forces"] = "all"
    seed: int = 0
    random_pairs: int = 0
    learn_pairs: int = 0
    least_pairs: int = 0
    most_comparisons: int = 0
    largest_cluster: int = 0


@dataclass(frozen=True)
class Decision:
    """What a person decided of a pair: a line of `state/linkage.jsonl`. The latest of a pair counts."""

    pair: str
    verdict: Verdict
    who: str
    at: datetime
    why: str
    event: Literal["decided"] = "decided"


@dataclass(frozen=True)
class Run:
    """One linkage, as a line of `state/linkage.jsonl`: of which vintages, by which settings, how many links.

    Args:
        id: the vintage under which its pairs and clusters are kept.
        settings: their fingerprint; `thresholds` say from where on two records were linked.
    """

    id: str
    who: str
    at: datetime
    why: str
    vintages: tuple[tuple[str, str], ...]
    settings: str
    thresholds: Mapping[str, float]
    counts: Mapping[str, int]
    event: Literal["linked"] = "linked"


@dataclass
class Linking:
    """The linkage of one programme folder."""

    programme: Programme
    models: Sequence[Model]
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(self.programme.folder)

    def run(self, by: Account) -> Run:
        """Links the current vintages of all returns; what was linked so already is not linked again.

        Reading the records is in the log of use, as a combination, before it begins.

        Raises:
            UsageError: no return has been taken in yet, or a block would compare too many pairs.
            EngineMissing: the extra `link` is not installed.
        """
        vintages = self._vintages()
        decisions = self.decisions()
        inputs = tuple((one.source, one.id) for one in vintages)
        settings = fingerprint(self.models)
        code = code_of("collect", "core"), _version(), REPEATS
        key = fingerprint(settings, sorted(decisions.items()), *code)
        kept = self.store.kept(LINKAGE, inputs, key)
        if kept is None:
            used = [Records(one.source, one.id, sum(one.rows.values())) for one in vintages]
            with using(self.store.state, "combination", used, by):
                linked = link([self._read(one) for one in vintages], self.models, decisions)
            tables = {
                "pairs": linked.pairs,
                "clusters": linked.clusters,
                REPEATS: repeat_victims(linked).counts,
            }
            kept = self.store.put(LINKAGE, Contents(inputs, key, tables, _counts(linked)), by.at)
        else:
            self.store.make_current(kept, by.at)
        thresholds = {str(model.of): model.threshold for model in self.models}
        counts = {**kept.counts, **({"returns left out": len(self.left_out)} if self.left_out else {})}
        run = Run(kept.id, by.who, by.at, by.why, inputs, settings, thresholds, counts)
        _log(self.store.state).add([run])
        return run

    def decisions(self) -> dict[str, Verdict]:
        """What people decided last of each pair."""
        lines = _log(self.store.state).read()
        return {line.pair: line.verdict for line in lines if isinstance(line, Decision)}

    def decide(self, same: Sequence[str], different: Sequence[str], by: Account) -> None:
        """Writes down what a person decided of pairs; the next linkage goes by it.

        Raises:
            UsageError: ids that the last linkage did not find, or a pair that is to be both.
        """
        wrong = [f"{id_}: it cannot be accepted and rejected at once." for id_ in same if id_ in different]
        known = set(self._pairs()["id"].to_pylist())
        for id_ in (*same, *different):
            if id_ not in known:
                wrong.append(f"{id_}: the last linkage has no such pair. See --proposals.")
        if wrong:
            raise UsageError("\n".join(wrong))
        both: list[tuple[Verdict, Sequence[str]]] = [("same", same), ("different", different)]
        lines = [
            Decision(id_, verdict, by.who, by.at, by.why)
            for verdict, ids in both
            for id_ in dict.fromkeys(ids)
        ]
        _log(self.store.state).add(lines)

    def write_proposals(self, path: Path, by: Account) -> int:
        """Writes the pairs that people should decide, with the rows they are of and what agreed; how many.

        It holds no value of anybody's record; whoever decides looks the rows up in the delivered files.
        """
        pairs = self._pairs()
        still = pairs.filter(pc.is_in(pairs["standing"], pa.array(_OPEN)))
        rows = still.sort_by([("of", "descending"), ("probability", "descending"), ("id", "ascending")])
        used = [Records(LINKAGE, self._current().id, rows.num_rows)]
        with (
            using(self.store.state, "consultation", used, by),
            path.open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(rows.column_names)
            writer.writerows([lifeless(cell) for cell in row.values()] for row in rows.to_pylist())
        return int(rows.num_rows)

    def _current(self) -> Vintage:
        current = self.store.current(LINKAGE)
        if current is None:
            raise UsageError("Nothing has been linked yet. Run: fullpicture link PROGRAMME --reason ...")
        return current

    def _pairs(self) -> pa.Table:
        return self.store.read(self._current(), table="pairs")

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Returns that were taken in before, and whose files have since gone or are others.

        Nothing says that their records still stand: a build leaves out a return that it cannot read.
        """
        there = [(one, self.store.current(id_)) for id_, one in self.programme.returns.sources.items()]
        data = self.programme.data
        return tuple(one.id for one, kept in there if kept and not _is_there(kept, one.files, data))

    def _vintages(self) -> list[Vintage]:
        ids = [id_ for id_ in self.programme.returns.sources if id_ not in self.left_out]
        found = [one for one in map(self.store.current, ids) if one is not None]
        if not found and self.left_out:
            raise UsageError(f"{', '.join(self.left_out)}: {LEFT_OUT}. Build again, then link.")
        if not found:
            raise UsageError("No return has been taken in yet. Run: fullpicture build PROGRAMME")
        return sorted(found, key=lambda one: one.source)

    def _read(self, vintage: Vintage) -> pa.Table:
        there = set(pq.read_schema(self.store.path(vintage)).names)
        return self.store.read(vintage, [name for name in READ if name in there])


def _is_there(vintage: Vintage, names: Sequence[str], data: Path) -> bool:
    try:
        paths = files_of(names, data)
    except SourceRefused:
        return False
    return set(vintage.inputs) == {
        (name, sha256_of(path) if path.is_file() else "") for name, path in paths.items()
    }


def models_of(folder: Path, threshold: float | None = None) -> tuple[Model, ...]:
    """The shipped settings with what the programme's `linkage.toml` says instead.

    Args:
        threshold: of both models, whatever the settings say.

    Raises:
        ProgrammeRefused: with every mistake in the file, or in the threshold.
    """
    mistakes: list[Mistake] = []
    given = read_toml(folder / _FILE, _FILE, mistakes) if (folder / _FILE).exists() else {}
    for name in given.keys() - set(_KINDS):
        mistakes.append(Mistake(f"{_FILE} {name}", "this table is not known.", nearest_hint(name, [*_KINDS])))
    found = []
    for of in _KINDS:
        changes = _changes(of, given.get(of, {}), mistakes)
        if changes is None:
            continue
        model = _changed(Model.shipped(of), changes, threshold)
        mistakes += model.mistakes(f"{_FILE} [{of}]")
        found.append(model)
    if mistakes:
        raise ProgrammeRefused(sorted(mistakes))
    return tuple(found)


def last_run(store: Store) -> tuple[Vintage, Run] | None:
    """What was linked last, and the line that says how; None before anything was, and after it was erased."""
    current = store.current(LINKAGE)
    if current is None:
        return None
    lines = _log(store.state).read()
    runs = [line for line in lines if isinstance(line, Run) and line.id == current.id]
    return (current, runs[-1]) if runs else None


def _changes(of: Of, given: Any, mistakes: list[Mistake]) -> Mapping[str, Any] | None:
    """What the table says; None where its keys or types are wrong."""
    where, before = f"{_FILE} [{of}]", len(mistakes)
    if not isinstance(given, dict):
        mistakes.append(Mistake(where, "this is no table.", f"Write [{of}] and its keys below."))
        return None
    checked(ModelForm, {key: value for key, value in given.items() if key != "compare"}, where, mistakes)
    compare = given.get("compare", [])
    for number, one in enumerate(compare if isinstance(compare, list) else [compare], start=1):
        checked(CompareForm, one, f"{where} compare {number}", mistakes)
    return given if len(mistakes) == before else None


def _changed(shipped: Model, changes: Mapping[str, Any], threshold: float | None) -> Model:
    read = Model.of_table(shipped.of, {**_as_given(shipped), **changes})
    read = read if "compare" in changes else replace(read, compare=shipped.compare)
    if threshold is None:
        return read
    return replace(read, threshold=threshold, review=min(read.review, threshold))


def _as_given(model: Model) -> dict[str, Any]:
    return {name: value for name, value in vars(model).items() if name not in ("of", "compare")}


def _counts(linked: Linked) -> dict[str, int]:
    more = {"forces whose victim references are not of persons": len(linked.doubtful)}
    more["decisions whose pair is gone"] = len(linked.unmatched)
    return linked.counts() | {name: count for name, count in more.items() if count}


def _version() -> str:
    """Splink's; "" where it is missing, which linking says itself."""
    try:
        return metadata.version("splink")
    except metadata.PackageNotFoundError:
        return ""


def _log(state: State) -> Log[Decision | Run]:
    return Log(state, "linkage", Decision | Run)

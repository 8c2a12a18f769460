"""Linkage on invented victims: what is found, what is missed, and that every link says why."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from fullpicture.collect.linkage import Linked, Model, link, repeat_victims
from fullpicture.core.errors import EngineMissing, UsageError
from tests.collect.linkage.invented import Invented, invented, scores

VICTIM, CRIME = Model.shipped("victim"), Model.shipped("crime")
ROWS = 20_000


@pytest.fixture(scope="module", autouse=True)
def _no_network() -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise AssertionError("linking may not open a connection")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield


@pytest.fixture(scope="module")
def people() -> Invented:
    return invented(ROWS, seed=7)


@pytest.fixture(scope="module")
def linked(people: Invented) -> Linked:
    return link([people.records], [VICTIM, CRIME])


def scored(linked: Linked, people: Invented) -> tuple[float, float]:
    truth = people.person[np.array(linked.mentions["row"].to_pylist()) - 2]
    return scores(truth, np.array(linked.mentions["person"].to_pylist()))


def test_most_people_seen_again_are_found_and_hardly_anybody_is_taken_for_another(
    linked: Linked, people: Invented
) -> None:
    precision, recall = scored(linked, people)
    assert precision > 0.99
    assert recall > 0.78


def test_a_lower_threshold_finds_more_and_a_higher_one_less(linked: Linked, people: Invented) -> None:
    low = link([people.records], [replace(VICTIM, threshold=0.5)])
    high = link([people.records], [replace(VICTIM, threshold=0.999)])
    recalls = [scored(one, people)[1] for one in (low, linked, high)]
    assert recalls == sorted(recalls, reverse=True)
    assert recalls[0] > recalls[2]


def test_the_same_records_in_any_order_give_the_same_links_to_the_byte(
    linked: Linked, people: Invented
) -> None:
    shuffled = people.records.take(pa.array(np.random.default_rng(0).permutation(ROWS)))
    again = link([shuffled.slice(0, 9_000), shuffled.slice(9_000)], [VICTIM, CRIME])
    assert again.pairs.equals(linked.pairs)
    assert again.clusters.equals(linked.clusters)


def test_every_row_of_a_cluster_says_through_which_pair_it_joined(linked: Linked) -> None:
    pairs = {pair["id"]: pair for pair in linked.pairs.to_pylist()}
    firsts, weakest = set(), {}
    for row in linked.clusters.to_pylist():
        if not row["through"]:
            assert row["cluster"] not in firsts
            firsts.add(row["cluster"])
            continue
        pair = pairs[row["through"]]
        places = [(pair[f"{side}_file"], pair[f"{side}_row"]) for side in ("left", "right")]
        assert (row["file"], row["row"]) in places
        assert pair["standing"] == "linked"
        weakest[row["cluster"]] = min(weakest.get(row["cluster"], 1), row["weakest"])
    assert firsts == set(linked.clusters["cluster"].to_pylist())
    assert min(weakest.values()) >= VICTIM.threshold


def test_pairs_below_the_threshold_are_proposed_and_nothing_rests_on_them(linked: Linked) -> None:
    proposed = [pair for pair in linked.pairs.to_pylist() if pair["standing"] == "proposed"]
    assert proposed
    assert all(pair["probability"] < VICTIM.threshold for pair in proposed)
    assert not {pair["id"] for pair in proposed} & set(linked.clusters["through"].to_pylist())


def test_pairs_say_in_words_what_agreed_and_hold_no_value(linked: Linked, people: Invented) -> None:
    says = {
        part.partition(": ")[2] for text in linked.pairs["agreed"].to_pylist() for part in text.split("; ")
    }
    known = {level for model in (VICTIM, CRIME) for one in model.compare for level in one.levels}
    assert says <= {*known, "not known"}
    hashes = set(people.records["victim_name_key"].to_pylist()) - {None}
    assert not hashes & {str(cell) for row in linked.pairs.to_pylist() for cell in row.values()}


def test_a_person_rejects_one_link_and_accepts_another(linked: Linked, people: Invented) -> None:
    pairs = [pair for pair in linked.pairs.to_pylist() if pair["of"] == "victim"]
    no = max((p for p in pairs if p["standing"] == "linked"), key=lambda p: (p["probability"], p["id"]))
    yes = next(p for p in pairs if p["standing"] == "proposed")
    again = link([people.records], [VICTIM], {no["id"]: "different", yes["id"]: "same", "gone": "same"})
    stands = {pair["id"]: (pair["standing"], pair["because"]) for pair in again.pairs.to_pylist()}
    assert stands[no["id"]] == ("rejected", "a person decided that they are different")
    assert stands[yes["id"]] == ("linked", "a person decided that they are the same")
    assert again.unmatched == ("gone",)
    clusters = {(row["file"], row["row"]): row["cluster"] for row in again.clusters.to_pylist()}
    left, right = ((no[f"{side}_file"], no[f"{side}_row"]) for side in ("left", "right"))
    assert clusters.get(left, 0) != clusters.get(right, 1)


def test_blocks_that_would_explode_are_refused_before_they_do(people: Invented) -> None:
    loose = replace(VICTIM, blocks=(("victim_sex",), ("victim_born_on", "victim_sex")))
    with pytest.raises(UsageError, match="most_comparisons allows 100,000,000") as refused:
        link([people.records], [loose])
    lines = str(refused.value).splitlines()
    assert lines[1].startswith("  sex: ")
    assert lines[-1] == "Add a field to the first of these blocks in linkage.toml, or allow more."


def test_nothing_is_printed_or_logged(
    people: Invented, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link([people.records.slice(0, 2_000)], [VICTIM])
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
    assert [record for record in caplog.records if record.name.startswith("splink")] == []


def test_without_splink_it_says_what_to_install(people: Invented, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "splink", None)
    with pytest.raises(EngineMissing, match=r"pip install 'fullpicture\[link\]'"):
        link([people.records], [VICTIM])


def test_no_records_at_all_link_to_nothing() -> None:
    nothing = link([], [VICTIM, CRIME])
    assert (nothing.pairs.num_rows, nothing.clusters.num_rows) == (0, 0)
    assert repeat_victims(nothing).counts["victims"].to_pylist() == [0]


def test_repeat_victims_are_counted_as_the_truth_has_them_within_what_linking_misses(
    linked: Linked, people: Invented
) -> None:
    whole = repeat_victims(linked).counts.to_pylist()[-1]
    true = int((np.unique(people.person, return_counts=True)[1] > 1).sum())
    assert whole["police_force"] == "ALL"
    assert 0.75 * true < whole["repeat"] < true
    assert 0 < whole["across"] < whole["repeat"]

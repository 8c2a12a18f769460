"""A person signs for a figure: it is published, listed and verified; who withdraws it, withholds it again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fullpicture.cli.exceptions import command
from fullpicture.core.errors import NotPublishable, UsageError
from fullpicture.programme.build import build
from fullpicture.programme.verify import verify
from tests.programme.folders import write_programme
from tests.programme.test_verify import HIDDEN, SMALL

WHY = ("--reason=Named in the published court list.", "--by=Head of analysis", "--who=tester")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def public_value(folder: Path) -> str:
    lines = (folder / "build" / "public" / "figures.csv").read_text(encoding="utf-8").splitlines()
    area, when, group = "E23000031", "2024-25Q2,financial-quarter", "offence_group,Theft"
    (line,) = [one for one in lines if one.startswith(f"crimes,{area}") and when in one and group in one]
    return line.split(group + ",")[1].split(",")[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_programme(tmp_path / "programme", crime=SMALL)
    return tmp_path


def test_a_signed_figure_is_published_listed_and_verified_until_it_is_withdrawn(folder: Path) -> None:
    programme, built = folder / "programme", folder / "build"
    assert run("sign", str(programme), HIDDEN, *WHY).exit_code == 0
    assert "Head of analysis: Named in the published court list." in run("list", str(programme)).output
    build(programme, built)
    assert public_value(folder) == "4"
    for edition in ("public", "internal"):
        said = json.loads((built / edition / "certificate.json").read_text(encoding="utf-8"))["exceptions"]
        assert [(one["figure"], one["signed_by"]) for one in said] == [(HIDDEN, "Head of analysis")]
    assert verify(built / "public", built / "internal") == []
    assert run("withdraw", str(programme), HIDDEN, *WHY).exit_code == 0
    build(programme, built)
    assert public_value(folder) == ""
    assert verify(built / "public", built / "internal") == []


def test_an_exception_that_the_internal_certificate_has_not_is_named(folder: Path) -> None:
    programme, built = folder / "programme", folder / "build"
    run("sign", str(programme), HIDDEN, *WHY)
    build(programme, built)
    path = built / "public" / "certificate.json"
    certificate = json.loads(path.read_text(encoding="utf-8"))
    certificate["exceptions"][0]["signed_by"] = ""
    path.write_text(json.dumps(certificate), encoding="utf-8")
    found = {(one.where, one.what) for one in verify(built / "public", built / "internal")}
    assert (HIDDEN, "the exception does not say who has signed it, and why.") in found
    assert (str(path), "its exceptions are not those of the internal certificate.") in found


def test_without_its_exception_a_small_count_that_is_shown_is_named(folder: Path) -> None:
    programme, built = folder / "programme", folder / "build"
    run("sign", str(programme), HIDDEN, *WHY)
    build(programme, built)
    path = built / "public" / "certificate.json"
    certificate = json.loads(path.read_text(encoding="utf-8"))
    certificate["exceptions"] = []
    path.write_text(json.dumps(certificate), encoding="utf-8")
    assert HIDDEN in {one.where for one in verify(built / "public")}


def test_a_build_refuses_an_exception_for_no_figure_of_it(folder: Path) -> None:
    run("sign", str(folder / "programme"), HIDDEN.replace("crimes/", "crime/"), *WHY)
    with pytest.raises(NotPublishable, match="Did you mean crimes/"):
        build(folder / "programme", folder / "build")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sign", HIDDEN, "--reason=-", "--by=A"), "--reason: it says nothing"),
        (("sign", HIDDEN, "--reason=Because", "--by= "), "--by: nobody is named"),
        (("sign", "crimes", "--reason=Because", "--by=A"), "not the id of a figure"),
        (("withdraw", HIDDEN, "--reason=Because", "--by=A"), "nobody has signed for it"),
    ],
)
def test_what_is_no_signature_is_refused(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    move, figure, *rest = arguments
    error = run(move, str(tmp_path), figure, *rest).exception
    assert isinstance(error, UsageError)
    assert says in str(error)

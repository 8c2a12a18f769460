"""A publisher's server is asked politely, and a download ends whole or not at all."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest

from fullpicture.collect.fetch import Kept, NotFetched, Remote, Web
from fullpicture.collect.fetch.saving import save
from tests.collect.fetch.publisher import Publisher

BODY = bytes(range(256)) * 4000


def quiet(_text: str) -> None:
    """Nobody watches."""


def fetched(web: Web, publisher: Publisher, data: Path, kept: Kept | None = None, **more: str) -> object:
    return save(web, Remote(f"{publisher.base}/file.csv", **more), "x/file.csv", data, kept, quiet)


def test_an_overloaded_server_is_asked_again(publisher: Publisher, web: Web) -> None:
    publisher.say("/api", {"results": [1]})
    publisher.overloaded = 3
    assert web.json(f"{publisher.base}/api") == {"results": [1]}
    assert len(publisher.requests) == 4
    assert publisher.asked("/api")[0]["User-Agent"] == "tests (nobody)"


def test_a_server_that_stays_overloaded_is_a_mistake_with_its_address(publisher: Publisher, web: Web) -> None:
    publisher.overloaded = 100
    with pytest.raises(NotFetched, match=r"/api: the server answers with status 503\. Try again later\."):
        web.json(f"{publisher.base}/api")


def test_there_is_a_pause_between_two_requests(
    publisher: Publisher, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.say("/api", [])
    slept: list[float] = []
    monkeypatch.setattr("fullpicture.collect.fetch.web.time.sleep", slept.append)
    web.pause = 30.0
    web.json(f"{publisher.base}/api")
    web.json(f"{publisher.base}/api")
    assert slept[0] == 0.0 or slept[0] <= 30.0
    assert 25.0 < slept[-1] <= 30.0


def test_a_download_that_breaks_off_goes_on_where_it_stopped(
    publisher: Publisher, web: Web, tmp_path: Path
) -> None:
    publisher.pages["/file.csv"] = BODY
    publisher.breaks_at = [300_000, 700_000]
    fetched(web, publisher, tmp_path)
    assert (tmp_path / "x/file.csv").read_bytes() == BODY
    ranges = [headers.get("Range") for headers in publisher.asked("/file.csv")]
    assert ranges[0] is None
    begun = [int(re.sub(r"\D", "", one)) for one in ranges[1:] if one]
    assert len(begun) == 2
    assert 0 < begun[0] < begun[1] < len(BODY)


def test_what_an_earlier_attempt_left_is_used_only_if_the_file_is_the_same(
    publisher: Publisher, web: Web, tmp_path: Path
) -> None:
    publisher.pages["/file.csv"] = BODY
    publisher.breaks_at = [500_000] * 5
    with pytest.raises(
        NotFetched, match=r"broke off 5 times\. Try again later; it goes on where it stopped\."
    ):
        fetched(web, publisher, tmp_path)
    assert not (tmp_path / "x/file.csv").exists()
    publisher.pages["/file.csv"] = BODY[::-1]
    fetched(web, publisher, tmp_path)
    assert (tmp_path / "x/file.csv").read_bytes() == BODY[::-1]


def test_a_file_that_did_not_change_is_not_sent_again(publisher: Publisher, web: Web, tmp_path: Path) -> None:
    publisher.pages["/file.csv"] = BODY
    first = fetched(web, publisher, tmp_path)
    assert first.is_new  # type: ignore[attr-defined]
    assert fetched(web, publisher, tmp_path, first.kept) is None  # type: ignore[attr-defined]


def test_the_file_that_a_newer_one_replaces_is_kept(publisher: Publisher, web: Web, tmp_path: Path) -> None:
    for body in (b"old", b"new"):
        publisher.pages["/file.csv"] = body
        fetched(web, publisher, tmp_path)
    assert (tmp_path / "x/file.csv").read_bytes() == b"new"
    name = f"{hashlib.sha256(b'old').hexdigest()[:12]}-file.csv"
    assert (tmp_path / "x/earlier" / name).read_bytes() == b"old"


def test_a_file_with_another_hash_is_refused_and_ours_stays(
    publisher: Publisher, web: Web, tmp_path: Path
) -> None:
    publisher.pages["/file.csv"] = b"old"
    fetched(web, publisher, tmp_path)
    publisher.pages["/file.csv"] = b"planted"
    with pytest.raises(NotFetched, match="not the one that sha256 names"):
        fetched(web, publisher, tmp_path, sha256=hashlib.sha256(b"meant").hexdigest())
    assert (tmp_path / "x/file.csv").read_bytes() == b"old"


def test_members_of_an_archive_are_unpacked_beside_each_other(
    publisher: Publisher, web: Web, tmp_path: Path
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a/one.csv", "a/two.csv", "../../evil.csv"):
            archive.writestr(name, name)
    publisher.pages["/all.zip"] = packed.getvalue()
    remote = Remote(f"{publisher.base}/all.zip", members=("a/one.csv", "../../evil.csv"))
    save(web, remote, "x/*.csv", tmp_path, None, quiet)
    there = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert there == ["x/evil.csv", "x/one.csv"]
    with pytest.raises(NotFetched, match=r"the archive has no a/three\.csv"):
        save(web, Remote(remote.address, members=("a/three.csv",)), "x/*.csv", tmp_path, None, quiet)


def test_what_is_no_archive_is_refused(publisher: Publisher, web: Web, tmp_path: Path) -> None:
    publisher.pages["/all.zip"] = b"<html>Sorry</html>"
    with pytest.raises(NotFetched, match="not a whole zip archive"):
        save(web, Remote(f"{publisher.base}/all.zip", members=("a",)), "a", tmp_path, None, quiet)


@pytest.mark.parametrize("address", ["http://example.org/a", "ftp://example.org/a", "file:///etc/passwd"])
def test_only_https_is_fetched_from_elsewhere(address: str, web: Web) -> None:
    with pytest.raises(NotFetched, match=r"not an https address\. Write the address with https://"):
        web.json(address)

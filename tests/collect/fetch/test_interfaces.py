"""Where each publisher's interface says that a file is."""

from __future__ import annotations

import pytest

from fullpicture.collect.fetch import Attachment, EducationDataSet, NotFetched, StreetCrime, Web
from tests.collect.fetch.publisher import Publisher


def _education(publisher: Publisher) -> None:
    pages = {"page": 1, "pageSize": 40, "totalResults": 2, "totalPages": 2}
    publisher.say("/v1/publications", {"paging": pages, "results": [{"id": "p1", "title": "Another"}]})
    publisher.say(
        "/v1/publications#2", {"paging": pages, "results": [{"id": "p2", "title": "Children in need"}]}
    )
    sets = [
        {"id": "d1", "title": "Referrals", "latestVersion": {"version": "1.2"}},
        {"id": "d2", "title": "Factors", "latestVersion": None},
    ]
    publisher.say("/v1/publications/p2/data-sets", {"paging": {**pages, "totalPages": 1}, "results": sets})


def test_a_data_set_is_found_by_titles_on_any_page(publisher: Publisher, web: Web) -> None:
    _education(publisher)
    (remote,) = EducationDataSet("children in  need", "Referrals", base=f"{publisher.base}/v1").remotes(web)
    assert remote.address == f"{publisher.base}/v1/data-sets/d1/csv?dataSetVersion=1.2"
    assert remote.version == "1.2"


@pytest.mark.parametrize(
    ("publication", "data_set", "said"),
    [
        ("Children in ned", "Referrals", "Did you mean one of: Children in need"),
        ("Children in need", "Referals", "Did you mean one of: Referrals"),
        ("Children in need", "Factors", "no version of this data set is published"),
    ],
)
def test_a_title_that_is_not_there_is_answered_with_the_nearest(
    publication: str, data_set: str, said: str, publisher: Publisher, web: Web
) -> None:
    _education(publisher)
    with pytest.raises(NotFetched, match=said):
        EducationDataSet(publication, data_set, base=f"{publisher.base}/v1").remotes(web)


def test_an_attachment_is_found_by_a_pattern_of_its_name(publisher: Publisher, web: Web) -> None:
    urls = ("/media/1/prc-pfa-mar25-tables.ods", "/media/2/prc-csp-mar25-tables.ods")
    item = {
        "public_updated_at": "2025-07-24T09:30:00Z",
        "details": {"attachments": [{"url": url} for url in urls]},
    }
    publisher.say("/api/content/government/data", item)
    (remote,) = Attachment("/government/data", "prc-pfa-*.ods", publisher.base).remotes(web)
    assert (remote.address, remote.version) == (publisher.base + urls[0], "2025-07-24")
    with pytest.raises(
        NotFetched, match=r"2 attachments of this page are called .* prc-csp-mar25-tables\.ods"
    ):
        Attachment("government/data", "prc-*", publisher.base).remotes(web)
    with pytest.raises(NotFetched, match='no attachments of this page are called "x"'):
        Attachment("government/data", "x", publisher.base).remotes(web)


def test_months_of_street_crimes_come_from_as_few_archives_as_hold_them(
    publisher: Publisher, web: Web
) -> None:
    dates = [{"date": f"{year}-{month:02}"} for year in (2019, 2020, 2021, 2022) for month in range(1, 13)]
    publisher.say("/api/crimes-street-dates", dates)
    newest, older = StreetCrime("kent", "2019-11", base=publisher.base).remotes(web)
    assert (newest.version, len(newest.members)) == ("2022-12", 36)
    assert older.address == f"{publisher.base}/data/archive/2019-12.zip"
    assert older.members == ("2019-11/2019-11-kent-street.csv", "2019-12/2019-12-kent-street.csv")
    with pytest.raises(NotFetched, match=r"2023-04 is not among those published\. The last one is 2022-12"):
        StreetCrime("kent", "2019-11", "2023-04", publisher.base).remotes(web)

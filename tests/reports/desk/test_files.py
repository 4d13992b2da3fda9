"""Which files of a paper open to whom, and as what."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from contracts.models import Access
from reports.models import FrozenFile, Paper
from tests.builders import issued
from tests.people import Cast
from tests.reading import links_of
from tests.reports.desk.conftest import As

AT = datetime(2018, 3, 19, 10, tzinfo=UTC)
SECRET = "The supplier's price is 4,711 pounds."


def href_of(paper: Paper, file: FrozenFile) -> str:
    return reverse("reports:frozen_file", args=[paper.contract.reference, paper.pk, file.name])


@pytest.fixture
def frozen(draft: Paper, cast: Cast) -> Paper:
    return issued.with_the_clerk(draft, cast.contract_manager, AT, exempt=SECRET)


def half(paper: Paper, audience: str) -> FrozenFile:
    return FrozenFile.objects.get(frozen__paper=paper, frozen__audience=audience)


def opens(paper: Paper, audience: str, who: str, signed_in: As) -> int:
    answer = signed_in(who).get(href_of(paper, half(paper, audience)))
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize(
    ("who", "public", "exempt"),
    [
        ("officer", 200, 404), ("contract_manager", 200, 200), ("clerk", 200, 200), ("administrator", 200, 200),
        ("board_member", 404, 200), ("supplier", 404, 404), ("project_manager", 404, 404), ("outsider", 404, 404),
    ],
)  # fmt: skip
def test_with_the_clerk_files_open_to_who_works_on_it_and_the_exempt_part_to_members(
    who: str, public: int, exempt: int, frozen: Paper, signed_in: As
) -> None:
    assert (opens(frozen, "public", who, signed_in), opens(frozen, "exempt", who, signed_in)) == (public, exempt)


@pytest.mark.parametrize(
    ("who", "exempt"), [("officer", 404), ("board_member", 200), ("supplier", 404), ("project_manager", 404)]
)
def test_once_it_is_published_everybody_opens_the_public_part_alone(
    who: str, exempt: int, frozen: Paper, cast: Cast, signed_in: As
) -> None:
    issued.published(frozen, cast.contract_manager, cast.clerk, AT)
    assert (opens(frozen, "public", who, signed_in), opens(frozen, "exempt", who, signed_in)) == (200, exempt)


@pytest.mark.parametrize(("who", "status"), [("board_member", 404), ("supplier", 404), ("clerk", 200)])
def test_of_a_withdrawn_paper_only_who_works_on_papers_opens_files(
    who: str, status: int, frozen: Paper, cast: Cast, signed_in: As
) -> None:
    issued.published(frozen, cast.contract_manager, cast.clerk, AT)
    issued.withdrawn(frozen, cast.clerk, AT)
    assert opens(frozen, "public", who, signed_in) == status


def test_nobody_opens_a_file_of_what_was_removed(frozen: Paper, cast: Cast, signed_in: As) -> None:
    issued.published(frozen, cast.contract_manager, cast.clerk, AT)
    issued.removed(frozen, cast.clerk, cast.contract_manager, AT)
    assert opens(frozen, "public", "clerk", signed_in) == 404


def test_a_file_is_sent_as_what_it_is_to_be_saved(frozen: Paper, signed_in: As) -> None:
    answer = signed_in("clerk").get(href_of(frozen, half(frozen, "public")))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"month,status\n2018-01,published\n"  # type: ignore[attr-defined]


def test_a_file_that_was_cut_short_is_not_sent(frozen: Paper, signed_in: As, papers_folder: object) -> None:
    from pathlib import Path

    file = half(frozen, "public")
    (Path(str(papers_folder)) / file.path).write_bytes(b"month")
    assert opens(frozen, "public", "clerk", signed_in) == 404


def test_opening_an_exempt_file_is_written_down_and_opening_a_public_one_is_not(
    frozen: Paper, cast: Cast, signed_in: As
) -> None:
    opens(frozen, "public", "clerk", signed_in)
    assert not Access.objects.filter(kind=Access.Kind.EXEMPT).exists()
    opens(frozen, "exempt", "clerk", signed_in)
    noted = Access.objects.get(kind=Access.Kind.EXEMPT)
    assert noted.person == cast.clerk
    assert half(frozen, "exempt").name in noted.subject


def test_the_exempt_part_is_a_page_for_who_may_read_it(frozen: Paper, signed_in: As) -> None:
    address = reverse("reports:paper", args=[frozen.contract.reference, frozen.pk])
    shown = signed_in("clerk").get(f"{address}?part=exempt").content.decode()
    assert "Not for publication: paragraph 3" in shown
    for who in ("clerk", "officer"):
        page = signed_in(who).get(address if who == "clerk" else f"{address}?part=exempt")
        assert "Not for publication: paragraph 3" not in page.content.decode()
    assert not any("part=exempt" in href for href in links_of(signed_in("officer").get(address)).values())


def test_the_drafts_files_are_not_for_members_once_it_is_published(frozen: Paper, cast: Cast, signed_in: As) -> None:
    issued.published(frozen, cast.contract_manager, cast.clerk, AT)
    reference = frozen.contract.reference
    for name in ("reports:file", "reports:signed_off_file"):
        address = reverse(name, args=[reference, frozen.pk, "report-r1.csv"])
        assert signed_in("board_member").get(address).status_code == 404
        answer = signed_in("officer").get(address)
        assert answer.status_code == 200
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]

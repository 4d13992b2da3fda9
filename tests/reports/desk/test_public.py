"""What everybody reads without signing in: published papers, and nothing else."""

from datetime import UTC, date, datetime

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract
from reports.models import Board, FrozenFile, FrozenPaper, Meeting, Paper, PaperRun
from tests import builders
from tests.builders import issued
from tests.people import Cast
from tests.reading import links_of, text_of

AT = datetime(2018, 3, 19, 10, tzinfo=UTC)
SECRET = "The supplier's price is 4,711 pounds."
MOST_QUERIES = 5


@pytest.fixture
def public(db: None) -> Client:
    """Nobody in particular."""
    return Client()


@pytest.fixture
def issued_paper(draft: Paper, cast: Cast) -> Paper:
    return issued.published(draft, cast.contract_manager, cast.clerk, AT, exempt=SECRET)


def address_of(paper: Paper, audience: str = "public") -> str:
    return reverse("public_paper", args=[FrozenPaper.objects.get(paper=paper, audience=audience).address])


def files_of(paper: Paper, audience: str = "public") -> str:
    file = FrozenFile.objects.get(frozen__paper=paper, frozen__audience=audience)
    return reverse("public_file", args=[file.frozen.address, file.name])


def addendum(of: Paper, number: int, cast: Cast, at: datetime = AT) -> Paper:
    """A published addendum to a paper, with the contents of the paper itself."""
    given = {"contract": of.contract, "meeting": of.meeting, "kind": "addendum", "number": number, "of": of}
    run = PaperRun.objects.create(due_on=of.made_on, state="finished", stage="done", **given)
    made = Paper.objects.create(
        run=run, review_from=of.review_from, review_to=of.review_to, made_on=of.made_on, headline=of.headline,
        snapshot=of.snapshot.replace('"kind": "report"', f'"kind": "addendum",\n "number": {number}'),
        sha256=of.sha256, **given,
    )  # fmt: skip
    return issued.published(made, cast.contract_manager, cast.clerk, at)


def test_a_published_paper_is_read_by_everybody(issued_paper: Paper, public: Client) -> None:
    page = public.get(address_of(issued_paper))
    assert page.status_code == 200
    assert issued_paper.headline in text_of(page)
    assert "Published Monday 19 March 2018." in text_of(page)
    assert issued.WHERE in links_of(page).values()


def test_it_knows_nobody_and_leads_to_no_contract(issued_paper: Paper, cast: Cast) -> None:
    somebody = Client()
    somebody.force_login(cast.clerk)
    theirs, anybodys = (client.get(address_of(issued_paper)) for client in (somebody, Client()))
    assert theirs.content == anybodys.content
    assert str(cast.clerk) not in text_of(theirs)
    assert not any(href.startswith("/contracts/") for href in links_of(theirs).values())
    assert not theirs.cookies
    assert not anybodys.cookies
    assert "Cookie" not in theirs.headers.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in theirs.content


def test_it_may_be_kept_for_a_while_and_says_when_it_is_the_same(issued_paper: Paper, public: Client) -> None:
    for address in (address_of(issued_paper), files_of(issued_paper)):
        first = public.get(address)
        if first.streaming:
            b"".join(first)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        again = public.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]


def test_it_is_not_the_same_once_something_was_added(issued_paper: Paper, cast: Cast, public: Client) -> None:
    known = public.get(address_of(issued_paper)).headers["ETag"]
    addendum(issued_paper, 1, cast)
    assert public.get(address_of(issued_paper), headers={"if-none-match": known}).status_code == 200


def test_it_has_a_title_a_language_and_one_address(issued_paper: Paper, public: Client, settings: LazySettings) -> None:
    """The same page is kept for everybody, so that what one browser calls the site must not show in it."""
    settings.SITE_URL = "https://scrutineer.example.org"
    page = public.get(address_of(issued_paper), headers={"host": "testserver:8443"}).content.decode()
    title = FrozenPaper.objects.get(paper=issued_paper, audience="public").title
    assert f"<title>{title}, 29 March 2018" in page
    assert '<html lang="en-GB"' in page
    assert f'<link rel="canonical" href="https://scrutineer.example.org{address_of(issued_paper)}">' in page
    assert "noindex" not in page


@pytest.mark.parametrize("status", ["draft", "signed off", "with the clerk", "withdrawn before"])
def test_what_was_not_published_is_not_there(status: str, draft: Paper, cast: Cast, public: Client) -> None:
    if status == "signed off":
        issued.signed_off(draft, cast.contract_manager, AT)
    elif status != "draft":
        issued.with_the_clerk(draft, cast.contract_manager, AT)
    if status == "withdrawn before":
        issued.withdrawn(draft, cast.clerk, AT)
    for address in FrozenPaper.objects.values_list("address", flat=True):
        assert public.get(reverse("public_paper", args=[address])).status_code == 404
    for file in FrozenFile.objects.all():
        assert public.get(reverse("public_file", args=[file.frozen.address, file.name])).status_code == 404
    assert draft.contract.title not in text_of(public.get(reverse("public_papers")))


def test_nothing_exempt_is_among_it(issued_paper: Paper, public: Client) -> None:
    assert public.get(address_of(issued_paper, "exempt")).status_code == 404
    assert public.get(files_of(issued_paper, "exempt")).status_code == 404
    exempt = FrozenFile.objects.get(frozen__paper=issued_paper, frozen__audience="exempt")
    through_the_public_half = reverse(
        "public_file", args=[FrozenPaper.objects.get(paper=issued_paper, audience="public").address, exempt.name]
    )
    assert public.get(through_the_public_half).status_code == 404
    for page in (public.get(address_of(issued_paper)), public.get(reverse("public_papers"))):
        assert "4,711" not in page.content.decode()
        assert exempt.name not in page.content.decode()
        assert exempt.sha256 not in page.content.decode()


def test_addenda_and_errata_are_linked_at_the_top(issued_paper: Paper, cast: Cast, public: Client) -> None:
    added = addendum(issued_paper, 1, cast, datetime(2018, 3, 27, 9, tzinfo=UTC))
    issued.erratum(issued_paper)
    page = public.get(address_of(issued_paper))
    text = text_of(page)
    assert links_of(page)["Addendum 1"] == address_of(added)
    assert "Addendum 1, published 27 March 2018" in text
    assert text.index("1 number in this paper should read otherwise") < text.index(issued_paper.headline)
    assert "Summary by month, January 2018, target met 29 30" in " ".join(text.split())
    assert links_of(public.get(address_of(added)))["exception report"] == address_of(issued_paper)


def test_an_exempt_erratum_is_not_told(issued_paper: Paper, public: Client) -> None:
    row = issued.erratum(issued_paper, because=SECRET)
    type(row).objects.filter(pk=row.pk).update(audience="exempt")
    page = text_of(public.get(address_of(issued_paper)))
    assert "4,711" not in page
    assert "should read otherwise" not in page


def test_a_late_paper_gives_the_chairs_reason(draft: Paper, cast: Cast, public: Client) -> None:
    late = datetime(2018, 3, 22, 9, tzinfo=UTC)
    issued.published(draft, cast.contract_manager, cast.clerk, late)
    issued.act(draft, "urgent", cast.clerk, late, "The contract ends before the next meeting.")
    text = text_of(public.get(address_of(draft)))
    assert "later than Wednesday 21 March 2018" in text
    assert "The contract ends before the next meeting." in text


def test_a_withdrawn_paper_leaves_its_title_and_the_reason(issued_paper: Paper, cast: Cast, public: Client) -> None:
    issued.withdrawn(issued_paper, cast.clerk, AT)
    page = public.get(address_of(issued_paper))
    assert page.status_code == 200
    assert "The wrong months were judged." in text_of(page)
    assert issued_paper.headline not in text_of(page)
    file = public.get(files_of(issued_paper))
    assert file.status_code == 410
    assert "The wrong months were judged." in text_of(file)
    assert "Withdrawn" in text_of(public.get(reverse("public_papers")))


def test_a_removed_paper_leaves_its_title_hash_and_reason(issued_paper: Paper, cast: Cast, public: Client) -> None:
    issued.removed(issued_paper, cast.clerk, cast.contract_manager, AT)
    page = public.get(address_of(issued_paper))
    assert page.status_code == 410
    half = FrozenPaper.objects.get(paper=issued_paper, audience="public")
    for said in (half.title, half.sha256, "A name was published in error."):
        assert said in text_of(page)
    assert issued_paper.headline not in text_of(page)
    assert public.get(files_of(issued_paper)).status_code == 410


def test_the_list_is_by_meeting_the_latest_first(
    contract: Contract, board: Board, issued_paper: Paper, cast: Cast, public: Client, today: date
) -> None:
    later = builders.meeting(board, date(2018, 4, 26))
    issued.published(builders.paper(contract, later, today), cast.contract_manager, cast.clerk, AT)
    text = text_of(public.get(reverse("public_papers")))
    assert text.index("Thursday 26 April 2018") < text.index("Thursday 29 March 2018")
    assert "Published 19 March 2018" in text


def test_five_queries_are_enough_however_much_was_added(issued_paper: Paper, cast: Cast, public: Client) -> None:
    spent = []
    for number in range(1, 8):
        addendum(issued_paper, number, cast)
        address = address_of(issued_paper)
        with CaptureQueriesContext(connection) as captured:
            assert public.get(address).status_code == 200
        spent.append(len(captured))
    assert set(spent) == {spent[0]}
    assert spent[0] <= MOST_QUERIES


def test_the_list_costs_the_same_with_one_and_with_twenty(
    contract: Contract, board: Board, issued_paper: Paper, cast: Cast, public: Client, today: date
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            public.get(reverse("public_papers"))
        return len(captured)

    few = cost()
    for day in range(1, 21):
        meeting: Meeting = builders.meeting(board, date(2018, 5, day))
        issued.published(builders.paper(contract, meeting, today), cast.contract_manager, cast.clerk, AT)
    assert cost() == few


def test_it_is_not_changed_by_sending_something(issued_paper: Paper, public: Client) -> None:
    for address in (reverse("public_papers"), address_of(issued_paper), files_of(issued_paper)):
        assert public.post(address).status_code == 405


def test_an_address_of_nothing_is_not_found(public: Client) -> None:
    assert public.get("/papers/no-such-paper/").status_code == 404
    assert public.get("/papers/no-such-paper/files/a.csv").status_code == 404

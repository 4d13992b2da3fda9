"""
What a supplier's person finds, and what never: drafts, comments, answers to warnings, other contracts.

How a month was checked, why it was sent back or reopened, and why a figure was corrected are said to the supplier: they
stand in published papers or are addressed to it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import LazySettings
from django.test import Client

from contracts.models import Contract, ServiceArea
from kpis.models import Correction, Entry, Return, WarningAnswer
from kpis.services.verification import reopen_return
from reports.models import Paper
from tests import builders
from tests.addresses import ACTIONS, PAGES, Stage
from tests.builders import issued
from tests.kpis.services.disputes.acts import AT
from tests.people import Cast

INTERNAL = {
    "an answer to a warning": "The meter was swapped, says the depot.",
    "an answer that is not submitted yet": "The depot will say why.",
    "a comment of the area": "Ask the depot before the meeting.",
    "the headline of a draft": "No KPI failed in the draft nobody published.",
    "a figure of another contract": "Streetlights mended in Otherplace",
    "a message to somebody else": "The depot’s own e-mail to the officer.",
    "a question of the Board to an officer": "Why did the depot say nothing?",
}


@pytest.fixture
def stage(
    contract: Contract, other_contract: Contract, area: ServiceArea, cast: Cast, settings: LazySettings, tmp_path: Path
) -> Stage:
    """A contract with something internal in every corner."""
    settings.PAPERS_DIR = tmp_path
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-09", ["95", "94", "79", "93", "92"])
    answer, typed, comment, headline, elsewhere, mail, asked_by_member = INTERNAL.values()
    builders.rebase(kpi, "2017-12")
    builders.returns(area, "2017-09", "2018-01", checked_how="source seen")
    for result in kpi.results.all():
        result.comment = comment
        result.save(update_fields=["comment"])
    for result in kpi.results.all():
        WarningAnswer.objects.create(result=result, warning="unusual", said="Far from the last year.", answer=answer)
    builders.returns(area, "2018-02", "2018-02", "open")
    Entry.objects.create(
        area_return=Return.objects.get(month="2018-02-01"), kpi=kpi, value="12",
        answers={"jump": typed, "far_from_usual": typed, "unusual": typed}, edited_by=cast.officer,
    )  # fmt: skip
    builders.kpi(builders.area(other_contract), "CSC_KPI_01", name=elsewhere)
    asked = builders.relief(contract, first="2017-11", decision="requested")
    builders.relief(contract, first="2017-11", last="2018-02")
    builders.funding(contract)
    project = builders.project(contract, scrutiny_area="Value for Money")
    builders.key_list(contract, project, put_to_board_on=date(2018, 3, 29), board="Scrutiny Board")
    nomination = builders.nomination(project, cast.board_member, datetime(2018, 3, 1, 10, tzinfo=UTC))
    builders.question(contract, cast.board_member, owner=cast.officer, text=asked_by_member)
    builders.question(contract, cast.board_member, "Q002", owner=cast.supplier)
    builders.request(contract)
    board = builders.board(contract)
    held = builders.paper(contract, builders.meeting(board, date(2018, 3, 1), "held"), date(2018, 3, 1))
    published_at = datetime(2018, 2, 20, 9, tzinfo=UTC)
    issued.published(held, cast.contract_manager, cast.clerk, published_at)
    issued.uploaded(held, cast.clerk, published_at)
    issued.typed_words(held)
    draft = builders.paper(contract, builders.meeting(board, date(2018, 3, 29)), date(2018, 3, 14))
    Paper.objects.filter(pk=draft.pk).update(headline=headline)
    disputed = builders.dispute(kpi.results.get(month="2017-12-01"), cast.supplier)
    of = ((kpi, "2018-01"), (kpi, "2018-02"), (asked, ""))
    files = [builders.evidence(each, cast.officer, month) for each, month in of]
    month = builders.operational_report(contract, "2018-02", date(2018, 3, 14))
    return Stage(contract, draft, held, month, builders.message(cast.officer, body=mail), nomination, disputed, *files)


@pytest.fixture
def supplier(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.supplier)
    return client


def opened(client: Client, stage: Stage) -> Iterator[tuple[str, str]]:
    """Every page and file that answers, and what every empty act answers, with its address."""
    for table, ask in ((PAGES, client.get), (ACTIONS, client.post)):
        for name, rows in table.items():
            for address, _ in rows:
                if name in ("account_logout", "choose_kinds"):
                    continue
                response = ask(address(stage))
                body = b"".join(response) if response.streaming else response.content
                yield f"{ask.__name__} {name} {address(stage)}", text_of(body)


def text_of(body: bytes) -> str:
    """What can be read of a page or a file; of a workbook, the text of everything in it."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with ZipFile(BytesIO(body)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


@pytest.mark.walk
def test_the_supplier_never_reads_what_is_internal(stage: Stage, supplier: Client) -> None:
    pages = dict(opened(supplier, stage))
    assert len(pages) > 50
    leaks = [(what, place) for place, page in pages.items() for what, words in INTERNAL.items() if words in page]
    assert leaks == []


@pytest.mark.walk
def test_what_is_looked_for_is_there_for_others(stage: Stage, cast: Cast) -> None:
    """Every one of the words would be found if the supplier's pages were the council's."""
    unseen = set(INTERNAL)
    for page in read_by_others(stage, cast):
        unseen -= {what for what in unseen if INTERNAL[what] in page}
        if not unseen:
            break
    assert unseen == set()


def read_by_others(stage: Stage, cast: Cast) -> Iterator[str]:
    for person in (cast.officer, cast.contract_manager, cast.administrator):
        client = Client()
        client.force_login(person)
        for address in ("/contracts/TST/returns/2017-09/", "/contracts/OTH/kpis/"):
            yield client.get(address).content.decode()
        yield from (page for _, page in opened(client, stage))


def test_the_supplier_finds_its_decisions_from_every_page(stage: Stage, supplier: Client) -> None:
    home = supplier.get("/", follow=True).content.decode()
    assert 'href="/contracts/TST/decisions/"' in home
    assert 'href="/contracts/TST/returns/"' in home
    assert 'href="/contracts/TST/meetings/"' in home


def test_decisions_list_reliefs_disputes_corrections_and_reopened_months_newest_first(
    stage: Stage, supplier: Client, area: ServiceArea, cast: Cast
) -> None:
    stage.contract.reliefs.filter(decision="granted").update(
        decided_on=date(2017, 12, 1), decision_reason="The council’s line failed."
    )
    december = Return.objects.get(month="2017-12-01")
    reopen_return(pk=december.pk, version=december.version, reason="Counted wrongly.", by=cast.contract_manager, at=AT)
    result = area.kpis.get().results.get(month="2017-11-01")
    Correction.objects.create(
        result=result, value_before=78, value_after=79, reason="A day was missing.", corrected_at=AT.replace(day=13),
        corrected_by=cast.officer,
    )  # fmt: skip
    page = supplier.get("/contracts/TST/decisions/").content.decode()
    order = [
        "Customer Service Centre, December 2017</a>",
        "79.00% instead of 78.00%",
        "CSC_KPI_01, December 2017: 93.00%</a></th>",
        "Granted",
    ]
    places = [page.index(words, page.index("What was decided")) for words in order]
    assert places == sorted(places)
    assert "Counted wrongly." in page
    assert "A day was missing." in page
    assert "The council’s line failed." in page
    assert "1 dispute and 1 relief request wait for a decision." in page


def test_a_month_reopened_twice_stands_there_twice(stage: Stage, supplier: Client, cast: Cast) -> None:
    for reason in ("Counted wrongly.", "Counted twice."):
        found = Return.objects.get(month="2017-12-01")
        reopen_return(pk=found.pk, version=found.version, reason=reason, by=cast.contract_manager, at=AT)
        again = Return.objects.get(pk=found.pk)
        again.state = "verified"
        again.save(update_fields=["state"])
    page = supplier.get("/contracts/TST/decisions/").content.decode()
    assert page.count("Counted wrongly.") == page.count("Counted twice.") == 1


def test_a_contract_in_which_nothing_happened_says_so(today: date, contract: Contract, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.supplier)
    page = client.get("/contracts/TST/decisions/").content.decode()
    assert "No dispute and no relief request waits for a decision." in page
    assert "Nothing has been decided yet." in page

"""A sentence that people wrote, with a number that moved, is put before the contract manager, who words it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Message
from contracts.readings import read_now
from reports.build.halves import Mark, split
from reports.build.told_errata import errata_for_slip
from reports.models import Erratum, Paper, TypedWords
from reports.queries.readiness import load_findings
from reports.queries.waiting_words import read_words_that_wait
from reports.rules.readiness import Finding
from reports.services.acts import NotYours
from reports.services.errata import find_errata
from reports.services.typed_words import AlreadySettled, WordsRefused, let_it_stay, word_it
from reports.snapshot import RemarkLine, Words, from_json, to_json
from tests import builders
from tests.people import Cast
from tests.reading import text_of
from tests.reports.errata.conftest import World
from tests.reports.errata.issued import correct, issue

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 4, 9, 11, tzinfo=UTC)
HEADLINE = "One KPI failed in December, and we know why. Everything else is well."
WORDS = Words(introduction="Half of the KPIs: 1 of 2.\nThe room is number 79.", recommendation="That it be noted.")
SHOULD = "No KPI failed in December."


@pytest.fixture
def written(drafted: World, cast: Cast) -> World:
    """The report as it went out with words around its figures."""
    paper = from_json(drafted.paper.snapshot)
    said = replace(
        paper,
        headline=HEADLINE,
        headline_generated=paper.headline,
        words=WORDS,
        remarks=(RemarkLine("kpi", "FA_KPI_01", "It fell to 79.00%."), RemarkLine("kpi", "PM_KPI_01", "See 79.00%.")),
    )
    Paper.objects.filter(pk=drafted.paper.pk).update(snapshot=to_json(said))
    drafted.paper.refresh_from_db()
    return drafted


@pytest.fixture
def found(written: World, cast: Cast) -> World:
    issue(written.paper, cast.contract_manager)
    correct(written.first, "2017-12", cast.officer, value="91")
    find_errata(now=NOW)
    return written


def sentence(world: World, place: str = "headline, sentence 1") -> TypedWords:
    found: TypedWords = TypedWords.objects.get(paper=world.paper, place=f"Typed words, {place}")
    return found


def test_what_states_a_number_that_moved_is_found_and_nothing_else(found: World) -> None:
    rows = {row.place.removeprefix("Typed words, "): row.says for row in TypedWords.objects.all()}
    assert rows == {
        "headline, sentence 1": "One KPI failed in December, and we know why.",
        "introduction, sentence 1": "Half of the KPIs: 1 of 2.",
        "remark on FA_KPI_01, sentence 1": "It fell to 79.00%.",
    }
    assert "79.00 now reads 91.00" in sentence(found, "remark on FA_KPI_01, sentence 1").moved


def test_the_machine_words_nothing(found: World) -> None:
    assert not Erratum.objects.filter(place__startswith="Typed words").exists()
    assert {row.state for row in TypedWords.objects.all()} == {"waiting"}
    assert {row.should_read for row in TypedWords.objects.all()} == {""}


def test_the_message_about_the_errata_says_that_sentences_wait(found: World) -> None:
    assert (
        "3 sentences that people wrote may need correcting too" in Message.objects.filter(kind="errata found")[0].body
    )


def test_worded_it_is_an_erratum_and_goes_into_the_next_slip(found: World, cast: Cast) -> None:
    word_it(sentence(found), by=cast.contract_manager, at=NOW, should_read=SHOULD)
    (line,) = [each for each in errata_for_slip(found.paper).public if each.place.startswith("Typed words")]
    assert (line.place, line.should_read) == ("Typed words, headline, sentence 1", SHOULD)
    assert line.printed == "One KPI failed in December, and we know why."
    assert line.because.startswith("Ten calls were counted twice. Corrected on 9 April 2018 by the ")
    assert len({each.because for each in errata_for_slip(found.paper).public}) == 1, "one correction, one group"


def test_or_it_stays_for_a_reason_that_is_kept_and_can_be_worded_after_all(found: World, cast: Cast) -> None:
    let_it_stay(sentence(found), by=cast.contract_manager, at=NOW, reason="It speaks of another month.")
    row = sentence(found)
    assert (row.state, row.reason) == ("stays", "It speaks of another month.")
    word_it(row, by=cast.contract_manager, at=NOW, should_read=SHOULD)
    assert sentence(found).state == "worded"
    assert [each.history_change_reason for each in row.history.order_by("history_id")] == [
        "a number in it moved",
        "stays",
        "worded",
    ]


def test_what_was_worded_is_not_worded_twice(found: World, cast: Cast) -> None:
    word_it(sentence(found), by=cast.contract_manager, at=NOW, should_read=SHOULD)
    for again in (
        lambda: word_it(sentence(found), by=cast.contract_manager, at=NOW, should_read="Other."),
        lambda: let_it_stay(sentence(found), by=cast.contract_manager, at=NOW, reason="No."),
    ):
        with pytest.raises(AlreadySettled, match="settled meanwhile"):
            again()


@pytest.mark.parametrize("said", ["", "  ", "One KPI failed in December, and we know why."])
def test_nothing_and_the_same_again_are_no_correction(found: World, cast: Cast, said: str) -> None:
    with pytest.raises(WordsRefused):
        word_it(sentence(found), by=cast.contract_manager, at=NOW, should_read=said)


@pytest.mark.parametrize("who", ["officer", "clerk", "board_member", "administrator"])
def test_only_the_contract_manager_words_it(found: World, cast: Cast, who: str) -> None:
    with pytest.raises(NotYours):
        word_it(sentence(found), by=getattr(cast, who), at=NOW, should_read=SHOULD)


def test_a_further_correction_asks_once_and_tells_of_both_numbers(found: World) -> None:
    number = TypedWords.objects.count()
    correct(found.first, "2017-12", value="92", reason="Again.")
    find_errata(now=NOW)
    assert TypedWords.objects.count() == number
    assert "91.00" in (moved := sentence(found, "remark on FA_KPI_01, sentence 1").moved)
    assert "92.00" in moved


def test_words_of_the_exempt_part_alone_are_exempt(written: World, cast: Cast) -> None:
    halves = split(from_json(written.paper.snapshot), [Mark("kpis", 3, "It would weaken the council.")])
    Paper.objects.filter(pk=written.paper.pk).update(snapshot=to_json(halves.public))
    written.paper.refresh_from_db()
    issue(written.paper, cast.contract_manager, exempt=halves.exempt)
    correct(written.first, "2017-12", cast.officer, value="91")
    find_errata(now=NOW)
    assert sentence(written).audience == "exempt"
    assert sentence(written, "introduction, sentence 1").audience == "public"
    word_it(sentence(written), by=cast.contract_manager, at=NOW, should_read=SHOULD)
    told = errata_for_slip(written.paper)
    assert SHOULD not in {line.should_read for line in told.public}
    assert SHOULD in {line.should_read for line in told.exempt}


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def test_the_page_lists_them_for_who_works_on_papers(found: World, cast: Cast) -> None:
    address = reverse("reports:errata", args=[found.contract.reference, found.paper.pk])
    shown = {who: text_of(client_of(cast, who).get(address)) for who in ("contract_manager", "officer", "board_member")}
    assert "Typed words that may need correcting" in shown["contract_manager"]
    assert "Word it, or say why it may stay" in shown["contract_manager"]
    assert "Typed words that may need correcting" in shown["officer"]
    assert "Word it, or say why it may stay" not in shown["officer"]
    assert "Typed words that may need correcting" not in shown["board_member"]


def test_it_is_worded_on_a_page_of_its_own(found: World, cast: Cast) -> None:
    row = sentence(found)
    address = reverse("reports:typed_words", args=[found.contract.reference, found.paper.pk, row.pk])
    client = client_of(cast, "contract_manager")
    assert row.says in text_of(client.get(address))
    refused = client.post(address, {"outcome": "worded", "should_read": "", "reason": "kept?"})
    assert refused.status_code == 422
    assert "kept?" in refused.content.decode()
    done = client.post(address, {"outcome": "worded", "should_read": SHOULD}, follow=True)
    assert "It is an erratum now." in text_of(done)
    assert SHOULD in text_of(done)
    assert client.post(address, {"outcome": "stays", "reason": "No."}).status_code == 409
    assert client_of(cast, "officer").get(address).status_code == 403


def words_that_wait(paper: Paper) -> tuple[Finding, ...]:
    return read_now(read_words_that_wait(paper))


def later(world: World, kind: str = "report") -> Paper:
    """A paper that would tell the errata of the one that is out: the next report, an addendum or a slip."""
    meeting = world.meeting if kind != "report" else builders.meeting(world.meeting.board, date(2018, 4, 26))
    of = world.paper if kind != "report" else None
    return Paper(contract=world.contract, meeting=meeting, kind=kind, number=int(kind != "report"), of=of)


@pytest.mark.parametrize("kind", ["report", "addendum", "erratum"])
def test_while_sentences_wait_whoever_signs_the_next_paper_is_told(found: World, kind: str) -> None:
    (finding,) = words_that_wait(later(found, kind))
    assert finding.place == "Exception report of 29 March 2018"
    assert finding.what.startswith("3 sentences that people wrote hold numbers that were corrected")
    assert finding.href == f"{reverse('reports:errata', args=[found.contract.reference, found.paper.pk])}#typed"
    assert not finding.blocks


def test_it_stands_among_the_findings_until_the_last_of_them_is_settled(found: World, cast: Cast) -> None:
    meeting = builders.meeting(found.meeting.board, date(2018, 4, 26))
    builders.review_period(found.contract, meeting, "2017-12", "2018-01")
    draft = builders.paper(found.contract, meeting, date(2018, 4, 11))
    rows = list(TypedWords.objects.order_by("pk"))
    for row in rows[:-1]:
        assert "typed" in {each.kind for each in load_findings(draft, date(2018, 4, 11))}
        let_it_stay(row, by=cast.contract_manager, at=NOW, reason="It speaks of another month.")
    (left,) = words_that_wait(draft)
    assert left.what.startswith("A sentence that people wrote holds a number")
    let_it_stay(rows[-1], by=cast.contract_manager, at=NOW, reason="It speaks of another month.")
    assert "typed" not in {each.kind for each in load_findings(draft, date(2018, 4, 11))}


@pytest.mark.parametrize("kind", ["projects", "operational"])
def test_papers_that_tell_no_errata_are_not_held_up_by_sentences(found: World, kind: str) -> None:
    assert words_that_wait(later(found, kind)) == ()


def test_the_report_itself_and_what_was_withdrawn_wait_for_nothing(found: World) -> None:
    assert words_that_wait(found.paper) == ()
    Paper.objects.filter(pk=found.paper.pk).update(status="withdrawn")
    assert words_that_wait(later(found)) == ()

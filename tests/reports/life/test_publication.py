"""What the clerk records: publication against the clear days, urgency, withdrawal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.models import Message
from contracts.queries import working_calendar
from reports.models import Meeting, Paper, PaperAct
from reports.queries.lives import life_of
from reports.rules.publication import Timing, timing_of
from reports.services import papers, publication
from reports.services.acts import ActRefused, NotAsItStands, NotYours
from reports.services.publication import PublishedWhen, PublishedWhere
from tests.fixtures.cast import TODAY
from tests.people import Cast
from tests.reports.cases import MEETING_ON

pytestmark = pytest.mark.django_db

WHERE = "https://council.example.org/meetings/5"
NOW = datetime(2018, 3, 28, 12, tzinfo=UTC)
IN_TIME = datetime(2018, 3, 21, 17, tzinfo=UTC)


def publish(paper: Paper, cast: Cast, at: datetime = IN_TIME, address: str = WHERE) -> Timing | None:
    timing = publication.record_publication(paper, by=cast.clerk, published_at=at, address=address, now=NOW)
    paper.refresh_from_db()
    return timing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published_on", "words"),
    [
        (date(2018, 3, 14), "in time: 10 clear days"),
        (date(2018, 3, 21), "in time: 5 clear days"),
        (date(2018, 3, 22), "late by 1 working day: 4 clear days instead of 5"),
        (date(2018, 3, 24), "late by 2 working days: 3 clear days instead of 5"),
        (date(2018, 3, 28), "late by 5 working days: 0 clear days instead of 5"),
        (date(2018, 4, 3), "late by 7 working days: 0 clear days instead of 5"),
    ],
)
def test_a_day_of_publication_is_held_against_the_clear_days(published_on: date, words: str) -> None:
    assert timing_of(published_on, MEETING_ON, 5, working_calendar()).words == words


def test_it_is_recorded_when_and_where(with_clerk: Paper, cast: Cast) -> None:
    timing = publish(with_clerk, cast)
    assert timing
    assert (timing.clear_days, timing.late_by) == (5, 0)
    published = life_of(with_clerk).published
    assert published
    assert (published.published_at, published.address) == (IN_TIME, WHERE)
    assert with_clerk.status == "published"


def test_the_board_is_told_with_a_link_and_nothing_attached(with_clerk: Paper, cast: Cast) -> None:
    publish(with_clerk, cast)
    told = Message.objects.filter(kind=Message.Kind.PAPER_PUBLISHED)
    assert {message.person for message in told} == {cast.contract_manager, cast.board_member}
    address = with_clerk.frozen.get(audience="public").address
    assert all(f"/papers/{address}/" in message.body for message in told)
    assert all("in time: 5 clear days" in message.body for message in told)


def test_recorded_again_the_later_record_counts_and_both_are_kept(with_clerk: Paper, cast: Cast) -> None:
    publish(with_clerk, cast)
    publish(with_clerk, cast)
    assert with_clerk.acts.filter(kind="published").count() == 1
    later = IN_TIME + timedelta(days=1)
    timing = publish(with_clerk, cast, later)
    assert timing
    assert timing.late_by == 1
    assert with_clerk.acts.filter(kind="published").count() == 2
    published = life_of(with_clerk).published
    assert published
    assert published.published_at == later
    assert Message.objects.filter(kind=Message.Kind.PAPER_PUBLISHED).count() == 2


@pytest.mark.parametrize(
    ("at", "words"),
    [(NOW + timedelta(minutes=1), "later than now"), (datetime(2018, 3, 13, tzinfo=UTC), "handed over")],
)
def test_a_time_before_the_freeze_or_to_come_is_refused(
    at: datetime, words: str, with_clerk: Paper, cast: Cast
) -> None:
    with pytest.raises(PublishedWhen, match=words):
        publish(with_clerk, cast, at)
    assert with_clerk.status == "with the clerk"


@pytest.mark.parametrize("address", ["", "council", "javascript:alert(1)"])
def test_what_is_no_address_of_a_page_is_refused(address: str, with_clerk: Paper, cast: Cast) -> None:
    with pytest.raises(ActRefused) as refusal:
        publish(with_clerk, cast, address=address)
    assert refusal.value.field == PublishedWhere.field


@pytest.mark.parametrize(
    "act",
    [
        lambda of, by: publication.record_publication(of, by=by, published_at=IN_TIME, address=WHERE, now=NOW),
        lambda of, by: publication.record_urgency(of, by=by, words="It cannot wait.", at=NOW),
        lambda of, by: publication.withdraw(of, by=by, reason="Wrong months.", at=NOW),
    ],
    ids=["publish", "urgency", "withdraw"],
)
def test_only_the_clerk_records(act: Callable[..., object], with_clerk: Paper, cast: Cast) -> None:
    for who in (cast.contract_manager, cast.officer, cast.board_member, cast.supplier, cast.outsider):
        with pytest.raises(NotYours):
            act(with_clerk, who)


@pytest.mark.parametrize("status", ["draft", "signed off"])
def test_nothing_is_recorded_of_what_was_not_handed_over(status: str, draft: Paper, cast: Cast) -> None:
    Paper.objects.filter(pk=draft.pk).update(status=status)
    with pytest.raises(NotAsItStands):
        publish(draft, cast)
    with pytest.raises(NotAsItStands):
        publication.record_urgency(draft, by=cast.clerk, words="It cannot wait.", at=NOW)
    with pytest.raises(NotAsItStands):
        publication.withdraw(draft, by=cast.clerk, reason="Wrong months.", at=NOW)
    assert not PaperAct.objects.exists()


def test_urgency_is_the_chairs_and_the_later_record_counts(with_clerk: Paper, cast: Cast) -> None:
    with pytest.raises(ActRefused, match="Chair"):
        publication.record_urgency(with_clerk, by=cast.clerk, words=" ", at=NOW)
    for words in ("It cannot wait.", "The contract ends in April."):
        publication.record_urgency(with_clerk, by=cast.clerk, words=words, at=NOW)
    urgent = life_of(with_clerk).urgent
    assert urgent
    assert urgent.words == "The contract ends in April."


def test_a_withdrawn_paper_keeps_all_it_said_and_makes_room_for_another(
    with_clerk: Paper, cast: Cast, meeting: Meeting
) -> None:
    publish(with_clerk, cast)
    with pytest.raises(ActRefused, match="why"):
        publication.withdraw(with_clerk, by=cast.clerk, reason="", at=NOW)
    publication.withdraw(with_clerk, by=cast.clerk, reason="Wrong months.", at=NOW)
    with_clerk.refresh_from_db()
    assert with_clerk.status == "withdrawn"
    assert with_clerk.frozen.get().snapshot.text
    told = Message.objects.filter(kind=Message.Kind.PAPER_WITHDRAWN)
    assert {message.person for message in told} == {cast.contract_manager, cast.board_member}
    assert all("Wrong months." in message.body for message in told)
    with pytest.raises(NotAsItStands):
        publication.withdraw(with_clerk, by=cast.clerk, reason="Again.", at=NOW)
    run = papers.next_draft(with_clerk.contract, meeting, "report", on=TODAY, now=NOW)
    assert papers.write_paper(run.pk, on=TODAY)
    assert Paper.objects.get(revision=2).status == "draft"


def test_the_board_is_not_told_of_what_it_never_saw(with_clerk: Paper, cast: Cast) -> None:
    publication.withdraw(with_clerk, by=cast.clerk, reason="Wrong months.", at=NOW)
    told = Message.objects.filter(kind=Message.Kind.PAPER_WITHDRAWN)
    assert {message.person for message in told} == {cast.contract_manager}

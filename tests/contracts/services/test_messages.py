"""Messages are written once and sent once, and say honestly where nobody knows whether they arrived."""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from contracts import tasks
from contracts.models import Message, MutedKind, Person
from contracts.queries.clock import database_now
from contracts.services import messages
from contracts.services.messages import Posted, message_id, send_again, send_waiting, turn_off, write_message
from tests.people import Cast

Kind = Message.Kind
LATER = timedelta(days=2)


@pytest.fixture
def officer(cast: Cast) -> Person:
    return cast.officer


def write(to: Person, key: str = "returned 1", subject: str = "Returned: CSC") -> Message:
    message = write_message(to=to, kind=Kind.RETURNED, key=key, subject=subject, body="A figure lacks its source.")
    assert message
    return message


def sent_ids() -> list[str]:
    return [str(each.extra_headers["Message-ID"]) for each in mail.outbox]


def test_who_was_told_is_not_told_again(officer: Person, cast: Cast) -> None:
    write(officer)
    again = write_message(to=officer, kind=Kind.RETURNED, key="returned 1", subject="Again", body="Again")
    assert again is None
    write(cast.clerk)
    write(officer, "returned 2")
    assert Message.objects.count() == 3
    assert not Message.objects.filter(subject="Again").exists()


def test_nothing_is_written_of_a_kind_that_is_turned_off(officer: Person) -> None:
    turn_off(person=officer, kinds=frozenset({Kind.RETURNED}))
    assert write_message(to=officer, kind=Kind.RETURNED, key="1", subject="No", body="No") is None
    assert write_message(to=officer, kind=Kind.VERIFIED, key="2", subject="Yes", body="Yes")
    turn_off(person=officer, kinds=frozenset({Kind.VERIFIED}))
    assert list(MutedKind.objects.values_list("kind", flat=True)) == ["verified"]
    assert write_message(to=officer, kind=Kind.RETURNED, key="1", subject="Yes", body="Yes")


def test_a_leaver_gets_nothing(cast: Cast) -> None:
    assert write_message(to=cast.leaver, kind=Kind.RETURNED, key="1", subject="No", body="No") is None


def test_a_subject_is_one_short_line(officer: Person) -> None:
    assert (
        write(officer, "1", "Returned:\r\nBcc: everybody@example.org").subject == "Returned: Bcc: everybody@example.org"
    )
    assert len(write(officer, "2", "long " * 100).subject) == 200


def test_what_waits_is_sent_once(officer: Person, cast: Cast) -> None:
    written = [write(officer), write(cast.clerk)]
    assert send_waiting(timezone.now()) == Posted(sent=2, put_off=0, failed=0, unsure=0)
    assert send_waiting(timezone.now()) == Posted(sent=0, put_off=0, failed=0, unsure=0)
    assert [each.to for each in mail.outbox] == [["officer@example.org"], ["clerk@example.org"]]
    assert sent_ids() == [message_id(each) for each in written]
    assert len(set(sent_ids())) == 2
    message = Message.objects.get(pk=written[0].pk)
    assert (message.state, message.attempts) == ("sent", 1)
    assert message.sent_at
    assert mail.outbox[0].body == "A figure lacks its source."


def test_only_one_of_two_workers_gets_a_message(officer: Person) -> None:
    message = write(officer)
    now = timezone.now()
    assert messages.take(message.pk, now=now)
    assert messages.take(message.pk, now=now) is None
    assert send_waiting(now).sent == 0


def test_claims_and_attempts_to_come_are_dated_by_the_database(
    officer: Person, monkeypatch: pytest.MonkeyPatch, refusing: list[Exception]
) -> None:
    message = write(officer)
    ahead = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    refusing.append(SMTPDataError(451, b"Later"))
    tasks.send_messages()
    message.refresh_from_db()
    assert message.claimed_at
    assert message.try_after
    assert abs(database_now() - message.claimed_at) < timedelta(minutes=1)
    assert abs(database_now() + timedelta(minutes=1) - message.try_after) < timedelta(minutes=1)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the mail server answers to the next messages, in this order; after that it takes them."""
    answers: list[Exception] = []
    deliver = messages.deliver

    def answer(*given: object) -> None:
        if answers:
            raise answers.pop(0)
        deliver(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(messages, "deliver", answer)
    return answers


def test_what_the_server_refuses_is_tried_again_later(officer: Person, refusing: list[Exception]) -> None:
    message = write(officer)
    refusing.append(SMTPDataError(451, b"Greylisted, come back"))
    now = timezone.now()
    assert send_waiting(now).put_off == 1
    message.refresh_from_db()
    assert (message.state, message.claim) == ("waiting", "")
    assert "Greylisted" in message.error
    assert send_waiting(now).sent == 0
    assert send_waiting(now + timedelta(minutes=2)).sent == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 2, "")


def test_each_failure_waits_twice_as_long_as_the_last(officer: Person, refusing: list[Exception]) -> None:
    message = write(officer)
    now = timezone.now()
    waits: list[int] = []
    for _ in range(3):
        refusing.append(SMTPDataError(451, b"Later"))
        send_waiting(now + LATER)
        message.refresh_from_db()
        assert message.try_after
        waits.append(round((message.try_after - timezone.now()).total_seconds() / 60))
    assert waits == [1, 2, 4]


def test_after_the_last_attempt_it_has_failed_and_others_go_on(
    officer: Person, cast: Cast, refusing: list[Exception], settings: Settings
) -> None:
    settings.MAIL_ATTEMPTS = 2
    message = write(officer)
    refusing.append(SMTPDataError(550, b"No such mailbox"))
    send_waiting(timezone.now())
    write(cast.clerk)
    refusing.append(SMTPDataError(550, b"No such mailbox"))
    assert send_waiting(timezone.now() + LATER) == Posted(sent=1, put_off=0, failed=1, unsure=0)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("failed", 2)
    assert "No such mailbox" in message.error
    assert send_waiting(timezone.now() + LATER).sent == 0


def test_a_connection_that_breaks_while_it_is_handed_over_leaves_a_doubt_and_no_second_copy(
    officer: Person, refusing: list[Exception]
) -> None:
    message = write(officer)
    refusing.append(SMTPServerDisconnected("Connection unexpectedly closed"))
    assert send_waiting(timezone.now()).unsure == 1
    message.refresh_from_db()
    assert message.state == "unsure"
    assert "may have arrived" in message.error
    assert send_waiting(timezone.now() + LATER).sent == 0
    assert mail.outbox == []


def test_a_server_that_is_away_is_not_asked_for_each_message(
    officer: Person, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        asked = 0

        def open(self) -> None:
            Away.asked += 1
            raise ConnectionRefusedError("Connection refused")

    first, second = write(officer), write(cast.clerk)
    monkeypatch.setattr(messages, "get_connection", Away)
    assert send_waiting(timezone.now()) == Posted(sent=0, put_off=1, failed=0, unsure=0)
    assert Away.asked == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts) == (1, 0)
    monkeypatch.undo()
    assert send_waiting(timezone.now() + LATER).sent == 2


def test_one_that_cannot_be_made_an_e_mail_does_not_hold_up_the_others(officer: Person, cast: Cast) -> None:
    Message.objects.filter(pk=write(officer).pk).update(subject="Two\nlines")
    write(cast.clerk)
    assert send_waiting(timezone.now()) == Posted(sent=1, put_off=1, failed=0, unsure=0)
    assert "cannot be put into an e-mail" in Message.objects.get(person=officer).error


def abandon(message: Message, settings: Settings, handed_over_at: datetime | None = None) -> None:
    """As a worker leaves it that died longer ago than the lease."""
    long_ago = timezone.now() - timedelta(seconds=settings.MAIL_LEASE_SECONDS + 1)
    Message.objects.filter(pk=message.pk).update(
        state="sending", claim="dead", claimed_at=long_ago, attempts=1, handed_over_at=handed_over_at
    )


def test_what_a_dead_worker_had_not_handed_over_is_sent_by_another(officer: Person, settings: Settings) -> None:
    message = write(officer)
    abandon(message, settings)
    send_waiting(timezone.now())
    send_waiting(timezone.now())
    assert sent_ids() == [message_id(message)]


def test_what_a_dead_worker_may_have_handed_over_is_not_sent_again_by_itself(
    officer: Person, settings: Settings
) -> None:
    message = write(officer)
    abandon(message, settings, handed_over_at=timezone.now())
    assert send_waiting(timezone.now()).unsure == 1
    assert send_waiting(timezone.now() + LATER) == Posted(sent=0, put_off=0, failed=0, unsure=0)
    message.refresh_from_db()
    assert message.state == "unsure"
    assert "The worker ended while it was handing this to the mail server" in message.error


def test_a_message_that_always_kills_its_worker_fails(officer: Person, settings: Settings) -> None:
    settings.MAIL_ATTEMPTS = 1
    message = write(officer)
    abandon(message, settings)
    assert send_waiting(timezone.now()).failed == 1


def test_a_worker_that_was_replaced_does_not_send_any_more(officer: Person, settings: Settings) -> None:
    message = write(officer)
    sleeper = messages.take(message.pk, now=timezone.now())
    assert sleeper
    long_ago = timezone.now() - timedelta(seconds=settings.MAIL_LEASE_SECONDS + 1)
    Message.objects.filter(pk=message.pk).update(claimed_at=long_ago)
    send_waiting(timezone.now())
    with pytest.raises(messages.ClaimLost):
        messages.hand_over(sleeper)


def test_a_message_claimed_before_the_clock_was_set_back_is_not_kept_until_it_is_there_again(officer: Person) -> None:
    message = write(officer)
    Message.objects.update(state="sending", claim="dead", claimed_at=timezone.now() + timedelta(hours=1), attempts=1)
    send_waiting(timezone.now())
    send_waiting(timezone.now())
    assert sent_ids() == [message_id(message)]


def test_a_slow_worker_that_did_send_it_ends_the_doubt(officer: Person, settings: Settings) -> None:
    message = write(officer)
    slow = messages.take(message.pk, now=timezone.now())
    assert slow
    messages.hand_over(slow)
    long_ago = timezone.now() - timedelta(seconds=settings.MAIL_LEASE_SECONDS + 1)
    Message.objects.filter(pk=message.pk).update(claimed_at=long_ago)
    assert send_waiting(timezone.now()).unsure == 1
    messages.finish(slow)
    message.refresh_from_db()
    assert (message.state, message.error) == ("sent", "")


@pytest.mark.parametrize(("state", "expected"), [("failed", True), ("unsure", True), ("waiting", False)])
def test_only_what_is_not_known_to_be_sent_is_sent_again(state: str, expected: bool, officer: Person) -> None:
    message = write(officer)
    Message.objects.filter(pk=message.pk).update(state=state, attempts=9)
    assert send_again(message.pk, by=message.person, at=timezone.now()) is expected
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 0 if expected else 9)


def test_a_second_copy_bears_the_same_message_id(officer: Person) -> None:
    message = write(officer)
    send_waiting(timezone.now())
    Message.objects.filter(pk=message.pk).update(state="unsure", sent_at=None)
    send_again(message.pk, by=message.person, at=timezone.now())
    send_waiting(timezone.now())
    assert sent_ids() == [message_id(message)] * 2


def test_the_task_and_the_command_send_what_waits(officer: Person, capsys: pytest.CaptureFixture[str]) -> None:
    write(officer)
    assert tasks.send_messages() == "1 sent, 0 to be tried again, 0 failed, 0 unsure"
    call_command("send_messages")
    assert capsys.readouterr().out == "0 sent, 0 to be tried again, 0 failed, 0 unsure.\n"

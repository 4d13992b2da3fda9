"""A mail server that is down, slow, unwilling or rude: what it has accepted is counted where it was accepted."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from contracts.models import Message
from contracts.services import messages
from contracts.services.messages import message_id, send_again, send_waiting
from tests import builders
from tests.faults.mail_server import MailServer, Mood
from tests.people import person

LATER = timedelta(hours=2)


@pytest.fixture
def server(settings: Settings) -> MailServer:
    """A mail server's address, at which nobody answers yet."""
    made = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    return made


@pytest.fixture
def answering(server: MailServer) -> Iterator[MailServer]:
    with server.listening():
        yield server


@pytest.fixture
def letter() -> Message:
    return builders.message(person("reader@example.org", "Officer"))


def copies(server: MailServer, message: Message) -> int:
    return server.accepted[message_id(message)]


def state_of(message: Message) -> str:
    return Message.objects.values_list("state", flat=True).get(pk=message.pk)


@pytest.mark.django_db
def test_while_the_server_is_down_everything_waits_and_then_goes_out_once(server: MailServer, letter: Message) -> None:
    other = builders.message(letter.person, key="another")
    assert str(send_waiting(timezone.now())) == "0 sent, 1 to be tried again, 0 failed, 0 unsure"
    letter.refresh_from_db()
    assert "could not be reached" in letter.error
    with server.listening():
        send_waiting(timezone.now() + LATER)
    assert [copies(server, each) for each in (letter, other)] == [1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("mood", [Mood.BUSY, Mood.REFUSING])
def test_what_the_server_will_not_take_waits_and_then_goes_out_once(
    mood: Mood, answering: MailServer, letter: Message
) -> None:
    answering.mood = mood
    assert send_waiting(timezone.now()).put_off == 1
    assert (state_of(letter), copies(answering, letter)) == ("waiting", 0)
    answering.mood = Mood.WILLING
    send_waiting(timezone.now() + LATER)
    assert (state_of(letter), copies(answering, letter)) == ("sent", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("mood", "arrived"), [(Mood.DROPPING_BEFORE, 0), (Mood.DROPPING_AFTER, 1)])
def test_where_the_server_says_nothing_at_the_end_nobody_sends_it_again_by_himself(
    mood: Mood, arrived: int, answering: MailServer, letter: Message
) -> None:
    answering.mood = mood
    assert send_waiting(timezone.now()).unsure == 1
    answering.mood = Mood.WILLING
    assert send_waiting(timezone.now() + LATER).sent == 0
    assert (state_of(letter), copies(answering, letter)) == ("unsure", arrived)
    assert send_again(letter.pk, by=letter.person, at=timezone.now())
    send_waiting(timezone.now() + LATER)
    assert (state_of(letter), copies(answering, letter)) == ("sent", arrived + 1)


@pytest.mark.django_db(transaction=True)
def test_a_server_slower_than_the_lease_is_handed_it_once_and_the_slow_worker_ends_the_doubt(
    answering: MailServer, letter: Message, settings: Settings
) -> None:
    settings.MAIL_LEASE_SECONDS = 0
    answering.mood, answering.slow_for = Mood.SLOW, 60.0

    def send() -> None:
        try:
            send_waiting(timezone.now())
        finally:
            connection.close()

    slow = Thread(target=send)
    slow.start()
    with ExitStack() as stack:
        stack.callback(slow.join)
        stack.callback(answering.ended.set)
        while not answering.came:
            slow.join(0.01)
        assert send_waiting(timezone.now() + timedelta(seconds=1)).unsure == 1
        assert state_of(letter) == "unsure"
    assert (state_of(letter), copies(answering, letter)) == ("sent", 1)


@pytest.mark.django_db
def test_after_the_last_attempt_a_message_has_failed_and_says_why(
    answering: MailServer, letter: Message, settings: Settings
) -> None:
    answering.mood, settings.MAIL_ATTEMPTS = Mood.REFUSING, 2
    for _ in range(2):
        send_waiting(timezone.now() + LATER)
    letter.refresh_from_db()
    assert (letter.state, copies(answering, letter)) == ("failed", 0)
    assert "no such person" in letter.error
    assert messages.send_waiting(timezone.now() + 10 * LATER).sent == 0

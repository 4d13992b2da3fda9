"""
Messages: written once, sent once.

A message is a row, written in the transaction of the act it tells of; a task sends it after the commit. It is claimed
by one conditional UPDATE, which one of any number of workers wins. Before anything is handed to the mail server the row
notes that it *may have gone out*: a worker that dies earlier has sent nothing, so another sends the message; one that
dies later may have sent it, so nobody sends it again by himself, and the row says so. Its Message-ID follows from the
row: what an administrator sends again all the same is recognised as the same message. Instants are the database's
clock's, never the business day's: machines whose clocks differ agree on who holds a claim.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from contracts.models import Access, Contract, Message, MutedKind, Person
from contracts.queries.clock import database_now
from contracts.services.accesses import note_access
from contracts.services.history import delete_with_history, save_with_history

SENT_AT_ONCE = 100
CHOSEN = "chose which e-mails to get"

Kind = Message.Kind
State = Message.State

logger = logging.getLogger(__name__)


class ServerAway(Exception):
    """The mail server could not be reached: nothing was sent, and nothing else would be."""


class ClaimLost(Exception):
    """This worker was silent for too long and has been replaced; it must not send any more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one message, as long as the row bears this token."""

    pk: int
    token: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the messages of one round."""

    sent: int
    put_off: int
    failed: int
    unsure: int

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.put_off} to be tried again, {self.failed} failed, {self.unsure} unsure"


def write_message(
    *,
    to: Person,
    kind: Message.Kind,
    key: str,
    subject: str,
    body: str,
    contract: Contract | None = None,
    is_owed: bool = False,
) -> Message | None:
    """
    Writes a message that the task will send; ``None`` where there is nothing to write.

    ``key`` names the occasion: whoever was told of it is not told again. Nobody gets a kind that they have turned off,
    unless they are owed it, and leavers get nothing.
    """
    if not to.is_active or (not is_owed and MutedKind.objects.filter(person=to, kind=kind).exists()):
        return None
    written, is_new = Message.objects.get_or_create(
        person=to,
        key=key,
        # One line: a line break would end the header.
        defaults={"kind": kind, "subject": " ".join(subject.split())[:200], "body": body, "contract": contract},
    )
    return written if is_new else None


def tell(
    people: Iterable[Person],
    *,
    kind: Message.Kind,
    key: str,
    subject: str,
    body: str,
    contract: Contract,
    but: Person | None = None,
) -> int:
    """Writes the same message to several people, each once and never to who acted; how many that makes."""
    written = [
        write_message(to=person, kind=kind, key=key, subject=subject, body=body, contract=contract)
        for person in dict.fromkeys(people)
        if person != but
    ]
    return sum(message is not None for message in written)


@transaction.atomic
def turn_off(*, person: Person, kinds: frozenset[str]) -> None:
    """From now on the person gets every kind of message but these."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # a choice that is sent twice is one
    off = {row.kind: row for row in MutedKind.objects.filter(person=person)}
    for kind in sorted(off.keys() - kinds):
        delete_with_history(off[kind], by=person, why=CHOSEN)
    for kind in sorted(kinds - off.keys()):
        save_with_history(MutedKind(person=person, kind=kind), by=person, why=CHOSEN)


@transaction.atomic
def send_again(pk: int, *, by: Person, at: datetime) -> bool:
    """Queues a message that failed, or of which nobody knows, with all its attempts; whether it was one of these."""
    is_again = bool(
        Message.objects.filter(pk=pk, state__in=(State.FAILED, State.UNSURE)).update(
            state=State.WAITING, attempts=0, claim="", claimed_at=None, handed_over_at=None, try_after=None
        )
    )
    if is_again:
        subject = Message.objects.values_list("subject", flat=True).get(pk=pk)
        note_access(Access.Kind.ASKED, person=by, subject=f"e-mail {pk} again: {subject}", at=at)
    return is_again


def send_waiting(now: datetime) -> Posted:
    """Sends what waits, one by one; settles first what dead workers have left behind. Any time, anyone, at once too."""
    outcomes = Counter(_settle(message) for message in _abandoned(now))
    for pk in Message.objects.to_try(now).order_by("written_at", "pk").values_list("pk", flat=True)[:SENT_AT_ONCE]:
        claim = take(pk, now=now)
        if claim is None:
            continue
        try:
            outcomes[_send(claim)] += 1
        except ClaimLost as loss:
            logger.warning("%s", loss)
        except ServerAway as refusal:
            outcomes[_put_off(claim, f"The mail server could not be reached: {refusal}")] += 1
            break
    return Posted(outcomes[State.SENT], outcomes[State.WAITING], outcomes[State.FAILED], outcomes[State.UNSURE])


def take(pk: int, *, now: datetime) -> Claim | None:
    """The claim of a waiting message for the first who asks."""
    claim = Claim(pk, secrets.token_hex(16))
    is_mine = (
        Message.objects.to_try(now)
        .filter(pk=pk)
        .update(
            state=State.SENDING,
            claim=claim.token,
            claimed_at=database_now(),
            handed_over_at=None,
            attempts=F("attempts") + 1,
            error="",
        )
    )
    return claim if is_mine else None


def hand_over(claim: Claim) -> None:
    """Notes that from now on the message may have gone out. Raises :class:`ClaimLost`."""
    now = database_now()
    if not Message.objects.held_by(claim.pk, claim.token).update(handed_over_at=now, claimed_at=now):
        raise ClaimLost(f"Message {claim.pk} was taken over by another worker.")


def finish(claim: Claim) -> None:
    """Notes that it went out; also where the worker was so slow that others had given up knowing."""
    Message.objects.filter(pk=claim.pk, claim=claim.token).update(state=State.SENT, sent_at=database_now(), error="")


def message_id(message: Message) -> str:
    """The same for every sending of one row, and of no other row of any database."""
    seed = f"{message.pk} {message.person_id} {message.key} {message.written_at.isoformat()}"
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    return f"<{message.pk}.{sha256(seed.encode()).hexdigest()[:24]}@{domain}>"


def deliver(connection: BaseEmailBackend, email: EmailMessage) -> None:
    """Gives one e-mail to an open connection."""
    connection.send_messages([email])


def _send(claim: Claim) -> str:
    """Sends a claimed message and says what it has become."""
    message = Message.objects.select_related("person").get(pk=claim.pk)
    email = _email(message)
    try:
        email.message()
    except ValueError as refusal:
        return _put_off(claim, f"It cannot be put into an e-mail: {refusal}")
    connection = _open()
    try:
        hand_over(claim)
        deliver(connection, email)
    except ClaimLost:
        raise
    except (SMTPResponseException, SMTPRecipientsRefused) as refusal:
        return _put_off(claim, f"The mail server refused it: {refusal}")
    except (OSError, SMTPException) as silence:
        return _doubt(claim, f"The connection broke while it was handed over ({silence}).")
    else:
        finish(claim)
        return State.SENT
    finally:
        with suppress(OSError, SMTPException):
            connection.close()


def _email(message: Message) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.address],
        headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
    )


def _open() -> BaseEmailBackend:
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as refusal:
        raise ServerAway(str(refusal) or type(refusal).__name__) from refusal
    return connection


def _put_off(claim: Claim, error: str, *, is_at_once: bool = False) -> str:
    """It was surely not sent: it is tried again, later unless told otherwise, or fails after the last attempt."""
    attempts = Message.objects.held_by(claim.pk, claim.token).values_list("attempts", flat=True).first()
    if attempts is None:
        raise ClaimLost(f"Message {claim.pk} was taken over by another worker.")
    logger.warning("Message %s: attempt %s: %s", claim.pk, attempts, error)
    state = State.WAITING if attempts < settings.MAIL_ATTEMPTS else State.FAILED
    seconds = 0 if is_at_once else settings.MAIL_RETRY_SECONDS * 2 ** (attempts - 1)
    Message.objects.held_by(claim.pk, claim.token).update(
        state=state, claim="", handed_over_at=None, error=error, try_after=database_now() + timedelta(seconds=seconds)
    )
    return state


def _doubt(claim: Claim, error: str) -> str:
    """It may have been sent: nobody sends it again by himself. The claim stays, for a slow sender who knows better."""
    is_so = Message.objects.held_by(claim.pk, claim.token).update(
        state=State.UNSURE, error=f"{error} It may have arrived, so it is not sent again without being asked to."
    )
    if not is_so:
        raise ClaimLost(f"Message {claim.pk} was settled by another worker.")
    logger.error("Message %s may have been sent: %s", claim.pk, error)
    return State.UNSURE


def _abandoned(now: datetime) -> list[Message]:
    lease = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    return list(Message.objects.abandoned(now, lease)[:SENT_AT_ONCE])


def _settle(message: Message) -> str:
    """Says of a message whose sender has died what it has become."""
    claim = Claim(message.pk, message.claim)
    try:
        if message.handed_over_at:
            return _doubt(claim, "The worker ended while it was handing this to the mail server.")
        return _put_off(claim, "The worker ended before it had sent this.", is_at_once=True)
    except ClaimLost:
        return State.SENDING

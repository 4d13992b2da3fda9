"""Adding somebody, changing how they are called, and how they get in."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Assignment, Contract, Message, Person
from contracts.rules.roles import Role
from contracts.services.messages import send_waiting, turn_off
from contracts.services.people import add_person, change_person, give_role, name_deputy
from contracts.services.people.accounts import AddressTaken
from contracts.services.people.doors import (
    LINK_FAILED,
    LinkNotSent,
    NoSecondFactor,
    end_sessions,
    is_locked,
    send_link,
    take_second_factor,
    unlock,
)
from contracts.services.people.guards import ChangedMeanwhile, HasLeft, NotYours
from tests.people import PASSWORD, Cast
from tests.reading import text_of

WHY = "New in the team"


def door(person: Person, password: str = PASSWORD) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.email, "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/messages/").status_code == 200


def add(cast: Cast, email: str = "New.Officer@example.org") -> Person:
    return add_person(email=email, job_title="  New   officer ", by=cast.administrator, why=WHY)


def test_somebody_new_sets_their_own_password_by_the_link(cast: Cast) -> None:
    made = add(cast)
    assert (made.email, made.job_title) == ("new.officer@example.org", "New officer")
    assert not made.has_usable_password()
    assert made.history.get().history_change_reason == f"added: {WHY}"
    send_link(person=made, by=cast.administrator, now=timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [made.email]
    path = re.search(r"https://scrutineer\.example(\S+)", str(letter.body))
    assert path
    browser = Client()
    page = browser.get(path[1], follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": "green apples at noon", "password2": "green apples at noon"})
    assert is_in(door(made, "green apples at noon"))
    assert "Set your password" not in Client().get(path[1], follow=True).content.decode(), "it works once"


def test_the_link_is_kept_nowhere_that_others_read(cast: Cast) -> None:
    made = add(cast)
    send_link(person=made, by=cast.administrator, now=timezone.now())
    assert not Message.objects.filter(body__contains="password/reset").exists()
    assert "reset" not in str([line.history_change_reason for line in made.history.all()])


def test_a_link_is_not_sent_twice_in_a_moment(cast: Cast) -> None:
    made, now = add(cast), timezone.now()
    send_link(person=made, by=cast.administrator, now=now)
    with pytest.raises(LinkNotSent, match="a moment ago"):
        send_link(person=made, by=cast.administrator, now=now + timedelta(minutes=4))
    send_link(person=made, by=cast.administrator, now=now + timedelta(minutes=6))
    assert len(mail.outbox) == 2


def test_a_mail_server_that_is_away_is_said_and_the_link_can_be_sent_again(cast: Cast, settings: LazySettings) -> None:
    made, now = add(cast), timezone.now()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    with pytest.raises(LinkNotSent, match="could not be sent"):
        send_link(person=made, by=cast.administrator, now=now)
    assert made.history.latest().history_change_reason == LINK_FAILED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_link(person=made, by=cast.administrator, now=now)
    assert len(mail.outbox) == 1


def test_a_site_that_does_not_know_its_address_sends_no_link(cast: Cast, settings: LazySettings) -> None:
    settings.SITE_URL = ""
    with pytest.raises(LinkNotSent, match="SITE_URL"):
        send_link(person=cast.officer, by=cast.administrator, now=timezone.now())


def test_who_has_left_gets_no_link(cast: Cast) -> None:
    with pytest.raises(HasLeft):
        send_link(person=cast.leaver, by=cast.administrator, now=timezone.now())
    assert not mail.outbox


@pytest.mark.parametrize(
    ("email", "said"), [("OFFICER@example.org", "already"), ("leaver@example.org", "let them come back")]
)
def test_an_address_is_one_persons(email: str, said: str, cast: Cast) -> None:
    with pytest.raises(AddressTaken, match=said):
        add(cast, email)


def test_with_another_address_everything_ends_that_the_old_one_opened(cast: Cast) -> None:
    browser = door(cast.officer)
    EmailAddress.objects.get_or_create(user=cast.officer, email=cast.officer.email, verified=True, primary=True)
    old = cast.officer.email
    change_person(
        person=cast.officer, email="moved@example.org", job_title="Officer", seen=(old, "Officer"),
        by=cast.administrator, why="Married",
    )  # fmt: skip
    assert not is_in(browser)
    assert not EmailAddress.objects.filter(email=old).exists()
    Client().post(reverse("account_reset_password"), {"email": old})
    assert not mail.outbox, "nobody resets a password by the old address"
    cast.officer.refresh_from_db()
    assert is_in(door(cast.officer))


def move(cast: Cast, to: str, *, by: Person, person: Person | None = None) -> Message:
    """What the old address is told."""
    moved = person or cast.officer
    seen = (moved.email, moved.job_title)
    change_person(person=moved, email=to, job_title=moved.job_title, seen=seen, by=by, why="Married")
    return Message.objects.get(person=moved, key__startswith="former address")


def test_the_old_address_is_told_and_not_what_the_new_one_is(cast: Cast) -> None:
    old = cast.officer.email
    told = move(cast, "moved.elsewhere@example.org", by=cast.administrator)
    assert "m…@example.org" in told.body
    assert "moved.elsewhere" not in told.subject + told.body
    assert "ask your administrator" in told.body
    assert send_waiting(timezone.now()).sent == 2
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters[old].body == told.body
    assert "You sign in with this e-mail address" in str(letters["moved.elsewhere@example.org"].body)


def test_each_address_they_had_is_told_of_its_own_change(cast: Cast) -> None:
    first = cast.officer.email
    move(cast, "second@example.org", by=cast.administrator).delete()
    cast.officer.refresh_from_db()
    move(cast, "third@example.org", by=cast.administrator)
    send_waiting(timezone.now())
    assert [letter.to[0] for letter in mail.outbox if "…" in str(letter.body)] == ["second@example.org"]
    assert first not in {letter.to[0] for letter in mail.outbox}


def test_the_old_address_is_told_whoever_did_it_and_whatever_they_turned_off(cast: Cast) -> None:
    """Who took an account over would change the address first, and turn off the e-mails next."""
    turn_off(person=cast.administrator, kinds=frozenset({Message.Kind.ACCOUNT}))
    told = move(cast, "ab@example.org", by=cast.administrator, person=cast.administrator)
    assert "ab@" not in told.body
    assert "…@example.org" in told.body


def test_the_page_of_the_message_says_where_it_went(cast: Cast) -> None:
    old = cast.officer.email
    told = move(cast, "moved@example.org", by=cast.administrator)
    client = Client()
    client.force_login(cast.administrator)
    assert f"Officer, {old}" in text_of(client.get(reverse("message", args=[told.pk])))


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    with pytest.raises(ChangedMeanwhile, match="meanwhile"):
        change_person(
            person=cast.officer, email=cast.officer.email, job_title="Senior officer",
            seen=(cast.officer.email, "Junior officer"), by=cast.administrator, why=WHY,
        )  # fmt: skip
    cast.officer.refresh_from_db()
    assert cast.officer.job_title == "Officer"


def test_what_is_not_changed_leaves_no_line(cast: Cast) -> None:
    stands, before = (cast.officer.email, cast.officer.job_title), cast.officer.history.count()
    assert not change_person(
        person=cast.officer, email=stands[0], job_title=stands[1], seen=stands, by=cast.administrator, why=WHY
    )
    assert cast.officer.history.count() == before


def test_sessions_are_ended_by_an_administrator(cast: Cast) -> None:
    here, there = door(cast.officer), door(cast.officer)
    assert end_sessions(person=cast.officer, by=cast.administrator) == 2
    assert not is_in(here)
    assert not is_in(there)
    assert cast.officer.history.latest().history_change_reason == "signed out everywhere: 2 sessions ended"
    assert end_sessions(person=cast.officer, by=cast.administrator) == 0


def test_a_lost_second_factor_is_taken_away_and_they_are_told(cast: Cast) -> None:
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=cast.officer, type=kind, data={})
    take_second_factor(person=cast.officer, by=cast.administrator, why="Showed their pass at the desk")
    assert not Authenticator.objects.filter(user=cast.officer).exists()
    line = cast.officer.history.latest()
    assert line.history_change_reason == "second factor taken away: Showed their pass at the desk"
    assert "second factor was taken away" in Message.objects.get(person=cast.officer).body
    with pytest.raises(NoSecondFactor):
        take_second_factor(person=cast.officer, by=cast.administrator, why="Again")


def test_who_is_locked_out_is_let_in_again(cast: Cast) -> None:
    for _ in range(5):
        door(cast.officer, "wrong")
    assert not is_in(door(cast.officer))
    now = timezone.now()
    assert is_locked(cast.officer, now)
    assert unlock(person=cast.officer, by=cast.administrator, now=now)
    assert is_in(door(cast.officer))
    assert cast.officer.history.latest().history_change_reason == "unlocked after wrong passwords"
    assert not unlock(person=cast.officer, by=cast.administrator, now=now)


def test_nobody_but_an_administrator_opens_or_shuts_a_door(cast: Cast) -> None:
    now = timezone.now()
    for who, person in cast.everybody():
        if who == "administrator":
            continue
        with pytest.raises(NotYours):
            add_person(email="a@example.org", job_title="A", by=person, why=WHY)
        with pytest.raises(NotYours):
            send_link(person=cast.outsider, by=person, now=now)
        with pytest.raises(NotYours):
            end_sessions(person=cast.outsider, by=person)
        with pytest.raises(NotYours):
            take_second_factor(person=cast.outsider, by=person, why=WHY)
        with pytest.raises(NotYours):
            unlock(person=cast.outsider, by=person, now=now)
        with pytest.raises(NotYours):
            change_person(person=cast.outsider, email="b@example.org", job_title="B", seen=("", ""), by=person, why=WHY)


def by_code(person: Person) -> Client:
    """Somebody signed in with nothing but a code sent by e-mail."""
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": person.email})
    if not mail.outbox:
        return browser
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code, mail.outbox[-1].body
    browser.post(reverse("account_confirm_login_code"), {"code": code[1]})
    return browser


def test_a_session_begun_with_a_code_ends_once_they_may_not_come_by_code(cast: Cast, contract: Contract) -> None:
    browser = by_code(cast.board_member)
    assert is_in(browser)
    give_role(person=cast.board_member, role=Role.CONTRACT_MANAGER, contract=contract, by=cast.administrator, why=WHY)
    assert not is_in(browser)


def test_who_stands_in_for_a_manager_does_not_come_by_code(cast: Cast) -> None:
    browser = by_code(cast.board_member)
    assert is_in(browser)
    assignment = Assignment.objects.get(person=cast.contract_manager)
    name_deputy(assignment=assignment, deputy=cast.board_member, by=cast.administrator, why=WHY)
    assert not is_in(browser)
    mail.outbox.clear()
    assert not is_in(by_code(cast.board_member))


def test_who_stands_in_for_a_role_that_needs_a_second_factor_needs_one(cast: Cast, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = ("Contract manager",)
    assignment = Assignment.objects.get(person=cast.contract_manager)
    assignment.deputy = cast.board_member
    assignment.save()
    client = Client()
    client.force_login(cast.board_member)
    assert client.get("/messages/").headers["Location"].startswith(reverse("mfa_activate_totp"))

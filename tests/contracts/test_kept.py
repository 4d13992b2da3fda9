"""What is typed into a form and sent after the session had ended comes back to its writer, and to nobody else."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts import kept
from contracts.models import Contract, Message, Person
from contracts.rules.months import parse_month
from kpis.models import Entry, Kpi, Return
from tests import builders
from tests.people import PASSWORD, Cast
from tests.reading import links_of, text_of

KEPT = "Your session had ended. What you typed is kept: sign in to go on."


@pytest.fixture
def kpi(cast: Cast, contract: Contract) -> Kpi:
    made = builders.kpi(contract.service_areas.get())
    builders.results(made, "2018-01", ["91"])
    builders.returns(made.service_area, "2018-01", "2018-01")
    return made


@pytest.fixture
def desk(kpi: Kpi) -> str:
    return reverse("kpis:return_form", args=["TST", "CSC", parse_month("2018-02")])


def typed(kpi: Kpi, **cells: str) -> dict[str, str]:
    return {f"{kpi.pk}-version": "1.0.0 -", "save": "1"} | {f"{kpi.pk}-{cell}": word for cell, word in cells.items()}


def sign_in(client: Client, person: Person, **also: Any) -> Any:
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, **also}, follow=True)


def whose_session_ended(person: Person, page: str, client: Client | None = None) -> Client:
    """A browser that looked at a page as this person, and whose session is gone since."""
    client = client or Client()
    sign_in(client, person)
    client.get(page)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    return client


def sent_on(page: Any) -> tuple[str, dict[str, str]]:
    """The form that sends what was kept: where to, and its fields."""
    shown = page.content.decode()
    form = next(part for part in re.findall("<form.*?</form>", shown, re.DOTALL) if "Send it" in part)
    target = re.search(r'action="([^"]*)"', form)
    assert target
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return unescape(target[1]), {name: unescape(value) for name, value in hidden}


def test_it_is_said_shown_after_signing_in_and_sent_where_it_belonged(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    door = client.post(desk, typed(kpi, value="91.25", cause="“Ends & means”\nTwo lines."), follow=True)
    assert door.redirect_chain == [(f"{reverse('account_login')}?next={reverse('kept')}", 302)]
    assert KEPT in text_of(door)
    assert not Entry.objects.exists()
    page = sign_in(client, cast.officer, next=reverse("kept"))
    assert "Value 91.25" in text_of(page)
    assert "Cause “Ends & means” Two lines." in text_of(page)
    assert "1.0.0" not in text_of(page), "what keeps a form in order is nobody's words"
    target, fields = sent_on(page)
    assert target == desk
    assert client.post(target, fields).status_code == 302
    assert Entry.objects.get().cause == "“Ends & means”\nTwo lines."
    assert client.get(reverse("kept")).status_code == 302, "it is sent, and offered no more"


def test_the_usual_checks_for_stale_rows_apply_to_what_was_kept(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    entry = Entry(area_return=Return.objects.create(service_area=kpi.service_area, month=parse_month("2018-02")))
    entry.kpi, entry.value, entry.edited_by = kpi, "94", cast.supplier
    entry.save()
    target, fields = sent_on(sign_in(client, cast.officer, next=reverse("kept")))
    page = client.post(target, fields)
    assert page.status_code == 409
    assert 'value="91.25"' in page.content.decode()
    assert Entry.objects.get().value == "94"


def test_it_can_be_thrown_away(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    sign_in(client, cast.officer)
    assert kept.SESSION_KEY in client.session
    assert client.post(reverse("kept")).status_code == 302
    assert client.get(reverse("kept")).status_code == 302
    assert kept.SESSION_KEY not in client.session


def test_somebody_else_never_sees_it(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    assert kept.SESSION_KEY in client.session
    page = sign_in(client, cast.supplier, next=reverse("kept"))
    assert "91.25" not in text_of(page)
    assert kept.SESSION_KEY not in client.session
    client.post(reverse("account_logout"))
    page = sign_in(client, cast.officer, next=reverse("kept"))
    assert "91.25" not in text_of(page), "it was thrown away, not put aside"


FORGED = {
    "missing": None,
    "empty": "",
    "unsigned": "7",
    "not a number": signing.dumps("7", salt=kept.SALT),
    "signed for something else": signing.dumps(7, salt="another"),
}


@pytest.mark.parametrize("cookie", FORGED.values(), ids=FORGED)
def test_without_a_sound_mark_of_who_was_signed_in_nothing_is_kept(
    cookie: str | None, cast: Cast, kpi: Kpi, desk: str
) -> None:
    client = whose_session_ended(cast.officer, desk)
    if cookie is None:
        del client.cookies[settings.PERSON_COOKIE_NAME]
    else:
        client.cookies[settings.PERSON_COOKIE_NAME] = cookie
    door = client.post(desk, typed(kpi, value="91.25"))
    assert door.headers["Location"] == f"{reverse('account_login')}?next={desk}"
    assert kept.SESSION_KEY not in client.session


def test_the_mark_cannot_be_read_by_a_script(cast: Cast, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    mark = client.cookies[settings.PERSON_COOKIE_NAME]
    assert (mark["httponly"], mark["samesite"], mark["max-age"]) == (True, "Lax", "")


def test_a_form_that_is_too_long_is_refused_in_words(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    door = client.post(desk, typed(kpi, comment="x" * kept.MOST_CHARACTERS), follow=True)
    assert "too long to be kept" in text_of(door)
    assert kept.SESSION_KEY not in client.session


def test_a_forged_form_is_refused_and_not_kept(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk, Client())
    client.handler.enforce_csrf_checks = True
    assert client.post(desk, typed(kpi, value="91.25")).status_code == 403
    assert kept.SESSION_KEY not in client.session


def test_a_save_by_a_script_is_answered_to_the_script_and_not_kept(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(f"{desk}save/", typed(kpi, value="91.25"), headers={"accept": "application/json"})
    assert kept.SESSION_KEY not in client.session


def test_no_password_and_no_form_of_the_sign_in_pages_is_kept(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(reverse("account_change_password"), {"oldpassword": "secret", "password1": "more", "password2": "more"})
    assert kept.SESSION_KEY not in client.session
    client.post(desk, typed(kpi, value="91.25") | {"password": "secret", "old_password_again": "secret"})
    assert "91.25" in str(client.session[kept.SESSION_KEY]), "the rest of the form is kept"
    assert "secret" not in str(dict(client.session))


def test_after_half_a_day_it_is_gone(cast: Cast, kpi: Kpi, desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    gone = timezone.now() + timedelta(hours=12)
    monkeypatch.setattr("contracts.kept.timezone.now", lambda: gone - timedelta(minutes=1))
    assert "91.25" in text_of(sign_in(client, cast.officer, next=reverse("kept")))
    monkeypatch.setattr("contracts.kept.timezone.now", lambda: gone + timedelta(minutes=1))
    assert "91.25" not in text_of(client.get(reverse("kept"), follow=True))
    assert kept.SESSION_KEY not in client.session


def test_the_session_has_another_key_after_signing_in_and_still_holds_it(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    before = client.session.session_key
    sign_in(client, cast.officer)
    assert client.session.session_key != before
    assert "91.25" in text_of(client.get(reverse("kept")))


def test_what_may_not_be_done_any_more_stays_to_be_read(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    cast.officer.assignments.all().delete()
    target, fields = sent_on(sign_in(client, cast.officer, next=reverse("kept")))
    assert client.post(target, fields).status_code == 404
    assert "91.25" in text_of(client.get(reverse("kept")))


def test_every_page_leads_to_what_is_kept_until_it_is_sent(cast: Cast, kpi: Kpi, desk: str) -> None:
    client = whose_session_ended(cast.officer, desk)
    client.post(desk, typed(kpi, value="91.25"))
    assert "not sent yet" not in text_of(client.get(reverse("glossary"))), "nobody is signed in"
    sign_in(client, cast.officer)
    assert links_of(client.get(reverse("glossary")))["What you typed before you signed in"] == reverse("kept")
    target, fields = sent_on(client.get(reverse("kept")))
    client.post(target, fields)
    assert "not sent yet" not in text_of(client.get(reverse("glossary")))


def test_any_form_of_ours_is_kept(cast: Cast) -> None:
    mine = reverse("messages")
    client = whose_session_ended(cast.officer, mine)
    client.post(reverse("choose_kinds"), {"kinds": [Message.Kind.RETURNED, Message.Kind.VERIFIED]})
    target, _ = sent_on(sign_in(client, cast.officer, next=reverse("kept")))
    assert target == reverse("choose_kinds")
    shown = client.get(reverse("kept")).content.decode()
    assert shown.count('name="kinds"') == 2

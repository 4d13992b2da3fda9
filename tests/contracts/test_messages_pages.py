"""The pages of e-mails: mine, everybody's, one of them, and which kinds I want."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Message, MutedKind
from contracts.services.messages import send_waiting
from tests import builders
from tests.people import Cast
from tests.reading import facts_of, links_of, rows_of, text_of

# In summer the office's clock is an hour ahead.
SENT_AT = datetime(2018, 6, 14, 9, 5, tzinfo=UTC)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast, "officer")


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return signed_in(cast, "administrator")


def test_mine_are_mine_alone_latest_first(officer: Client, cast: Cast) -> None:
    builders.message(cast.officer, "first", state="sent", sent_at=SENT_AT, written_at=SENT_AT)
    builders.message(cast.officer, "second")
    builders.message(cast.clerk, "not mine")
    page = officer.get(reverse("messages"))
    assert [row[0].strip() for row in rows_of(page)[1:]] == ["Returned: second", "Returned: first"]
    assert "14 Jun 2018, 10:05" in text_of(page)
    assert "not mine" not in text_of(page)
    assert "Everybody’s e-mails" not in links_of(page)


def test_nothing_sent_yet_is_said_in_words(officer: Client) -> None:
    assert "No e-mail was sent to you yet." in text_of(officer.get(reverse("messages")))


def test_every_page_leads_to_my_e_mails(officer: Client) -> None:
    assert links_of(officer.get(reverse("glossary")))["E-mails"] == reverse("messages")


def test_a_kind_is_turned_off_and_on_again(officer: Client, cast: Cast) -> None:
    kinds = Message.Kind.values
    response = officer.post(reverse("choose_kinds"), {"wanted": kinds[1:]}, follow=True)
    assert "Your choice of e-mails is saved." in text_of(response)
    assert list(MutedKind.objects.values_list("person", "kind")) == [(cast.officer.pk, kinds[0])]
    boxes = response.content.decode()
    assert boxes.count(" checked") == len(kinds) - 1
    officer.post(reverse("choose_kinds"), {"wanted": kinds})
    assert not MutedKind.objects.exists()


def test_a_kind_that_does_not_exist_is_refused_on_the_page(officer: Client) -> None:
    response = officer.post(reverse("choose_kinds"), {"wanted": ["gossip"]})
    assert response.status_code == 400
    assert not MutedKind.objects.exists()


def test_an_administrator_sees_everybodys_and_the_failures_first(administrator: Client, cast: Cast) -> None:
    builders.message(cast.officer, "one", state="failed", error="No such mailbox")
    builders.message(cast.clerk, "two", state="unsure", error="It may have arrived")
    page = administrator.get(reverse("all_messages"))
    assert links_of(administrator.get(reverse("messages")))["Everybody’s e-mails"] == reverse("all_messages")
    said = text_of(page)
    assert "No such mailbox" in said
    assert "officer@example.org" in said
    assert said.index("could not be sent") < said.index("2 e-mails")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"one", "two", "three"}),
        ({"state": "failed"}, {"one"}),
        ({"kind": "verified"}, {"three"}),
        ({"q": "clerk@"}, {"two"}),
        ({"q": "officer one"}, {"one"}),
        ({"q": "RETURNED:"}, {"one", "two", "three"}),
        ({"state": "sent"}, set()),
        ({"state": "nowhere", "kind": "gossip", "q": "\0", "page": "many"}, {"one", "two", "three"}),
    ],
)
def test_everybodys_are_filtered(query: dict[str, str], expected: set[str], administrator: Client, cast: Cast) -> None:
    builders.message(cast.officer, "one", state="failed")
    builders.message(cast.clerk, "two")
    builders.message(cast.officer, "three", kind="verified")
    rows = rows_of(administrator.get(reverse("all_messages"), query))
    assert {row[0].rpartition(": ")[2].strip() for row in rows[1:]} == expected


def test_many_are_paged(administrator: Client, cast: Cast) -> None:
    for number in range(51):
        builders.message(cast.officer, f"number {number}", kind="verified")
    page = administrator.get(reverse("all_messages"), {"kind": "verified"})
    assert len(rows_of(page)) == 1 + 50
    assert len(rows_of(administrator.get(reverse("all_messages") + "?kind=verified&page=2"))) == 1 + 1


def test_in_local_mode_the_e_mail_opens_as_it_went_to_the_folder(
    officer: Client, cast: Cast, settings: LazySettings, tmp_path: Path
) -> None:
    settings.IS_LOCAL = True
    settings.EMAIL_BACKEND = "contracts.services.mail_folder.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    message = builders.message(cast.officer, body="Look again,\n\nplease.")
    before = officer.get(reverse("message", args=[message.pk]))
    assert "The e-mail in the folder" not in text_of(before)
    send_waiting(timezone.now())
    shown = officer.get(reverse("message", args=[message.pk]))
    facts = dict(facts_of(shown))
    assert facts["Subject"] == "Returned: returned 1"
    assert facts["From"] == settings.DEFAULT_FROM_EMAIL
    assert "please." in text_of(shown)


def test_outside_local_mode_the_row_is_shown(officer: Client, cast: Cast, settings: LazySettings) -> None:
    settings.IS_LOCAL = False
    message = builders.message(cast.officer, body="<b>Look</b> again.")
    shown = officer.get(reverse("message", args=[message.pk]))
    assert "<b>Look</b> again." in text_of(shown)


def test_a_failed_one_is_sent_again_by_an_administrator(administrator: Client, cast: Cast) -> None:
    message = builders.message(cast.officer, state="failed", error="No such mailbox", attempts=10)
    page = administrator.get(reverse("message", args=[message.pk]))
    assert "No such mailbox" in text_of(page)
    assert "Send it again" in text_of(page)
    done = administrator.post(reverse("send_message_again", args=[message.pk]), follow=True)
    assert "waits to be sent again" in text_of(done)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 0)
    again = administrator.post(reverse("send_message_again", args=[message.pk]), follow=True)
    assert "Nothing was changed" in text_of(again)


def test_its_reader_is_told_of_a_doubt_but_cannot_send_it_again(officer: Client, cast: Cast) -> None:
    message = builders.message(cast.officer, state="unsure", error="It may have arrived.")
    page = officer.get(reverse("message", args=[message.pk]))
    assert "It may have arrived." in text_of(page)
    assert "Send it again" not in text_of(page)

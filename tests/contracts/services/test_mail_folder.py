"""The folder that stands in for a mail server keeps each e-mail as it went out."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from contracts.models import Message
from contracts.services.mail_folder import read_letter
from contracts.services.messages import message_id, send_again, send_waiting, write_message
from tests.people import Cast


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "contracts.services.mail_folder.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


@pytest.fixture
def message(cast: Cast) -> Message:
    written = write_message(
        to=cast.officer, kind=Message.Kind.RETURNED, key="1", subject="Returned: £3 short", body="It’s £3 short."
    )
    assert written
    return written


def test_a_letter_is_found_by_its_message_id(folder: Path, message: Message) -> None:
    assert read_letter(message_id(message)) is None
    send_waiting(timezone.now())
    letter = read_letter(message_id(message))
    assert letter
    headers = dict(letter.headers)
    assert (headers["To"], headers["Subject"]) == ("officer@example.org", "Returned: £3 short")
    assert headers["Message-ID"] == message_id(message)
    assert letter.text.strip() == "It’s £3 short."


def test_a_second_copy_is_kept_behind_the_first(folder: Path, message: Message) -> None:
    send_waiting(timezone.now())
    Message.objects.filter(pk=message.pk).update(state="unsure", sent_at=None)
    send_again(message.pk, by=message.person, at=timezone.now())
    send_waiting(timezone.now())
    (file,) = folder.iterdir()
    assert file.read_text().count("Message-ID: ") == 2


@pytest.mark.usefixtures("folder")
def test_no_message_id_leads_out_of_the_folder() -> None:
    assert read_letter("<../../../../etc/hostname>") is None

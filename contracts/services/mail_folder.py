"""The folder that stands in for a mail server in local mode: each e-mail a file, found again by its Message-ID."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SHOWN_HEADERS = ("From", "To", "Subject", "Date", "Message-ID")
UNFIT_FOR_A_NAME = re.compile(r"[^A-Za-z0-9.@_-]")


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as it went out."""

    headers: tuple[tuple[str, str], ...]
    text: str


class FolderBackend(BaseEmailBackend):
    """Puts every e-mail into the folder. One with a Message-ID that lies there already is added behind the first."""

    def open(self) -> bool:
        _folder().mkdir(parents=True, exist_ok=True)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        for each in email_messages:
            message = each.message()
            with _place(str(message["Message-ID"])).open("ab") as file:
                file.write(message.as_bytes())
        return len(email_messages)


def read_letter(message_id: str) -> Letter | None:
    """The e-mail with this Message-ID; ``None`` when none lies in the folder."""
    try:
        content = _place(message_id).read_bytes()
    except FileNotFoundError:
        return None
    message = message_from_bytes(content, policy=modern)
    headers = tuple((name, str(message[name])) for name in SHOWN_HEADERS if message[name])
    return Letter(headers, message.get_content() if message.get_content_maintype() == "text" else "")


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _place(message_id: str) -> Path:
    return _folder() / f"{UNFIT_FOR_A_NAME.sub('_', message_id.strip('<> '))}.eml"

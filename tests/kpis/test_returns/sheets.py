"""Sending a spreadsheet to the pages of a return."""

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.kpis.test_returns.pages import at

COLUMNS = ("kpi", "month", "value")


def download(client: Client) -> bytes:
    page = client.get(at("return_sheet"))
    assert page.status_code == 200
    return page.content


def upload(client: Client, content: bytes, name: str = "figures.xlsx") -> Any:
    return client.post(at("return_upload"), {"file": SimpleUploadedFile(name, content)})


def upload_csv(client: Client, *rows: str, columns: str = "kpi,month,value", name: str = "results.csv") -> Any:
    return upload(client, "\n".join([columns, *rows]).encode(), name)


def confirm(client: Client, page: Any) -> Any:
    """Presses the button of a preview."""
    return client.post(at("return_upload_confirm"), {"sealed": sealed(page)})


def sealed(page: Any) -> str:
    found = re.search(r'name="sealed" value="([^"]*)"', page.content.decode())
    assert found, "nothing to confirm"
    return unescape(found[1])


def mistakes(page: Any) -> list[str]:
    """What the page says is to be mended in the file."""
    found = re.search(r'<ul class="govuk-list app-problems">(.*?)</ul>', page.content.decode(), re.S)
    return [unescape(each) for each in re.findall(r"<li>(.*?)</li>", found[1], re.S)] if found else []

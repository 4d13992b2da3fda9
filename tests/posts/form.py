"""What is known of a form before anybody sends it, and how it is sent: once more if it shows what it would do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from contracts.models import Person

NINES: Final = "9" * 5000
"""More digits than Python turns into a number."""

People = Mapping[str, Person]
"""Who sends and owns things, by the part they play."""


@dataclass(frozen=True, slots=True)
class Form:
    """The name of its address, what a person would send there, and names that only somebody hostile sends besides."""

    name: str
    who: str
    address: str
    fields: Mapping[str, str]
    besides: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    """Who may send it as well."""
    files: tuple[tuple[str, str, bytes], ...] = ()
    """The field, the name and the content of each."""
    preview: str = ""
    """The address that shows what this one does, where it is another one."""

    def sent_by(self, client: Client, fields: Mapping[str, str] | None = None) -> Any:
        """The answer to these fields, or to those a person would send, with the files."""
        return self._post(client, self.address, self.fields if fields is None else fields)

    def confirmed_by(self, client: Client) -> Self:
        """The form with the mark of what it would do, if it has to be looked at before."""
        with transaction.atomic():
            page = self._post(client, self.preview or self.address, self.fields).content.decode(errors="replace")
            marks = re.findall(r'name="(shown|sealed|confirm)" value="([^"]+)"', page)
            transaction.set_rollback(not marks)  # then it was done at once
        return replace(self, fields={**self.fields, **{name: unescape(value) for name, value in marks}})

    def _post(self, client: Client, address: str, fields: Mapping[str, str]) -> Any:
        """As a browser sends it: in parts only where there are files, each part's header being short then."""
        if not self.files:
            return client.post(address, urlencode(fields), content_type="application/x-www-form-urlencoded")
        files = {field: SimpleUploadedFile(name, content) for field, name, content in self.files}
        return client.post(address, {**fields, **files})

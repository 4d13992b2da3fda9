"""The first of Django's upload handlers: keeps an endless file from filling the disk before anybody can judge it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUpload(FileUploadHandler):
    """Lets through no more of a file than shows that it is too large; the rest of it is read and thrown away."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if start > settings.UPLOAD_MAX_MB * 1024 * 1024 else raw_data

    def file_complete(self, file_size: int) -> Any:
        """The handlers that follow have the file."""
        return None

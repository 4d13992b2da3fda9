"""
Script elements that name the hash of what they load: the browser runs nothing but the file that this version ships.

The hash is that of the file as it is served: in production the collected one, which differs from its source where the
storage has rewritten an address inside it.
"""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def script(path: str) -> SafeString:
    """A module script of ours, by its path among the static files."""
    return format_html('<script type="module" src="{}" integrity="{}"></script>', static(path), integrity(path))


@lru_cache(maxsize=256)
def integrity(path: str) -> str:
    """What the `integrity` attribute of a static file says; the files do not change while a process runs."""
    return hash_of(_served(path))


def hash_of(content: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def _served(path: str) -> bytes:
    found = finders.find(path) if settings.STATIC_ROOT is None else None
    if found is not None:
        return Path(found).read_bytes()
    with staticfiles_storage.open(staticfiles_storage.stored_name(path)) as content:  # type: ignore[attr-defined]
        read: bytes = content.read()
    return read

"""
Headers that every answer bears beside those of Django's own middleware and the content security policy.

Answers belong to the person who asked: unless a page says otherwise, nothing on the way and no browser keeps them. The
admin's pages name their scripts without a hash; it is added here, so that they are as strict as ours.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.ui.scripts import hash_of, integrity

POLICY: Final = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), usb=()"
"""What no page of ours uses, and nothing that might get into one shall."""
NAMED_WITHOUT_HASH: Final = ("/admin/", "/accounts/")
"""Pages of Django and of allauth, whose templates are not ours."""
SCRIPT: Final = re.compile(rb'<script\b(?![^>]*\bintegrity=)[^>]*\bsrc="(?P<address>[^"]+)"')


def guarded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps other sites from taking answers in, caches from keeping them, and scripts from being others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store, private")
        if request.path.startswith(NAMED_WITHOUT_HASH) and _is_page(response):
            response.content = SCRIPT.sub(partial(_with_hash, request), response.content)
        return response

    return middleware


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _with_hash(request: HttpRequest, found: re.Match[bytes]) -> bytes:
    address = found["address"].decode()
    if address == reverse("admin:jsi18n"):
        return found[0] + f' integrity="{_of_the_admins_words(request)}"'.encode()
    path = address.removeprefix(settings.STATIC_URL)
    return found[0] if path == address else found[0] + f' integrity="{integrity(_unhashed(path))}"'.encode()


def _of_the_admins_words(request: HttpRequest) -> str:
    """The admin makes this one script anew each time; its words are those of the language."""
    return hash_of(admin.site.i18n_javascript(request).content)


def _unhashed(path: str) -> str:
    """`admin/js/theme.js` of the name under which production serves it: `admin/js/theme.0a1b2c3d4e5f.js`."""
    return path if settings.STATIC_ROOT is None else re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", path)

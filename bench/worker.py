"""
A web worker's memory after a hundred pages and its cold start, beside those of a bare project with the same apps.

Memory is what falls to one worker, its master being the only other: its own pages, and half of those they share. A
start ends with the first page. What an interpreter does at its end is no part of it, and would flatter us: what is
frozen for the collector is not taken down one by one.
"""

import re
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings

from bench import people
from bench.goals import Part
from bench.serving import ROOT, gunicorn, seconds_of, status_of, worker_of
from bench.shape import Shape

OURS: Final = ("contracts", "kpis", "projects", "reports", "config")
REQUESTS: Final = 100
STARTS: Final = 7
BARE_SETTINGS: Final = """
import environ
SECRET_KEY = "a bare project: it answers nobody but this measurement"
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "bare_urls"
DATABASES = {{"default": environ.Env().db_url("DATABASE_URL")}}
DATABASES["default"]["CONN_MAX_AGE"] = 60
INSTALLED_APPS = {apps!r}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {{"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]}},
}}]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
"""
BARE_URLS: Final = """
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

def page(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("A page.")

urlpatterns = [path("page/", page), path("admin/", admin.site.urls), path("accounts/", include("allauth.urls"))]
"""
BARE_WSGI: Final = """
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
START: Final = """
from {module} import application
environ = {{"REQUEST_METHOD": "GET", "PATH_INFO": "/accounts/login/", "SERVER_NAME": "localhost", "SERVER_PORT": "443",
    "HTTP_HOST": "localhost", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.1",
    "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": __import__("io").BytesIO()}}
said = []
list(application(environ, lambda status, headers, exc_info=None: said.append(status)))
assert said[0].startswith("200"), said
"""


def measure(shape: Shape, rounds: int) -> Part:
    with TemporaryDirectory(prefix="scrutineer-bare-") as name:
        folder = Path(name)
        theirs = [app for app in settings.INSTALLED_APPS if app not in OURS]
        for file, content in (
            ("bare_settings.py", BARE_SETTINGS.format(apps=theirs)),
            ("bare_urls.py", BARE_URLS),
            ("bare_wsgi.py", BARE_WSGI),
        ):
            (folder / file).write_text(content)
        bare = {"DJANGO_SETTINGS_MODULE": "bare_settings"}
        for module, at, more in (("config.wsgi", ROOT, None), ("bare_wsgi", folder, bare)):
            seconds_of(START.format(module=module), at, more)  # the first start compiles, and is not counted
        starts: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": []}
        for _ in range(min(rounds, STARTS)):
            starts["ours"].append(seconds_of(START.format(module="config.wsgi"), ROOT))
            starts["bare"].append(seconds_of(START.format(module="bare_wsgi"), folder, bare))
        clerk = people.clerk()
        pages = [f"/contracts/{shape.usual}/", f"/contracts/{shape.usual}/kpis/", "/", "/account/"]
        with gunicorn("config.wsgi", ROOT) as (child, port):
            ours = _memory(worker_of(child), port, pages, clerk.cookies)
        with gunicorn("bare_wsgi", folder, bare) as (child, port):
            theirs_held = _memory(worker_of(child), port, ["/page/", "/admin/login/", "/accounts/login/"], "")
    middle = {name: statistics.median(page for page, _ in took) for name, took in starts.items()}
    ended = {name: statistics.median(end for _, end in took) for name, took in starts.items()}
    figures = {
        "web worker memory ÷ bare Django project's": ours["Pss"] / theirs_held["Pss"],
        "cold start ÷ bare Django project's": middle["ours"] / middle["bare"],
    }
    details: dict[str, Any] = {
        "kB": {"ours": ours, "bare": theirs_held},
        "cold start, CPU s": middle,
        "with its end": ended,
    }
    return Part(figures, {}, details)


def _memory(worker: int, port: int, pages: list[str], cookies: str) -> dict[str, int]:
    """In kilobytes after so many requests, the pages by turns; `Private` is what one more worker would cost."""
    for number in range(REQUESTS):
        address = pages[number % len(pages)]
        if (status := status_of(port, address, cookies)) != 200:
            raise SystemExit(f"{address} answered {status}")
    held = Path(f"/proc/{worker}/smaps_rollup").read_text()
    found = {name: int(kilobytes) for name, kilobytes in re.findall(r"^(\w+):\s+(\d+) kB", held, re.MULTILINE)}
    return {
        **{name: found[name] for name in ("Rss", "Pss")},
        "Private": found["Private_Clean"] + found["Private_Dirty"],
    }

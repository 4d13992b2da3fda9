"""How a command comes to run in ``.venv``: when it is made, kept, topped up, mended and refused."""

import re
import runpy
import shutil
import signal
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

import pytest

from config import bootstrap
from config.bootstrap import DEMO, DEV, CannotStart, prepare
from tests.config.miniature import ROOT, Miniature, make_miniature

PATIENCE_SECONDS = 90


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Miniature:
    """A fresh clone, prepared in this process. Without ensurepip an environment is made in no time."""
    miniature = make_miniature(tmp_path)
    for name, value in miniature.pip_settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == "ensurepip" else find_spec(name))
    return miniature


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Standard output and standard error of a command that ends well."""
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    return out, err


def test_an_environment_is_kept_as_long_as_its_lock_is_the_same(project: Miniature) -> None:
    prepare(project.environment, DEMO)
    assert project.environment.is_ready_for(DEMO)
    assert project.installed() == {"django": "1.0"}

    project.pin(DEMO.name, django="1.1")
    assert not project.environment.is_ready_for(DEMO)
    prepare(project.environment, DEMO)
    assert project.environment.is_ready_for(DEMO)
    assert project.installed() == {"django": "1.1"}


def test_the_development_environment_serves_every_command(project: Miniature) -> None:
    prepare(project.environment, DEMO)
    assert not project.environment.is_ready_for(DEV)
    prepare(project.environment, DEV)
    assert project.environment.is_ready_for(DEMO)
    assert project.environment.is_ready_for(DEV)


def test_no_package_is_removed_when_a_smaller_lock_is_installed(project: Miniature) -> None:
    prepare(project.environment, DEV)
    project.pin(DEMO.name, django="1.1")
    prepare(project.environment, DEMO)
    assert project.installed() == {"django": "1.1", "tool": "1.0"}
    assert not project.environment.is_ready_for(DEV)


def test_an_environment_made_by_hand_is_kept_and_completed(project: Miniature) -> None:
    venv.create(project.environment.folder)
    kept = project.environment.folder / "kept"
    kept.touch()
    prepare(project.environment, DEMO)
    assert kept.exists()
    assert project.installed() == {"django": "1.0"}


def test_an_interrupted_installation_is_made_anew(project: Miniature) -> None:
    prepare(project.environment, DEMO)
    project.environment.write_stamp({})
    left = project.environment.folder / "left"
    left.touch()
    assert not project.environment.is_ready_for(DEMO)
    prepare(project.environment, DEMO)
    assert not left.exists()
    assert project.environment.is_ready_for(DEMO)


def test_an_environment_that_came_from_elsewhere_is_made_anew(project: Miniature, tmp_path: Path) -> None:
    prepare(project.environment, DEMO)
    moved = Miniature(tmp_path / "elsewhere", project.wheels)
    shutil.copytree(project.root, moved.root, symlinks=True)
    assert not moved.environment.is_ready_for(DEMO)
    assert not moved.environment.is_usable()

    moved.environment.stamp_file.unlink()
    assert not moved.environment.is_usable(), "without our stamp pyvenv.cfg still tells"

    prepare(moved.environment, DEMO)
    assert str(moved.root) in (moved.environment.folder / "pyvenv.cfg").read_text()
    assert moved.environment.is_ready_for(DEMO)


def test_an_environment_killed_while_it_was_made_is_made_anew(
    project: Miniature, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_half(what: str, command: list[str], root: Path, guard: int) -> None:
        subprocess.run(command, check=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "_run", make_half)
    with pytest.raises(KeyboardInterrupt):
        prepare(project.environment, DEMO)
    monkeypatch.undo()
    assert project.environment.python.exists()
    assert not project.environment.is_usable()


def test_an_environment_whose_python_is_gone_is_made_anew(project: Miniature) -> None:
    prepare(project.environment, DEMO)
    for name in ("python", "python3"):
        (project.environment.folder / "bin" / name).unlink(missing_ok=True)
    project.environment.python.symlink_to("/nowhere/python3")
    assert not project.environment.is_ready_for(DEMO)
    prepare(project.environment, DEMO)
    assert project.environment.is_ready_for(DEMO)


def test_what_cannot_be_installed_is_named_and_what_was_there_still_serves(project: Miniature) -> None:
    prepare(project.environment, DEMO)
    project.pin(DEMO.name, django="1.1")
    (project.wheels / "django-1.1-py3-none-any.whl").unlink()
    with pytest.raises(CannotStart, match=r"requirements/demo\.txt.* failed(.|\n)*django==1\.1"):
        prepare(project.environment, DEMO)

    project.pin(DEMO.name, django="1.0")
    assert project.environment.is_ready_for(DEMO)


def test_a_package_other_than_the_locked_one_is_refused(project: Miniature) -> None:
    lock = project.root / DEMO.name
    lock.write_text(re.sub("sha256:.{8}", "sha256:00000000", lock.read_text()))
    with pytest.raises(CannotStart, match="THESE PACKAGES DO NOT MATCH THE HASHES"):
        prepare(project.environment, DEMO)
    assert project.installed() == {}


def test_the_first_start_makes_the_environment_and_the_second_only_uses_it(tmp_path: Path) -> None:
    project = make_miniature(tmp_path)
    out, err = finish(project.start("check", "--deploy"))
    assert out == f"{project.environment.folder}|check|--deploy|no database named\n"
    assert re.search(r"Installing requirements/demo\.txt in \.venv: done in \d+ s", err)

    shutil.rmtree(project.wheels)
    assert finish(project.start("check")) == (f"{project.environment.folder}|check|no database named\n", "")
    inside = project.start("check", python=project.environment.python)
    assert finish(inside) == (f"{project.environment.folder}|check|no database named\n", "")


def test_of_two_first_starts_at_once_one_waits_and_both_go_on(tmp_path: Path) -> None:
    project = make_miniature(tmp_path)
    first, second = project.start("check"), project.start("test")
    (out, err), (other_out, other_err) = finish(first), finish(second)
    assert out.startswith(f"{project.environment.folder}|check")
    assert other_out.startswith(f"{project.environment.folder}|test")
    assert (err + other_err).count("Making .venv: done") == 1
    assert "waiting for it" in err + other_err
    assert project.environment.is_ready_for(DEV)


def test_a_start_killed_while_it_installs_leaves_no_pip_and_the_next_one_mends_it(tmp_path: Path) -> None:
    project = make_miniature(tmp_path)
    killed = project.start("check")
    assert killed.stderr is not None
    assert any("Installing" in line for line in killed.stderr)
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=PATIENCE_SECONDS)

    out, err = finish(project.start("check"))
    assert out.startswith(f"{project.environment.folder}|check")
    assert "making it anew" in err
    assert "waiting for it" not in err


def test_an_operators_own_environment_is_used_as_it_is(project: Miniature, tmp_path: Path) -> None:
    prepare(project.environment, DEMO)
    (tmp_path / "deployed").mkdir()
    deployed = make_miniature(tmp_path / "deployed")
    out, err = finish(deployed.start("migrate", python=project.environment.python))
    assert out.startswith(f"{project.environment.folder}|migrate")
    assert not deployed.environment.folder.exists()
    assert err == ""


@pytest.mark.parametrize("command", ["demo", "test"])
def test_what_is_set_for_production_does_not_reach_demo_and_test(
    project: Miniature, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(project.environment, DEV)
    out, err = finish(project.start(command, DATABASE_URL="postgres://real/data", SECRET_KEY="real"))
    assert out == f"{project.environment.folder}|{command}|no database named\n"
    assert f"DATABASE_URL is set, and {command} ignores it" in err
    assert "postgres://" not in err

    out, _ = finish(project.start("migrate", DATABASE_URL="postgres://real/data"))
    assert out.endswith("|postgres://real/data\n")


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is Python 3\.9\."):
        runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")


def test_the_locks_agree_so_that_one_environment_serves_both_commands() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()))

    assert len(pins("requirements/base.txt")) > 20
    assert pins("requirements/base.txt") < pins(DEMO.name) < pins(DEV.name)


def test_every_locked_package_carries_hashes_and_no_address() -> None:
    for lock in (DEMO, DEV):
        text = (ROOT / lock.name).read_text()
        assert "://" not in text
        assert len(re.findall(r"^\S+==", text, re.M)) == len(re.findall(r"^\S+==.*\\\n +--hash=sha256:", text, re.M))

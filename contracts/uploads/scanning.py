"""
The malware scanner of the installation, where the setting ``UPLOAD_SCANNER`` names its command.

The command is run with the path of the file after its own arguments. It says yes by exit code 0; anything else refuses
the file, a scanner that does not answer in time or cannot be run included.
"""

import logging
import os
import signal
import subprocess
from pathlib import Path

from django.conf import settings

from contracts.uploads.refusals import UploadRefused

logger = logging.getLogger(__name__)


def scan(path: Path, name: str) -> None:
    """Raises :class:`UploadRefused` unless the scanner passes the file, or there is none."""
    if not settings.UPLOAD_SCANNER:
        return
    try:
        answer = _run([*settings.UPLOAD_SCANNER, str(path)])
    except (OSError, subprocess.TimeoutExpired) as problem:
        logger.exception("The malware scanner gave no answer about %s.", path)
        raise UploadRefused(
            f"“{name}” could not be checked for malware, so it is not taken. Try again in a few minutes; if it goes on,"
            " tell the administrator."
        ) from problem
    if answer:
        logger.warning("The malware scanner refused %s (exit code %s).", path, answer)
        raise UploadRefused(f"“{name}” did not pass the check for malware: it is not taken.")


def _run(command: list[str]) -> int:
    """Its exit code; whatever it has started ends with it when it takes too long."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True) as process:
        try:
            return process.wait(settings.UPLOAD_SCANNER_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise

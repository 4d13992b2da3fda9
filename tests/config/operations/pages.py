"""What docs/operations.md says: its commands in order, and the files that it shows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

ROOT: Final = Path(settings.BASE_DIR)
PAGE: Final = ROOT / "docs" / "operations.md"
DEPLOY: Final = ROOT / "deploy"
BLOCK: Final = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHOWN: Final = re.compile(r"^<!-- (\S+) -->\n\n`\1`:\n\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands() -> Iterator[str]:
    for block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        yield from (line for line in block.splitlines() if line.strip())


def files_shown() -> dict[str, str]:
    return dict(SHOWN.findall(PAGE.read_text(encoding="utf-8")))


def of_unit(name: str, key: str) -> list[str]:
    """Every value that a unit gives a key."""
    lines = (DEPLOY / "systemd" / name).read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def environment() -> dict[str, str]:
    """The settings as the example has them, with what the page puts in."""
    lines = (DEPLOY / "scrutineer.env").read_text(encoding="utf-8").splitlines()
    read = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return read | {"SECRET_KEY": "0123456789abcdef" * 5}

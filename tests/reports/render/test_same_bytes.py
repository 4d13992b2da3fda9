"""The same paper gives the same bytes: with other papers between, and in another process and time zone."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from reports.render import FORMATS, render
from tests.reports.render.rendered import files, paper

ROOT = Path(__file__).parents[3]
PRINT_HASHES = """
import django; django.setup()
from hashlib import sha256
from reports.render import FORMATS, render
from tests.reports import samples
for format in FORMATS:
    print(format, sha256(b"".join(file.content for file in render(samples.small(), format))).hexdigest())
"""


def hashes() -> dict[str, str]:
    return {name: sha256(b"".join(file.content for file in files("small", name))).hexdigest() for name in FORMATS}


@pytest.mark.parametrize("sample", ["addendum", "board_projects", "month_of_projects"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_paper_about_the_portfolio_printed_again_is_the_same(sample: str, format: str) -> None:
    first = files(sample, format)
    render(paper("small"), format)
    assert render(paper(sample), format) == first


@pytest.mark.parametrize("format", FORMATS)
def test_a_paper_printed_again_is_the_same(format: str) -> None:
    first = files("small", format)
    render(paper("many_failures"), format)
    assert render(paper("small"), format) == first


@pytest.mark.parametrize("seed", ["1", "77"])
def test_another_process_prints_the_same(seed: str) -> None:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TZ": "Asia/Tokyo",
    }
    command = [sys.executable, "-c", PRINT_HASHES]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=120)
    assert dict(line.split() for line in done.stdout.splitlines()) == hashes()

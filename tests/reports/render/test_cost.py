"""What printing costs a worker in memory: little for a paper in all formats, and it forgets it afterwards."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PRELUDE = """
import resource
from dataclasses import replace
import django; django.setup()
from reports.render import FORMATS, render
from tests.reports import samples

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20

def most_resident():
    # Not ru_maxrss: a process inherits that of the one which started it.
    status = open("/proc/self/status").read()
    return int(status.partition("VmHWM:")[2].split()[0]) / 2**10
"""
ONE_PAPER = """
paper = samples.nothing_failed()
for format in FORMATS:
    render(paper, format)
print(most_resident())
"""
MANY_PAPERS = """
paper = samples.many_failures()
after = []
for number in range(8):
    contract = replace(paper.contract, title=f"Title {number}")
    render(replace(paper, headline=f"Paper {number}.", contract=contract), "pdf")
    after.append(resident())
print(after[1], after[-1])
"""


def measured(code: str) -> list[float]:
    """The figures that a fresh process prints."""
    command = [sys.executable, "-c", PRELUDE + code]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=120)
    return [float(figure) for figure in done.stdout.split()]


def test_41_kpis_and_150_projects_in_all_formats_cost_less_than_300_mb() -> None:
    (megabytes,) = measured(ONE_PAPER)
    assert megabytes < 300


def test_a_worker_that_prints_many_papers_does_not_grow() -> None:
    early, late = measured(MANY_PAPERS)
    assert late - early < 40

"""What printing costs: a worker prints a paper in all formats quickly, in little memory, and forgets it afterwards."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PRELUDE = """
import resource, time
from dataclasses import replace
import django; django.setup()
from reports.render import FORMATS, render
from tests.reports import samples

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
"""
ONE_PAPER = """
paper = samples.nothing_failed()
start = time.process_time()
for format in FORMATS:
    render(paper, format)
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10)
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


def test_41_kpis_and_150_projects_cost_less_than_3_seconds_and_300_mb() -> None:
    seconds, megabytes = measured(ONE_PAPER)
    assert seconds < 3
    assert megabytes < 300


def test_a_worker_that_prints_many_papers_does_not_grow() -> None:
    early, late = measured(MANY_PAPERS)
    assert late - early < 40

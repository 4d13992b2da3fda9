"""
What a paper costs the worker that prints it: `python3 bench/papers.py`, JSON on standard output, one line a paper; the
first of them is a part of `run.py`, beside the bare compiling of its PDF.

Each paper is printed as its final edition is, in every format and with its appendices apart, in a process of its own,
as a worker that has just begun would; the figures are the processor time of all its threads and the most memory it
ever held, interpreter and libraries included. Exit code 1 where a paper costs more than it may. `profile` after the
name of a paper shows what each format takes.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.goals import Part  # noqa: E402
from bench.memory import most_held  # noqa: E402
from bench.shape import KPIS_OF_A_CONTRACT, SHORT_REGISTER, TODAY, Shape, reference  # noqa: E402


@dataclass(frozen=True, slots=True)
class Limit:
    """A sample of tests/reports/samples.py, what it is, and what printing it may cost in seconds and megabytes."""

    what: str
    seconds: float
    megabytes: float


PAPERS: Final = {
    "nothing_failed": Limit("41 KPIs, 150 projects, few exceptions", 3, 300),
    "many_failures": Limit("15 KPIs, every rule, 40 projects", 3, 300),
    "large": Limit("200 KPIs, 1,500 projects", 15, 800),
    "many_projects": Limit("the projects paper", 15, 800),
    "month_of_many": Limit("the operational report", 15, 800),
}


OFTEN: Final = "nothing_failed"
PRINTED: Final = 5
"""Times that a part of a run prints it."""


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    if sys.argv[1:2] == ["written"]:
        write_once(sys.argv[2])
        return 0
    if len(sys.argv) > 1:
        print_once(sys.argv[1], is_profiled=len(sys.argv) > 2)
        return 0
    within = [measure(name) for name in PAPERS]
    return int(not all(within))


def measure_all(shape: Shape, rounds: int) -> Part:
    """
    As a part of a run: reports of contracts of the database, written by new workers one after another from the first
    reading to the stored files; for the record also what printing one takes, by format.
    """
    printed = [spent_on(OFTEN, "profile") for _ in range(min(rounds, PRINTED))]
    written = [spent_on("written", reference(2 + number)) for number in range(min(rounds, PRINTED))]
    what = f"paper of {KPIS_OF_A_CONTRACT} KPIs and {SHORT_REGISTER} projects in all formats"
    figures = {
        f"{what}, worker time": statistics.median(each["cpu seconds"] for each in written),
        f"{what}, memory": max(each["peak megabytes"] for each in written),
    }
    return Part(figures, {}, {"printed": printed, "written": written})


def spent_on(name: str, *more: str) -> dict[str, Any]:
    """What a worker of its own says that the paper took."""
    done = subprocess.run([sys.executable, __file__, name, *more], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(name: str) -> bool:
    """Prints the line of one paper; whether it keeps within its limits."""
    found, limit = spent_on(name), PAPERS[name]
    is_within: bool = found["cpu seconds"] <= limit.seconds and found["peak megabytes"] <= limit.megabytes
    allowed = {"at most seconds": limit.seconds, "at most megabytes": limit.megabytes, "within": is_within}
    sys.stdout.write(json.dumps({"paper": name, "what": limit.what, **found, **allowed}) + "\n")
    return is_within


def print_once(name: str, *, is_profiled: bool) -> None:
    """In its own process: prints the sample in every format and says what that took."""
    import django

    django.setup()
    from reports.render import FINAL_FORMATS, render
    from tests.reports import samples

    paper = getattr(samples, name)()
    began, sizes, took = spent(), {}, {}
    for format in FINAL_FORMATS:
        before = spent()
        sizes[format] = sum(len(file.content) for file in render(paper, format))
        took[format] = round(spent() - before, 2)
    found: dict[str, Any] = {"cpu seconds": round(spent() - began, 2), "peak megabytes": round(most_held())}
    if is_profiled:
        found |= {"seconds by format": took, "bytes": sizes, "bare compiling by typst": bare_typst(paper)}
    sys.stdout.write(json.dumps(found) + "\n")


def write_once(contract: str) -> None:
    """In its own process: writes the draft for the next meeting as a worker does, and says what that took."""
    import django

    django.setup()
    from django.utils import timezone

    from contracts.models import Contract
    from reports.models import Edition, Meeting, PaperRun
    from reports.models.paper import Kind
    from reports.services.papers import write_paper

    found = Contract.objects.get(reference=contract)
    meeting = Meeting.objects.coming(found, TODAY)[0]
    run = PaperRun.objects.create(
        contract=found, meeting=meeting, kind=Kind.REPORT, revision=1, edition=Edition.DRAFT, due_on=TODAY,
        queued_at=timezone.now(),
    )  # fmt: skip
    began = spent()
    if not write_paper(run.pk, on=TODAY):
        sys.exit(f"The report of {contract} was not written.")
    sys.stdout.write(
        json.dumps({"cpu seconds": round(spent() - began, 2), "peak megabytes": round(most_held())}) + "\n"
    )


def bare_typst(paper: Any) -> float:
    """Processor time of setting the same document a second time, and nothing else."""
    from reports.render import pdf as printing
    from reports.render.printable import printable
    from reports.render.words import document

    pdf: Any = printing

    pages: list[tuple[str, Any, dict[str, Any]]] = []

    def remembered(source: str, words: Any, **options: Any) -> list[bytes]:
        pages.append((source, words, options))
        made: list[bytes] = typeset(source, words, **options)
        return made

    typeset, pdf.typeset = pdf.typeset, remembered
    try:
        pdf.render(document(printable(paper)))
    finally:
        pdf.typeset = typeset
    before = spent()
    for source, words, options in pages:
        typeset(source, words, **options)
    return round(spent() - before, 2)


def spent() -> float:
    """Processor time of every thread so far, in seconds."""
    return time.process_time()


if __name__ == "__main__":
    sys.exit(main())

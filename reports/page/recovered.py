"""What came back: KPIs missed before the period that met their target at its end, one line each."""

from dataclasses import dataclass

from contracts.rules.months import month_short
from reports.page.addresses import Addresses
from reports.render.words.phrases import figure, level
from reports.rules.sentences import capitalised
from reports.snapshot import BoardPaper, ExceptionLine


@dataclass(frozen=True, slots=True)
class Recovered:
    code: str
    name: str
    href: str
    run: str
    missed: str
    latest: str


def recovered_of(paper: BoardPaper, addresses: Addresses) -> tuple[Recovered, ...]:
    return tuple(_recovered(line, addresses) for line in paper.exceptions if line.rule == "recovered")


def _recovered(line: ExceptionLine, addresses: Addresses) -> Recovered:
    missed = next((result for result in line.results if result.month == line.months[-1]), None)
    latest = line.results[-1] if line.results else None
    target = f", target {level(line, latest.target)}" if latest and latest.target else ""
    return Recovered(
        code=line.kpi,
        name=line.name,
        href=addresses.kpi(line.kpi),
        run=capitalised(line.run),
        missed=f"{figure(line, missed.value)} in {month_short(missed.month)}" if missed else "",
        latest=f"{figure(line, latest.value)} in {month_short(latest.month)}{target}" if latest else "",
    )

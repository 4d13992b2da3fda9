"""The two papers about the portfolio as the database gives them, with the day of most tests."""

from datetime import date

from contracts.models import Contract
from contracts.rules.months import parse_month
from reports.build import build_operational_report
from reports.models import Meeting, Paper, PaperRun
from reports.snapshot import BoardPaper, fingerprint
from tests import builders

TODAY = date(2018, 3, 14)
DECEMBER = date(2017, 12, 21)
MAY_25 = date(2018, 5, 25)


def paper_of(contract: Contract, meeting: Meeting, on: date = TODAY) -> BoardPaper:
    return builders.built_projects_paper(contract, meeting, on=on)


def report_of(contract: Contract, month: str = "2018-02", on: date = TODAY) -> BoardPaper:
    return build_operational_report(contract, parse_month(month), on=on)


def written(contract: Contract, at: Meeting, on: date, kind: str) -> Paper:
    """A paper on record, of which nothing matters here but its meeting, its kind and its day."""
    run = PaperRun.objects.create(contract=contract, meeting=at, kind=kind, due_on=on, state="finished", stage="done")
    return Paper.objects.create(
        run=run,
        contract=contract,
        meeting=at,
        kind=kind,
        review_from=date(2018, 1, 1),
        review_to=date(2018, 1, 1),
        made_on=on,
        snapshot="{}",
        sha256=fingerprint("{}"),
    )

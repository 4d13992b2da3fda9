"""Papers around whose figures people wrote words: the small one, and the one about projects."""

from dataclasses import replace
from datetime import date
from typing import Final

from reports.snapshot import BoardPaper, RemarkLine, Words

WORDS: Final = Words(
    item="7",
    introduction="The Board asked for reports by exception on 29 March 2018.\nThis one tells the winter.",
    recommendation="That the report be noted.",
    implications="Financial: no service credits are due for these months.\nLegal: none.",
    consultation="The supplier was shown the figures and has not disputed them.",
    background=("Monthly returns, November 2017 to January 2018", "Minutes of 21 December 2017"),
    author="Head of Corporate Contracts",
    background_until=date(2022, 3, 29),
)
REMARKS: Final = (
    RemarkLine("kpi", "CSC_KPI_04", "The Board’s visit to the service centre is on 3 April."),
    RemarkLine("kpi", "ACF_KPI_01", "The relief is reviewed in May."),
    RemarkLine("project", "P001", "The programme board has asked for a new plan."),
)
PROJECT_REMARKS: Final = (
    RemarkLine("project", "P01", "The programme board has asked for a new plan."),
    RemarkLine("project", "P06", "Its manager reports again from April."),
)


def written() -> BoardPaper:
    """The small paper with everything that people can write, and a headline of their own."""
    from tests.reports.samples import small

    bare = small()
    return replace(
        bare, words=WORDS, remarks=REMARKS, headline="One KPI failed in January.", headline_generated=bare.headline
    )


def written_projects() -> BoardPaper:
    from tests.reports.samples import board_projects

    return replace(board_projects(), words=WORDS, remarks=PROJECT_REMARKS)

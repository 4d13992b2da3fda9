"""How to read the paper: what each status means, how figures are rounded, what is not final and what is made up."""

from typing import Final

from reports.render.document import Block, Cell, Column, Kind, Paragraph, Section, Subheading, Table
from reports.snapshot import BoardPaper

MEANINGS: Final = (
    ("target_met", "At the target or better. Equal to the target meets it."),
    ("below_target", "Worse than the target, at the minimum or better."),
    ("below_minimum", "Worse than the minimum: what earlier papers call a failed KPI."),
    (
        "relief_granted",
        "Below target or below minimum in a month that mitigation relief excuses. The figure stays as it is.",
    ),
    ("not_measured", "There is no figure, and the reason is given. Never counted as met, never as zero."),
    ("missing", "A figure is due and nothing has been said yet."),
)
CONFIDENCES: Final = (
    ("green", "The project's manager is confident that it finishes as planned."),
    ("amber", "There are problems that can be put right."),
    ("red", "It will not finish as planned unless something changes."),
    ("unrated", "The manager has declared nothing yet."),
)
NOTES: Final = (
    "“Worse” follows the KPI: some are better high (invoices paid on time), some better low (calls abandoned).",
    "Each month is judged by the target and minimum in force in that month. Figures are rounded half-up to the KPI's "
    "own decimals and then compared. Times above a minute are written as minutes and seconds: 1:05.",
    "The month in which the contract commenced is contract month 1.",
    "In every month the six statuses add up to the KPIs in force. Percentages of counts are rounded to whole numbers "
    "and may not add up to 100.",
    "“New”, “continuing” and “worsening” compare the review period with the months before it. “Third month running” "
    "counts the months in which the rule held without a break, also before the review period.",
    "A project's days late are counted against its original finish, which never changes. “By its dates” is the rating "
    "those days give, beside the one its manager declares; agreeing a later date does not improve it.",
)
PROVISIONAL: Final = (
    "Provisional figures are the supplier's, not yet verified by the contract manager. They are underlined with dots "
    "and marked “provisional”."
)


def how_to_read(paper: BoardPaper) -> Section:
    blocks: tuple[Block, ...] = (
        key_table("Status of a KPI in a month", MEANINGS),
        key_table("Confidence in a project", CONFIDENCES),
        Subheading("Figures"),
        *(Paragraph(note) for note in NOTES),
        Subheading("What is not final, and what is illustrative"),
        Paragraph(f"{PROVISIONAL} {_provisional(paper)}"),
        Paragraph(_illustrative(paper)),
    )
    return Section("reading", "How to read this paper", blocks, is_appendix=True)


def key_table(caption: str, meanings: tuple[tuple[str, str], ...]) -> Table:
    """What each word and shape means."""
    columns = (Column("Word and shape", Kind.STATUS, width=1), Column("What it means", width=3.4))
    return Table(caption, columns, tuple((Cell(look=key), Cell(meaning)) for key, meaning in meanings))


def _provisional(paper: BoardPaper) -> str:
    figures = sum(counts.provisional for counts in paper.history.months)
    whole = sum(counts.in_force for counts in paper.history.months)
    return f"In this paper: {figures:,} of {whole:,} results." if figures else "In this paper there are none."


def _illustrative(paper: BoardPaper) -> str:
    results = [result.illustrative for area in paper.areas for kpi in area.kpis for result in kpi.results]
    projects = [project.illustrative for project in paper.projects.register]
    if not any(results) and not any(projects):
        return "No figure in this paper is illustrative."
    return (
        "Illustrative figures were made up to be plausible where nothing was published: "
        f"{sum(results):,} of {len(results):,} results and {sum(projects):,} of {len(projects):,} projects. "
        "The spreadsheet says which."
    )

"""How to read the two papers about the portfolio: what ratings mean, what dates are held against, what is made up."""

from typing import Final

from contracts.rules.months import month_long
from reports.render.document import Block, Paragraph, Section, Subheading
from reports.render.words.portfolio_news import part_of
from reports.render.words.reading import CONFIDENCES, key_table
from reports.rules.sentences import day_in_words
from reports.snapshot import BoardPaper

DATES: Final = (
    "Four kinds of dates are kept apart. The original date is the first baseline and never changes. The agreed date is "
    "the one now agreed with the supplier; every change of it is a re-baseline, with who agreed, when and why, and is "
    "counted. The forecast is what the project's manager last said; the actual date is the day it was done.",
    "Days late are calendar days against the original finish. “By its dates” is the rating those days give: green up "
    "to a few days, amber for about a month, red beyond; the contract's settings say exactly. It stands beside the "
    "rating that the manager declares, and a project counts here as red or amber by the worse of the two. Agreeing a "
    "later date improves neither.",
    "A milestone is overdue when its day has passed and it is not done. A project is silent when nobody has posted an "
    "update for longer than the contract allows (35 days unless set otherwise).",
    "A red or amber project is asked how far behind it is, why, who caused it, what it costs, what it holds up and "
    "when it returns to green. “Not known yet” is an answer; “not answered” means that nobody has said anything.",
)
KEY: Final = (
    "The key list is decided by the Board. Officers propose it with a reason for each project; entries and exits are "
    "those against the list the Board knew when it was last told."
)


def how_to_read(paper: BoardPaper) -> Section:
    part = part_of(paper)
    blocks: list[Block] = [key_table("Confidence in a project", CONFIDENCES), Subheading("Dates and ratings")]
    blocks += [Paragraph(text) for text in DATES]
    if paper.kind == "projects":
        blocks += [Subheading("The key list"), Paragraph(KEY)]
    else:
        blocks += [Subheading("What month this is"), Paragraph(_month(paper))]
    blocks += [Subheading("What is illustrative"), Paragraph(_illustrative(paper, part.money is not None))]
    return Section("reading", "How to read this paper", tuple(blocks), is_appendix=True)


def _month(paper: BoardPaper) -> str:
    part = part_of(paper)
    since = f", as known on {day_in_words(part.since)}" if part.since else ""
    return (
        f"This is the report of {month_long(paper.review.to)}, as known on {day_in_words(part.as_of)}: a few working "
        "days after the month, so that the month's updates are in it. What changed is held against the report of the "
        f"month before{since}. Stages and actual finishes are as they stood when this report was written."
    )


def _illustrative(paper: BoardPaper, has_money: bool) -> str:
    register = paper.projects.register
    projects = sum(project.illustrative for project in register)
    money = part_of(paper).money
    funds = sum(fund.illustrative for fund in money.funds) if money else 0
    if not projects and not funds:
        return "Nothing in this paper is illustrative."
    told = [f"{projects:,} of {len(register):,} projects"]
    if has_money and money and money.funds:
        told.append(f"{funds:,} of {len(money.funds):,} sums of funding")
    return (
        "Illustrative projects and sums were made up to be plausible where nothing was published: "
        f"{' and '.join(told)}. The spreadsheet says which."
    )

"""
The operational report: the month in numbers, every project under way at a glance, and each on a card in its area.

Its readers run the services: they look for their own area first, so that is how the projects are grouped; the contents
list every project by its reference.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from config.ui.status import look
from contracts.rules.months import day_short
from kpis.rules.figures import DASH
from reports.render.document import Card, Cell, Column, Facts, Kind, Mark, Paragraph, Section, Table
from reports.render.words.key_list import STEPS, finish_in_words, ratings_in_words, step_row
from reports.render.words.phrases import NOT_ANSWERED, as_sentence, counted, day_or_dash, days_late
from reports.render.words.portfolio_news import news_counts, news_table, part_of
from reports.render.words.standing import standing
from reports.rules.sentences import capitalised, day_in_words, listed
from reports.snapshot import BoardPaper, ProjectLine, ProjectNews, ProjectReport, ReportedMilestone
from reports.snapshot.projects import MilestoneLine

NO_AREA: Final = "No service area"
KINDS: Final = {
    "update": "Updates posted",
    "forecast": "Forecast finish moved or first given",
    "rating": "Rating changed or first given",
    "milestone done": "Milestones done",
    "milestone moved": "Milestones forecast for another day",
    "re-baselined": "Re-baselined",
    "stage": "Moved to another stage",
    "finished": "Finished",
}
"""What may happen between two reports, in the order of the table."""
IN_SHORT: Final = {
    "forecast": "finish",
    "rating": "rating",
    "milestone done": "milestone done",
    "milestone moved": "milestone moved",
    "re-baselined": "re-baselined",
    "stage": "stage",
    "finished": "finished",
}
"""The same in the table of all projects, where the day of the last update has a column of its own."""
NUMBERS: Final = (
    Column("Since the report before", width=3),
    Column("Times", Kind.FIGURE, width=1),
    Column("Projects", Kind.FIGURE, width=1),
)
GLANCE: Final = (
    Column("Project", width=3.3),
    Column("Service area", width=1),
    Column("Rating", Kind.STATUS, width=1.2),
    Column("Agreed finish", Kind.DAY, width=1.2),
    Column("Forecast finish", Kind.DAY, width=1.2),
    Column("Against original", width=1.3),
    Column("Last update", Kind.DAY, width=1.2),
    Column("Changed since the report before", width=2.6),
)


def sections(paper: BoardPaper) -> Iterator[Section]:
    """Headline figures, everything at a glance, then a section for each service area."""
    part = part_of(paper)
    lines = {line.reference: line for line in paper.projects.register}
    yield _numbers(paper)
    if not part.reports:
        none = Paragraph("No project was in flight or on hold.")
        yield Section("glance", "Projects at a glance", (none,))
    else:
        rows = tuple(_glance(report, lines[report.reference]) for report in part.reports)
        table = Table("Every project in flight or on hold, by reference", GLANCE, rows)
        yield Section("glance", f"Projects at a glance ({len(rows)})", (table,), is_wide=True)
    yield from _areas(paper, lines)
    if part.news:
        yield Section(
            "others",
            f"Other projects in which something happened ({len({each.reference for each in part.news})})",
            (
                Paragraph("These are not, or no longer, in flight or on hold."),
                news_table("What happened to projects that are not under way", part.news),
            ),
        )


def all_news(paper: BoardPaper) -> list[ProjectNews]:
    """What happened since the report before, to projects under way and to the others."""
    part = part_of(paper)
    return [*(each for report in part.reports for each in report.news), *part.news]


def news_in_words(paper: BoardPaper) -> str:
    """What happened since the report before, in one sentence; what did not is left out."""
    told = {kind: (things, projects) for kind, things, projects in news_counts(all_news(paper))}
    since = _since(paper, "Since")
    if not told:
        return f"{since} nothing was reported on any project."
    parts = [
        f"{KINDS[kind].lower()}: {things:,}" + (f" of {counted(projects, 'project')}" if projects != things else "")
        for kind in KINDS
        if kind in told
        for things, projects in (told[kind],)
    ]
    return f"{since}: {'; '.join(parts)}."


def _since(paper: BoardPaper, word: str) -> str:
    since = part_of(paper).since
    return f"{word} {day_in_words(since) if since else 'the beginning'}"


def _numbers(paper: BoardPaper) -> Section:
    section = standing(paper)
    told = {kind: (things, projects) for kind, things, projects in news_counts(all_news(paper))}
    rows = tuple(
        (Cell(title), Cell(f"{told.get(kind, (0, 0))[0]:,}"), Cell(f"{told.get(kind, (0, 0))[1]:,}"))
        for kind, title in KINDS.items()
    )
    table = Table(f"What happened {_since(paper, 'since')}", NUMBERS, rows)
    return Section(section.key, section.title, (*section.blocks, table))


def _areas(paper: BoardPaper, lines: Mapping[str, ProjectLine]) -> Iterator[Section]:
    part = part_of(paper)
    names = dict(part.service_areas)
    by_area: defaultdict[str, list[ProjectReport]] = defaultdict(list)
    for report in part.reports:
        by_area[lines[report.reference].service_area].append(report)
    # By code as the contract orders its areas; what belongs to none comes last.
    coded = [code for code in dict.fromkeys((*names, *sorted(by_area))) if code]
    for number, code in enumerate((code for code in (*coded, "") if code in by_area), start=1):
        own = by_area[code]
        title = f"{names.get(code, code)} ({code})" if code else NO_AREA
        opening = Paragraph(_area_in_words(own))
        cards = tuple(_card(report, lines[report.reference]) for report in own)
        yield Section(f"area-{number}", f"{title}: {counted(len(own), 'project')}", (opening, *cards))


def _area_in_words(reports: Sequence[ProjectReport]) -> str:
    by_rating = {key: sum(report.rating == key for report in reports) for key in ("red", "amber", "green", "unrated")}
    told = [f"{number:,} {look(key).word.lower()}" for key, number in by_rating.items() if number]
    silent, overdue = sum(bool(report.silent) for report in reports), sum(bool(each.overdue) for each in reports)
    more = [
        f"{capitalised(counted(number, one, many))}."
        for number, one, many in (
            (silent, "project is silent", "projects are silent"),
            (overdue, "project has an overdue milestone", "projects have an overdue milestone"),
        )
        if number
    ]
    return " ".join([f"By the worse of declared confidence and dates: {listed(told)}.", *more])


def _glance(report: ProjectReport, line: ProjectLine) -> tuple[Cell, ...]:
    kinds = dict.fromkeys(IN_SHORT[each.kind] for each in report.news if each.kind in IN_SHORT)
    changed = capitalised(", ".join(kinds)) or DASH
    key = f"key project, rank {line.key_rank}" if line.key_rank else ""
    hold = "on hold" if line.stage == "on hold" else ""
    again = f"re-baselined {line.rebaselined}×" if line.rebaselined else ""
    return (
        Cell(f"{line.reference} {line.title}", note=", ".join(filter(None, (key, hold)))),
        Cell(line.service_area or DASH),
        Cell(look=report.rating),
        Cell(day_or_dash(line.agreed_finish), note=again),
        Cell(day_or_dash(line.forecast_finish)),
        Cell(days_late(line.slippage_days_original)),
        Cell(day_or_dash(line.updated_on), note="silent" if report.silent else ""),
        Cell(changed),
    )


def _card(report: ProjectReport, line: ProjectLine) -> Card:
    return Card(
        title=line.title,
        code=line.reference,
        marks=(Mark(report.rating, look(report.rating).word, line.stage),),
        picture=None,
        tables=(),
        facts=(Facts(tuple(_facts(report, line))),),
        details=_steps(report, line),
    )


def _facts(report: ProjectReport, line: ProjectLine) -> Iterator[tuple[str, str]]:
    news = [as_sentence(each.said) for each in report.news]
    yield "Since the report before", "\n".join(news) if news else "Nothing was reported and nothing moved."
    yield "Confidence", ratings_in_words(line.declared_confidence, line.computed_confidence)
    yield "Finish", finish_in_words(line)
    for each in report.rebaselines:
        on = f" on {day_short(each.agreed_on)}" if each.agreed_on else ""
        by = f" by {each.agreed_by}" if each.agreed_by else ""
        yield "Re-baselined", as_sentence(f"to {day_short(each.agreed_finish)}{on}{by}: {each.reason or 'no reason'}")
    if report.silent:
        yield "Silent", report.silent
    elif line.updated_on:
        yield "Latest update", day_short(line.updated_on)
    if report.done:
        yield "Done", report.done
    if report.next:
        yield "Next", report.next
    yield from _answers(report)
    who = (("managed by", line.manager), ("sponsored by", line.sponsor))
    people = [f"{what} {whom}" for what, whom in who if whom]
    if people:
        yield "Who", capitalised("; ".join(people))


def _answers(report: ProjectReport) -> Iterator[tuple[str, str]]:
    """What members ask of a red or amber project; how far behind stands with its finish."""
    unanswered = [question for question, answer in report.answers if not answer]
    for question, answer in report.answers:
        if answer and question != "how far behind":
            yield capitalised(question), answer
    if unanswered:
        yield NOT_ANSWERED, listed(unanswered)


def _steps(report: ProjectReport, line: ProjectLine) -> tuple[Table, ...]:
    if not report.milestones:
        return ()
    rows: Sequence[tuple[Cell, ...]] = [
        step_row(_as_line(each), each.days_late, is_overdue=each.is_overdue) for each in report.milestones
    ]
    return (Table(f"{line.reference}: milestones", STEPS, tuple(rows)),)


def _as_line(each: ReportedMilestone) -> MilestoneLine:
    return MilestoneLine(each.title, each.original_on, each.agreed_on, each.forecast_on, each.actual_on)

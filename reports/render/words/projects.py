"""The portfolio for the Board: which projects need attention and the answers members ask for, and the key projects."""

from collections.abc import Iterator, Sequence
from typing import Final

from config.ui.status import CONFIDENCES, look
from contracts.rules.months import day_short
from kpis.rules.figures import DASH
from reports.render.document import Block, Card, Cell, Column, Facts, Kind, Mark, Paragraph, Section, Subheading, Table
from reports.render.words import remarks
from reports.render.words.phrases import NOT_ANSWERED, as_sentence, counted, day_or_dash, days_late
from reports.rules.sentences import capitalised, day_in_words, listed
from reports.snapshot import BoardPaper, KeyProject, ProjectException

ASKED: Final = ("red", "amber")
DELAYED: Final = ("slipped", "overdue milestone")
CHANGED: Final = frozenset({"rebaselined", "completed", "entered key list", "left key list"})
TOLD_BEFORE: Final = (
    "more only changed: re-baselined, finished, or with another place on the key list. What changed since the last "
    "paper has a section of its own above."
)
NOT_KNOWN: Final = "not known yet"
OTHERS: Final = (
    Column("Project", width=2.4),
    Column("Why it stands here", width=3.3),
    Column("Original finish", Kind.DAY, width=1.35),
    Column("Forecast or actual", Kind.DAY, width=1.35),
    Column("Against original", width=1.2),
)
KEY: Final = (
    Column("Rank", width=0.6),
    Column("Project", width=2.1),
    Column("Why it is a key project", width=3.4),
    Column("Confidence", Kind.STATUS, width=1.3),
    Column("Forecast or actual finish", width=1.6),
)
NEAR: Final = (Column("Project", width=2.4), Column("Why it was not chosen", width=5))


def attention(paper: BoardPaper) -> Section:
    """Red and amber projects as cards with their answers, the others as one line each."""
    section = paper.projects
    by_project = _by_project(section.exceptions)
    title = f"Projects that need attention ({len(by_project)})"
    opening = Paragraph(portfolio_sentence(paper))
    if not by_project:
        none = Paragraph("No project needs the Board's attention: none is red, amber, late, overdue or silent.")
        return Section("attention", title, (none, opening))
    asked = [own for own in by_project if own[0].rule in ASKED]
    news = [own for own in by_project if _is_told_before(paper, own)]
    others = [own for own in by_project if own not in asked and own not in news]
    blocks: list[Block] = [opening, *(_card(paper, own) for own in asked)]
    if others:
        rows = tuple(_row(own) for own in others)
        blocks += [
            Subheading("Other projects to note"),
            Table("Projects that changed, slipped or fell silent", OTHERS, rows),
        ]
    if news:
        blocks.append(Paragraph(f"{capitalised(counted(len(news), 'project'))} {TOLD_BEFORE}"))
    references = [own[0].reference for own in (*others, *news)]
    blocks += remarks.of_lines((reference, remarks.on_project(paper, reference)) for reference in references)
    return Section("attention", title, tuple(blocks))


def key_projects(paper: BoardPaper) -> Section:
    """The governed list, in the Board's order, each with why it is on it."""
    key = paper.projects.key
    title = f"Key projects ({len(key)})"
    if not key:
        return Section("key", title, (Paragraph("No key projects have been proposed or decided yet."),))
    rest = "The whole list of projects is in Appendix B, so that members can check the choice."
    table = Table("Key projects by rank, with the reason for each", KEY, tuple(_key(project) for project in key))
    return Section("key", title, (Paragraph(f"{decided_in_words(paper)} {rest}"), table, *near_misses(paper)))


def decided_in_words(paper: BoardPaper) -> str:
    """Who stands behind the key list that is shown."""
    decided = paper.projects.key_decided_on
    if decided is None:
        return "Proposed by officers; the Board has not yet decided the list."
    return f"As the Board decided on {day_in_words(decided)}."


def near_misses(paper: BoardPaper) -> Iterator[Block]:
    """What was considered and not chosen, so that members need not ask whether it was."""
    rows = tuple((Cell(each.reference, note=each.title), Cell(each.reason)) for each in paper.projects.near_misses)
    if rows:
        yield Subheading("Considered and not chosen")
        yield Table("Projects that were considered for the key list, with the reason against each", NEAR, rows)


def portfolio_sentence(paper: BoardPaper) -> str:
    """The register in one breath: by stage, and by the confidence its managers declare. Both add up to it."""
    section = paper.projects
    stages = listed([f"{number:,} {stage}" for stage, number in section.by_stage.items() if number])
    ratings = listed(
        [f"{section.by_confidence[key]:,} {look(key).word.lower()}" for key in reversed(CONFIDENCES[:3])]
        + [f"{section.by_confidence['unrated']:,} not rated"]
    )
    if not section.in_register:
        return "The register holds no project."
    return f"The register holds {counted(section.in_register, 'project')}: {stages}. By declared confidence: {ratings}."


def rating(declared: str | None, computed: str | None) -> Cell:
    """The declared rating, and what the dates say where they disagree."""
    by_dates = f"{look(computed).word.lower()} by its dates" if computed and computed != declared else ""
    return Cell(look=declared or "unrated", note=by_dates)


def _is_told_before(paper: BoardPaper, lines: Sequence[ProjectException]) -> bool:
    """Whether the projects paper has said all of it already, among what changed since the last one."""
    has_news = paper.portfolio is not None and paper.portfolio.since is not None
    return has_news and all(line.rule in CHANGED for line in lines)


def _by_project(lines: Sequence[ProjectException]) -> list[list[ProjectException]]:
    """The lines of each project together, where its gravest stands."""
    by_project: dict[str, list[ProjectException]] = {}
    for line in lines:
        by_project.setdefault(line.reference, []).append(line)
    return list(by_project.values())


def _card(paper: BoardPaper, lines: Sequence[ProjectException]) -> Card:
    gravest, *others = lines
    return Card(
        title=gravest.title,
        code=gravest.reference,
        marks=(Mark(gravest.rule, look(gravest.rule).word, gravest.detail),),
        picture=None,
        tables=(),
        facts=remarks.on_card([Facts(tuple(_answers(gravest, others)))], remarks.on_project(paper, gravest.reference)),
    )


def _answers(line: ProjectException, others: Sequence[ProjectException]) -> Iterator[tuple[str, str]]:
    """What members ask of a late project; the questions nobody answered are named together."""
    green_on = line.returns_to_green_on
    answers = (
        ("How far behind", _behind(line)),
        ("Why", line.delay_cause),
        ("Who caused it", line.delay_party),
        ("What it costs", line.cost_effect),
        ("What it holds up", line.knock_on),
        ("Green again", day_in_words(green_on) if green_on else NOT_KNOWN if line.is_green_unknown else ""),
    )
    yield from (answer for answer in answers if answer[1])
    if line.unanswered:
        yield NOT_ANSWERED, listed(line.unanswered)
    if others:
        yield "Also", "; ".join(_why(other) for other in others)


def _behind(line: ProjectException) -> str:
    if line.slippage_days_original is None:
        return ""
    finish = line.actual_finish or line.forecast_finish
    when = f"{'finished' if line.actual_finish else 'forecast'} {day_short(finish)}" if finish else ""
    weeks = f"{line.slippage_weeks_original} weeks" if line.slippage_weeks_original else ""
    percent = f"{line.slippage_percent}% of the time first planned" if line.slippage_percent else ""
    more = ", ".join(part for part in (weeks, percent) if part and line.slippage_days_original)
    against = f"{days_late(line.slippage_days_original)} against the original {day_or_dash(line.original_finish)}"
    agreed = (
        f"; {days_late(line.slippage_days_agreed)} against the agreed {day_or_dash(line.agreed_finish)}"
        if line.slippage_days_agreed is not None and line.agreed_finish != line.original_finish
        else ""
    )
    return f"{against}{f' ({more})' if more else ''}{agreed}; {when}"


def _row(lines: Sequence[ProjectException]) -> tuple[Cell, ...]:
    line = lines[0]
    return (
        Cell(line.reference, note=line.title),
        Cell("\n".join(as_sentence(_why(each)) for each in lines), note=_said(lines)),
        Cell(day_or_dash(line.original_finish)),
        Cell(day_or_dash(line.actual_finish or line.forecast_finish)),
        Cell(days_late(line.slippage_days_original)),
    )


def _said(lines: Sequence[ProjectException]) -> str:
    """Why it is delayed, where it is; and that nobody said, in so many words."""
    asked = [line for line in lines if line.rule in DELAYED]
    if not asked:
        return ""
    line = asked[0]
    answers = (("Why", line.delay_cause), ("Who caused it", line.delay_party), ("What it costs", line.cost_effect))
    told = [as_sentence(f"{question}: {answer}") for question, answer in answers if answer]
    missing = [question for each in asked for question in each.unanswered]
    if missing:
        told.append(f"{NOT_ANSWERED}: {listed(list(dict.fromkeys(missing)))}.")
    return " ".join(told)


def _why(line: ProjectException) -> str:
    return f"{line.rule}: {line.detail}" if line.detail else line.rule


def _key(project: KeyProject) -> tuple[Cell, ...]:
    finish = project.actual_finish or project.forecast_finish
    late = days_late(project.slippage_days_original)
    return (
        Cell(str(project.rank)),
        Cell(project.reference, note=project.title),
        Cell(project.rationale or "no rationale recorded"),
        rating(project.declared_confidence, project.computed_confidence),
        Cell(
            day_or_dash(finish), note="" if late == DASH else f"{late}, original {day_or_dash(project.original_finish)}"
        ),
    )

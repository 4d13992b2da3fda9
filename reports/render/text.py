"""The exceptions of a period as plain text, for a terminal: the headline, the counts by month, one entry a line."""

from collections.abc import Iterator
from typing import Final

from config.ui.status import STATUSES, look
from contracts.rules.months import month_long, month_short, span_long
from reports.render.printable import printable
from reports.render.words.frame import contract_months
from reports.render.words.phrases import as_sentence, figure, level, months_in_words
from reports.snapshot import BoardPaper, ExceptionLine, MonthCounts, ResultLine

IN_FORCE: Final = "KPIs in force"
APART: Final = {"relief": "Mitigation relief", "recovered": "Recovered"}
"""The rules whose lines stand in a group of their own."""


def summary(paper: BoardPaper) -> str:
    """The text, ending with a line break."""
    return "\n".join(_lines(printable(paper))) + "\n"


def _lines(paper: BoardPaper) -> Iterator[str]:
    review = paper.review
    yield f"{paper.contract.title} ({paper.contract.reference})"
    yield (
        f"{span_long(review.from_, review.to)}, {contract_months(review.from_contract_month, review.to_contract_month)}"
    )
    yield ""
    yield paper.headline
    yield ""
    yield from _table(paper.history.months)
    yield from (as_sentence(failure.sentence) for failure in paper.earlier_failures)
    yield from _group("Exceptions", [line for line in paper.exceptions if line.rule not in APART])
    for rule, title in APART.items():
        yield from _group(title, [line for line in paper.exceptions if line.rule == rule])


def _group(title: str, lines: list[ExceptionLine]) -> Iterator[str]:
    yield ""
    yield f"{title} ({len(lines)})"
    for line in lines:
        yield ""
        yield from _exception(line)


def _table(months: tuple[MonthCounts, ...]) -> Iterator[str]:
    """The statuses down, the months across; every column adds up to its last line."""
    rows = [(look(status).word, [str(getattr(month, status)) for month in months]) for status in STATUSES]
    rows.append((IN_FORCE, [str(month.in_force) for month in months]))
    if any(month.provisional for month in months):
        rows.append(("of these provisional", [str(month.provisional) for month in months]))
    heads = [month_short(month.month) for month in months]
    first = max(len(name) for name, _ in rows)
    for name, cells in [("", heads), *rows]:
        yield (f"{name:<{first}}" + "".join(f"{cell:>10}" for cell in cells)).rstrip()


def _exception(line: ExceptionLine) -> Iterator[str]:
    word = APART.get(line.rule) or look(line.rule).word
    yield f"{line.kpi} {line.name}"
    yield f"  {word}, {months_in_words(line.months)}: {line.run}"
    yield from (f"  {_result(line, result)}" for result in line.results if result.month in line.months)
    told = (
        ("Cause", line.cause),
        ("Effect on council services", line.effect),
        ("Remedy", line.remedy),
        ("Expected recovery", month_long(line.recovery_month) if line.recovery_month else ""),
    )
    yield from (f"  {what}: {text}" for what, text in told if text)


def _result(line: ExceptionLine, result: ResultLine) -> str:
    if result.value is None:
        return f"{month_short(result.month)}: {result.not_measured_reason or 'no figure and no reason given'}"
    against = ""
    if result.target is not None and result.minimum is not None:
        against = f" (target {level(line, result.target)}, minimum {level(line, result.minimum)})"
    provisional = ", provisional" if result.provisional else ""
    return f"{month_short(result.month)}: {figure(line, result.value)}{against}{provisional}"

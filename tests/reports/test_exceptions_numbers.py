"""Every number on the exceptions page is the one that the raw rows give, and nothing that they give is left out."""

import re
from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from django.test import Client

from contracts.models import Contract
from contracts.rules.months import month_key
from contracts.services import set_demonstration_day
from reports.snapshot import BoardPaper
from tests.reports import raw
from tests.reports.chance import chance_contract
from tests.reports.exceptions_html import (
    ARTICLE,
    cards_of,
    counted,
    html_of,
    judged,
    news_of,
    plain,
    section,
    signed_in,
)
from tests.reports.raw_words import in_words, level_in_words, listed, month_in_words
from tests.reports.test_exceptions_page import MISSES, PERIODS, TODAY

FIGURES = re.compile(r'<p class="app-card__figures">(.*?)</p>', re.DOTALL)
RELIEVED = re.compile(r'app-card__code">([^<]+)</span></h4>\s*<p class="app-card__figures">(.*?)</p>', re.DOTALL)
BRIEF = re.compile(r'<li id="([^"]+)">(.*?)</li>', re.DOTALL)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
STATUSES = (*raw.STATUSES, "in_force")


@pytest.fixture
def reader(demonstration: Contract) -> Client:
    set_demonstration_day(on=TODAY)
    return signed_in(demonstration, demonstration.service_areas.get(code="PM"))


def assert_every_number(html: str, paper: BoardPaper, numbers: raw.Json) -> None:
    """The KPIs' against the raw rows; what the register of projects counts has tests of its own."""
    assert paper.headline in plain(html)
    _assert_news(html, paper, numbers)
    _assert_months(html, numbers)
    _assert_exceptions(html, numbers)
    _assert_gaps(html, numbers)
    _assert_reliefs(html, numbers)
    assert counted(html, "changes") == len(paper.kpi_changes)
    assert counted(html, "requests") == len(paper.requests)
    _assert_projects(html, paper)


def _assert_news(html: str, paper: BoardPaper, numbers: raw.Json) -> None:
    since = numbers["since_last"]
    completed = len({line.reference for line in paper.projects.exceptions if line.rule == "completed"})
    slipped = len({line.reference for line in paper.projects.exceptions if line.rule == "slipped"})
    expected = {
        "recovered": since["recovered"],
        "worsening": since["worsening"],
        "continuing": since["continuing"],
        "came under relief": since["reliefs_begun"],
        "no longer under relief": since["reliefs_ended"],
        "still under relief": since["reliefs_continuing"],
        f"project{'' if slipped == 1 else 's'} slipped": slipped,
        f"project{'' if completed == 1 else 's'} completed": completed,
    }
    assert news_of(html) == {words: number for words, number in expected.items() if number} | {"new": since["new"]}


def _assert_months(html: str, numbers: raw.Json) -> None:
    """Each count is a link to just those KPIs, and nought is none."""
    months = numbers["history"]["months"]
    found = re.findall(r'href="[^"]*\?from=([\d-]+)&amp;to=([\d-]+)(?:&amp;status=(\w+))?">(\d+)<', html)
    expected = [
        (month["month"], month["month"], "" if status == "in_force" else status, str(month[status]))
        for month in months
        for status in STATUSES
        if month[status]
    ]
    assert sorted(found) == sorted(expected)


def _assert_exceptions(html: str, numbers: raw.Json) -> None:
    lines = [line for line in numbers["exceptions"] if line["rule"] in MISSES]
    assert counted(html, "exceptions") == len({line["kpi"] for line in lines})
    markup = section(html, "exceptions")
    cards = dict(ARTICLE.findall(markup))
    told = {code: plain(figures) for code, card in cards.items() for figures in FIGURES.findall(card)}
    told |= {code: plain(row).rpartition(": ")[2] for code, row in BRIEF.findall(markup)}
    assert told == {**_misses(numbers, lines, set(cards)), **_recoveries(numbers)}
    for code, card in cards.items():
        rules = re.findall(r'app-card__rule">.*?<use href="#shape-([a-z-]+)"', card)
        own = [line["rule"].replace("_", "-") for line in lines if line["kpi"] == code]
        assert rules == sorted(own, key=("below-minimum", "below-target").index), code


def _misses(numbers: raw.Json, lines: list[dict[str, Any]], cards: set[str]) -> dict[str, str]:
    """By code the figures of the months that missed, with the levels of the last; a card has them without a comma."""
    months: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        months[line["kpi"]].update(line["months"])
    return {
        code: figures_in_words(numbers, code, own, between=" " if code in cards else ", ")
        for code, own in months.items()
    }


def figures_in_words(numbers: raw.Json, code: str, months: set[str], between: str = " ") -> str:
    (kpi,) = (kpi for area in numbers["areas"] for kpi in area["kpis"] if kpi["kpi"] == code)
    hit = [each for each in kpi["results"] if each["month"] in months]
    said = [
        f"{in_words(kpi, each['value'])} in {month_in_words(each['month'])}"
        + (" (provisional)" if each["provisional"] else "")
        for each in hit
        if each["value"] is not None
    ]
    said = [f"{len(said) - 5} earlier months", *said[-5:]] if len(said) > 6 else said
    levels = [each for each in hit if each["target"] is not None][-1:]
    words = [
        f"target {level_in_words(kpi, each['target'])}, minimum {level_in_words(kpi, each['minimum'])}"
        for each in levels
    ]
    return between.join(filter(None, (listed(said), *words)))


def _recoveries(numbers: raw.Json) -> dict[str, str]:
    found = {}
    for line in numbers["exceptions"]:
        if line["rule"] == "recovered":
            (kpi,) = (kpi for area in numbers["areas"] for kpi in area["kpis"] if kpi["kpi"] == line["kpi"])
            results = {each["month"]: each for each in kpi["results"]}
            latest = kpi["results"][-1]
            said = [
                f"{in_words(kpi, each['value'])} in {month_in_words(each['month'])}"
                for each in (results.get(line["months"][-1]), latest)
                if each
            ]
            found[line["kpi"]] = f"{', then '.join(said)}, target {level_in_words(kpi, latest['target'])}"
    return found


def _assert_gaps(html: str, numbers: raw.Json) -> None:
    gaps = {line["kpi"] for line in numbers["exceptions"] if line["rule"] in ("missing", "not_measured")}
    is_there = re.search(r'<h2[^>]*id="gaps"', html) is not None
    assert is_there == bool(gaps)
    shown = re.findall(r"[A-Z]+_KPI_\d+(?=</span>)", section(html, "gaps")) if is_there else []
    assert set(shown) == gaps
    assert not is_there or counted(html, "gaps") == len(gaps)


def _assert_reliefs(html: str, numbers: raw.Json) -> None:
    reliefs = {f"relief-{each['reference']}": each for each in numbers["reliefs"]}
    assert counted(html, "reliefs") == len(reliefs)
    cards = cards_of(section(html, "reliefs"))
    assert set(cards) == set(reliefs)
    for anchor, card in ARTICLE.findall(section(html, "reliefs")):
        relief = reliefs[anchor]
        lines = [
            line for line in numbers["exceptions"] if line["rule"] == "relief" and line["relief"] == relief["reference"]
        ]
        assert set(re.findall(r"\b[A-Z]+_KPI_\d+\b", cards[anchor])) == {line["kpi"] for line in lines}, anchor
        told = {code: plain(figures) for code, figures in RELIEVED.findall(card)}
        told |= {code: plain(row).rpartition(": ")[2] for code, row in BRIEF.findall(card)}
        missed = {line["kpi"]: _missed_under_relief(numbers, line) for line in lines}
        assert told == {
            code: figures_in_words(numbers, code, months, between=", " if f'<li id="{code}"' in card else " ")
            for code, months in missed.items()
            if months
        }
        age = relief["age_months"]
        months_old = f"{NUMBERS[age] if age < 10 else age} {'month' if age == 1 else 'months'} old"
        assert plain(card).startswith(("Relief in force ", "Relief ended "))
        assert f" {months_old} " in f" {plain(card)} "
        assert ("it is time to set its last month" in cards[anchor]) == relief["is_stale"]


def _missed_under_relief(numbers: raw.Json, line: raw.Json) -> set[str]:
    (kpi,) = (kpi for area in numbers["areas"] for kpi in area["kpis"] if kpi["kpi"] == line["kpi"])
    excused = {each["month"] for each in kpi["results"] if each["contractual"] == "relief_granted"}
    return excused & set(line["months"])


def _assert_projects(html: str, paper: BoardPaper) -> None:
    needing = {line.reference for line in paper.projects.exceptions}
    assert counted(html, "projects") == len(needing) == paper.since_last.projects_needing_attention
    late = {line.reference: line.slippage_days_original for line in paper.projects.exceptions}
    printed = re.findall(r'rowheader"><a[^>]*>([^<]+)</a>.*?</th><td.*?</td><td role="cell">([^<]*)<', html)
    assert dict(printed) == {reference: late_in_words(days) for reference, days in late.items()}


def late_in_words(days: int | None) -> str:
    if not days:
        return "—" if days is None else "on time"
    return f"{abs(days):,} {'day' if abs(days) == 1 else 'days'} {'late' if days > 0 else 'early'}"


def numbers_of(contract: Contract, paper: BoardPaper, first: str, last: str) -> raw.Json:
    return raw.worked_out(contract, first, last, history_from=month_key(paper.history.from_))


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_number_of_the_demonstration_is_that_of_its_rows(
    first: str, last: str, demonstration: Contract, reader: Client
) -> None:
    paper = judged(demonstration, first, last)
    html = html_of(reader, demonstration, first, last)
    assert_every_number(html, paper, numbers_of(demonstration, paper, first, last))


@pytest.mark.parametrize("seed", range(20, 26))
def test_every_number_of_any_contract_is_that_of_its_rows(seed: int, today: date) -> None:
    contract = chance_contract(seed, today)
    client = signed_in(contract, contract.service_areas.all()[0])
    for first, last in (("2016-09", "2016-09"), ("2017-02", "2017-06"), ("2016-07", "2018-02"), ("2018-02", "2018-02")):
        paper = judged(contract, first, last)
        html = html_of(client, contract, first, last)
        assert_every_number(html, paper, numbers_of(contract, paper, first, last))

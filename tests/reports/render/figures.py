"""
Every figure of a paper's JSON, and where a reader must find it: in which section, on which line, under which heading.

Said apart from the words of the paper, straight from its JSON: so a paper that says something else is found out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from config.ui.status import STATUSES, look

Json = Mapping[str, Any]
MISSES: Final = ("below_minimum", "below_target", "relief")
SHORT: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IN_ALL: Final = "In the register"
DAYS: Final = (
    ("Original finish", "original_finish"),
    ("Agreed finish", "agreed_finish"),
    ("Forecast finish", "forecast_finish"),
    ("Actual finish", "actual_finish"),
    ("Last update", "updated_on"),
    ("Expected commissioning", "expected_commission_on"),
)
AT_A_GLANCE: Final = ("Agreed finish", "Forecast finish", "Last update")


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A figure of the JSON: the section and card it stands in, how its line begins, its column, and itself.

    A date is looked for as it is printed, a number as a number however it is spelled.
    """

    section: str
    line: str
    column: str
    value: str
    code: str = ""

    @property
    def place(self) -> str:
        return ": ".join(filter(None, (self.section, self.code, self.line, self.column)))


def figures(paper: Json) -> Iterator[Figure]:
    """All of them, by section; what is blank in the JSON is no figure."""
    yield from (each for make in (_months, _kpis, _errata, _projects, _portfolio, _money) for each in make(paper))


def _months(paper: Json) -> Iterator[Figure]:
    for month in paper["history"]["months"]:
        for status in STATUSES:
            yield Figure("months", look(status).word, month_short(month["month"]), str(month[status]))
        yield Figure("months", "KPIs in force", month_short(month["month"]), str(month["in_force"]))


def _kpis(paper: Json) -> Iterator[Figure]:
    shown_from = paper["review"]["from"] if paper["kind"] == "addendum" else ""
    for area in paper["areas"]:
        for kpi in area["kpis"]:
            for result in kpi["results"]:
                if result["month"] >= shown_from:
                    yield from _result("results", kpi["kpi"], result)
                    yield from _levels(kpi["kpi"], result)
    for line in paper["exceptions"]:
        if line["rule"] in MISSES:
            section = "reliefs" if line["rule"] == "relief" else "exceptions"
            for result in line["results"]:
                yield from _on_card(section, line["kpi"], result)
        elif line["rule"] == "recovered":
            by_month = {result["month"]: result for result in line["results"]}
            missed, last = by_month[line["months"][-1]], by_month[max(by_month)]
            yield Figure("exceptions", line["kpi"], "Last miss", missed["value"])
            yield Figure("exceptions", line["kpi"], "Latest result", last["value"])


def _result(section: str, line: str, result: Json) -> Iterator[Figure]:
    if result["value"] is not None:
        yield Figure(section, line, month_short(result["month"]), result["value"])


def _levels(code: str, result: Json) -> Iterator[Figure]:
    for level in (result["target"], result["minimum"]):
        if level is not None:
            yield Figure("results", code, "Target and minimum", level)


def _on_card(section: str, code: str, result: Json) -> Iterator[Figure]:
    month = month_short(result["month"])
    for line, value in (("Result", result["value"]), ("Target,", result["target"]), ("Minimum,", result["minimum"])):
        if value is not None:
            yield Figure(section, line, month, value, code)


def _errata(paper: Json) -> Iterator[Figure]:
    for section, key in (("errata", "errata"), ("exempt-errata", "exempt_errata")):
        for each in paper.get(key, ()):
            if max(len(each["printed"]), len(each["should_read"])) <= 40:
                yield Figure(section, each["place"], "Printed", each["printed"])
                yield Figure(section, each["place"], "Should read", each["should_read"])


def _projects(paper: Json) -> Iterator[Figure]:
    found = paper["projects"]
    if paper["kind"] != "operational":
        for project in found["register"]:
            for heading, key in DAYS:
                yield from _day("projects", project["reference"], heading, project[key])
            yield from _slipped("projects", project["reference"], "Against original", project)
        for project in found["exceptions"]:
            yield from _day("attention", project["reference"], "Original finish", project["original_finish"])
            yield from _slipped("attention", project["reference"], "Against original", project)
        for project in found["key"]:
            if paper["kind"] == "report":
                yield Figure("key", str(project["rank"]), "Rank", str(project["rank"]))
            for milestone in project["milestones"]:
                yield from _milestone("milestones", project["reference"], milestone)
    else:
        for project in found["register"]:
            for heading, key in DAYS:
                if heading in AT_A_GLANCE:
                    yield from _day("glance", project["reference"], heading, project[key])
            yield from _slipped("glance", project["reference"], "Against original", project)


def _milestone(section: str, code: str, milestone: Json) -> Iterator[Figure]:
    for heading, key in (("Original", "original_on"), ("Agreed", "agreed_on"), ("Forecast", "forecast_on"),
                         ("Actual", "actual_on")):  # fmt: skip
        yield from _day(section, milestone["title"], heading, milestone[key], code)


def _portfolio(paper: Json) -> Iterator[Figure]:
    part = paper.get("portfolio")
    if not part:
        return
    found = paper["projects"]
    for stage, number in found["by_stage"].items():
        yield Figure("numbers", stage.capitalize(), "Projects", str(number))
    declared = Counter((each["stage"], each["declared_confidence"] or "unrated") for each in found["register"])
    for heading, key in (("Red", "red"), ("Amber", "amber"), ("Green", "green"), ("Not rated", "unrated")):
        yield Figure("numbers", IN_ALL, heading, str(found["by_confidence"][key]))
        for stage in found["by_stage"]:
            yield Figure("numbers", stage.capitalize(), heading, str(declared[stage, key]))
    for change in part["key_changes"]:
        if change["change"] != "moved":
            for heading, key in (("Rank", "rank"), ("Before", "rank_before")):
                if change[key] is not None:
                    yield Figure("news", change["reference"], heading, str(change[key]))
    for report in part["reports"]:
        for milestone in report["milestones"]:
            yield from _milestone("", report["reference"], milestone)
    plan = part["plan"]
    if plan:
        listed: Iterable[Json] = [item for month in plan["months"] for item in month["items"]]
        for item in listed:
            yield from _day("plan-items", item["reference"], "Day", item["on"])
        for item in plan["overdue"]:
            yield from _day("plan", item["reference"], "Day", item["on"])
        yield Figure("plan", "Overdue", "In all", str(len(plan["overdue"])))


def _money(paper: Json) -> Iterator[Figure]:
    money = (paper.get("portfolio") or {}).get("money")
    if not money:
        return
    for year in money["years"]:
        for heading, value in (("Funding", year["funding"]), ("Projects finishing", str(year["projects"]))):
            if value is not None:
                yield Figure("money", year["year"], heading, value)
        yield from _sum(year["year"], "Their forecast cost", year["forecast_cost"], year["projects"])
    for stage in (*money["stages"], money["whole"] | {"stage": IN_ALL}):
        yield Figure("money", stage["stage"].capitalize(), "Projects", str(stage["projects"]))
        for heading, key in (("Budget", "budget"), ("Forecast cost", "forecast_cost"),
                             ("Spent to date", "spent_to_date")):  # fmt: skip
            yield from _sum(stage["stage"].capitalize(), heading, stage[key], stage["projects"])
    for fund in money["funds"]:
        yield Figure("money", fund["year"], "Amount", fund["amount"])
    for over in money["overspends"]:
        for heading, key in (("Budget", "budget"), ("Forecast cost", "forecast_cost"),
                             ("Spent to date", "spent_to_date")):  # fmt: skip
            if over[key] is not None:
                yield Figure("money", over["reference"], heading, over[key])


def _sum(line: str, heading: str, total: Json, projects: int) -> Iterator[Figure]:
    if total["without"] < projects:
        yield Figure("money", line, heading, total["amount"])
    if total["without"]:
        yield Figure("money", line, heading, str(total["without"]) if total["without"] < projects else "no figure")


def _day(section: str, line: str, heading: str, value: str | None, code: str = "") -> Iterator[Figure]:
    if value:
        yield Figure(section, line, heading, day_short(value), code)


def _slipped(section: str, line: str, heading: str, project: Json) -> Iterator[Figure]:
    days = project["slippage_days_original"]
    if days:
        yield Figure(section, line, heading, str(abs(days)))
    elif days == 0:
        yield Figure(section, line, heading, "on time")


def month_short(month: str) -> str:
    year, number = month.split("-")
    return f"{SHORT[int(number) - 1]} {year}"


def day_short(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {SHORT[day.month - 1]} {day.year}"

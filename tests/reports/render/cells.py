"""Which rows of a paper's JSON its data tables hold, said apart from what writes the spreadsheet and the CSV files."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Json = Mapping[str, Any]
SUMS: Final = ("budget", "forecast_cost", "spent_to_date")


def rows_of(paper: Json) -> dict[str, list[dict[str, Any]]]:
    """The rows by the key of their table, in order, under the keys of its columns."""
    return {key: list(make(paper)) for key, make in ROWS.items()}


def _exceptions(paper: Json) -> Iterator[dict[str, Any]]:
    for line in paper["exceptions"]:
        (last,) = (result for result in line["results"] if result["month"] == line["months"][-1])
        yield {**line, **{key: last[key] for key in ("value", "target", "minimum")}}


def _results(paper: Json) -> Iterator[dict[str, Any]]:
    for area in paper["areas"]:
        for kpi in area["kpis"]:
            for result in kpi["results"]:
                yield {**result, "kpi": kpi["kpi"]}


def _milestones(paper: Json) -> Iterator[dict[str, Any]]:
    projects = _part(paper).get("reports") or () if paper["kind"] == "operational" else paper["projects"]["key"]
    for project in projects:
        for milestone in project["milestones"]:
            yield {**milestone, "project": project["reference"]}


def _news(paper: Json) -> Iterator[dict[str, Any]]:
    part = _part(paper)
    yield from (each for report in part.get("reports", ()) for each in report["news"])
    yield from part.get("news", ())


def _plan(paper: Json) -> Iterator[dict[str, Any]]:
    plan = _part(paper).get("plan")
    if plan:
        yield from plan["overdue"]
        yield from (item for month in plan["months"] for item in month["items"])
        yield from (*plan["beyond"], *plan["undated"])


def _years(paper: Json) -> Iterator[dict[str, Any]]:
    money = _part(paper).get("money")
    if money:
        for year in money["years"]:
            yield {**_flat(year), "financial_year": year["year"]}


def _stages(paper: Json) -> Iterator[dict[str, Any]]:
    money = _part(paper).get("money")
    if money:
        yield from map(_flat, (*money["stages"], money["whole"]))


def _flat(sums: Json) -> dict[str, Any]:
    """Each sum as its amount, and how many are not in it."""
    flat = dict(sums)
    for key in SUMS:
        total = sums.get(key)
        if isinstance(total, Mapping):
            flat |= {key: total["amount"], f"without_{key}": total["without"]}
    return flat


def _of_money(key: str) -> Callable[[Json], Iterator[Any]]:
    return lambda paper: iter((_part(paper).get("money") or {}).get(key, ()))


def _part(paper: Json) -> Json:
    return paper.get("portfolio") or {}


ROWS: Final[dict[str, Callable[[Json], Iterator[Any]]]] = {
    "requests": lambda paper: iter(paper["requests"]),
    "months": lambda paper: iter(paper["history"]["months"]),
    "exceptions": _exceptions,
    "reliefs": lambda paper: iter(paper["reliefs"]),
    "kpi_changes": lambda paper: iter(paper["kpi_changes"]),
    "errata": lambda paper: iter(paper["errata"]),
    "exempt_errata": lambda paper: iter(paper.get("exempt_errata", ())),
    "project_exceptions": lambda paper: iter(paper["projects"]["exceptions"]),
    "key_projects": lambda paper: iter(paper["projects"]["key"]),
    "milestones": _milestones,
    "results": _results,
    "projects": lambda paper: iter(paper["projects"]["register"]),
    "news": _news,
    "key_changes": lambda paper: iter(_part(paper).get("key_changes", ())),
    "plan": _plan,
    "updates": lambda paper: iter(_part(paper).get("reports", ())),
    "money_years": _years,
    "money_stages": _stages,
    "funding": _of_money("funds"),
    "overspends": _of_money("overspends"),
}

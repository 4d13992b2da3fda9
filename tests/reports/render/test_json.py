"""The JSON holds every key of the published format, of the kind it says, in the order it says."""

import json
import re
from typing import Any

import pytest

from reports.snapshot import from_json
from tests.reports.render.rendered import content, paper

MONTH = re.compile(r"\d{4}-\d{2}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DECIMAL = re.compile(r"-?\d+(\.\d+)?")
STATUSES = {"target_met", "below_target", "below_minimum", "not_measured", "missing"}
RULES = {"below_minimum", "below_target", "relief", "not_measured", "missing", "recovered"}
PROJECT_RULES = {"red", "amber", "slipped", "overdue milestone", "silent", "rebaselined", "completed"}
RATINGS = {"red", "amber", "green"}

COUNTS = dict.fromkeys(
    ("contract_month", "in_force", "target_met", "below_target", "below_minimum", "relief_granted", "not_measured"), int
)
RESULT = {
    "month": MONTH,
    "contract_month": int,
    "value": (DECIMAL, None),
    "target": (DECIMAL, None),
    "minimum": (DECIMAL, None),
    "measured": STATUSES,
    "contractual": STATUSES | {"relief_granted"},
    "provisional": bool,
}
FORMAT: dict[str, Any] = {
    "schema": {1},
    "kind": {"report", "addendum", "projects"},
    "status": {"draft", "signed off", "published"},
    "contract": {"reference": str, "title": str, "authority": str, "supplier": str},
    "meeting": {"board": str, "meeting_on": DAY, "publish_by": DAY},
    "review": {"from": MONTH, "to": MONTH},
    "history": {"from": MONTH, "to": MONTH},
    "headline": str,
    "months": [{"month": MONTH, **COUNTS, "missing": int, "provisional": int}],
    "exceptions": [
        {
            "kpi": str,
            "service_area": str,
            "name": str,
            "rule": RULES,
            "state": {"new", "continuing", "worsening", "recovered"},
            "run_length": int,
            "months": [MONTH],
            "results": [RESULT],
            "cause": str,
            "effect": str,
            "remedy": str,
            "recovery_month": (MONTH, None),
        }
    ],
    "reliefs": [
        {
            "reference": str,
            "kpis": [str],
            "from_month": MONTH,
            "to_month": (MONTH, None),
            "age_months": int,
            "cause": str,
            "narrative": str,
        }
    ],
    "kpi_changes": [
        {"kpi": str, "change": {"added", "ended", "retargeted"}, "month": MONTH, "detail": str, "reason": str}
    ],
    "projects": {
        "in_register": int,
        "by_stage": {"in flight": int},
        "by_confidence": {"red": int, "amber": int, "green": int, "unrated": int},
        "key": [{"rank": int, "reference": str, "title": str, "rationale": str}],
        "exceptions": [
            {
                "reference": str,
                "rule": PROJECT_RULES,
                "slippage_days_original": (int, None),
                "slippage_days_agreed": (int, None),
                "computed_confidence": (RATINGS, None),
                "declared_confidence": (RATINGS, None),
            }
        ],
    },
    "requests": [
        {
            "reference": str,
            "raised_on": DAY,
            "text": str,
            "due_meeting": (DAY, None),
            "status": {"open", "answered", "closed"},
        }
    ],
    "errata": [{"place": str, "printed": str, "should_read": str, "because": str}],
}


def breaches(value: Any, format: Any, place: str) -> list[str]:
    """Where a value departs from the format: a type, a pattern, a set of words, or either of several."""
    match format:
        case dict():
            lacking = [f"{place}.{key} is missing" for key in format if key not in value]
            inside = [breaches(value[key], each, f"{place}.{key}") for key, each in format.items() if key in value]
            return lacking + [breach for found in inside for breach in found]
        case list():
            return [breach for n, item in enumerate(value) for breach in breaches(item, format[0], f"{place}[{n}]")]
        case tuple():
            return [] if any(not breaches(value, each, place) for each in format) else [f"{place} is {value!r}"]
        case re.Pattern():
            is_right = isinstance(value, str) and format.fullmatch(value) is not None
        case set():
            is_right = value in format
        case None:
            is_right = value is None
        case _:
            is_right = type(value) is format
    return [] if is_right else [f"{place} is {value!r}"]


@pytest.mark.parametrize("sample", ["small", "nothing_failed", "many_failures", "long_history", "empty", "addendum"])
def test_every_documented_key_is_there_and_of_its_kind(sample: str) -> None:
    assert breaches(json.loads(content(sample, "json")), FORMAT, "paper") == []


def test_the_small_paper_has_something_under_every_key() -> None:
    plain = json.loads(content("small", "json"))
    assert all(plain[key] for key in FORMAT)
    assert all(plain["projects"][key] for key in FORMAT["projects"])


def test_the_keys_come_in_the_order_of_the_format() -> None:
    plain = json.loads(content("small", "json"))
    assert [key for key in plain if key in FORMAT] == list(FORMAT)


def test_the_months_are_those_of_the_review_and_the_history_has_its_own() -> None:
    plain = json.loads(content("small", "json"))
    assert [counts["month"] for counts in plain["months"]] == ["2017-11", "2017-12", "2018-01"]
    assert plain["history"]["months"][0]["month"] == "2017-08"
    assert len(plain["history"]["months"]) == 6


def test_the_counts_of_every_month_add_up() -> None:
    for sample in ("small", "nothing_failed", "many_failures", "large"):
        for month in json.loads(content(sample, "json"))["history"]["months"]:
            parts = [month[key] for key in (*STATUSES, "relief_granted")]
            assert sum(parts) == month["in_force"]


@pytest.mark.parametrize("sample", ["small", "many_failures", "hostile", "without_meeting"])
def test_the_paper_comes_back_as_it_was(sample: str) -> None:
    assert from_json(content(sample, "json").decode()) == paper(sample)

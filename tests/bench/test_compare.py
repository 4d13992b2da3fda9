"""Two runs beside each other, and the table that the README shows of the last one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import table
from bench.compare import judge
from bench.goals import GOALS, Part, judged

COMPARE = Path(__file__).resolve().parents[2] / "bench" / "compare.py"


def row(figure: float | None, *, met: bool | None = True, strays: float = 0.0, goal: str = "≤ 4") -> dict[str, Any]:
    return {"what": "a page", "goal": goal, "figure": figure, "strays": strays, "met": met}


def run(*goals: dict[str, Any]) -> dict[str, Any]:
    machine = {
        "processor": "A processor", "processors": 2, "memory GB": 8, "python": "3.11.7", "postgresql": "18.6",
        "load before": 0.1, "load after": 0.4,
    }  # fmt: skip
    shape = {"contracts": 100, "results": 540_000, "projects": 29_850}
    return {
        "began": "2022-03-14T09:30:00+00:00", "machine": machine, "shape": shape, "rounds": 40, "goals": list(goals),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "word"),
    [
        (row(3.0), row(3.2), ""),
        (row(3.0), row(3.4), "worse"),
        (row(3.0, strays=0.3), row(3.4), ""),
        (row(3.0), row(3.4, strays=0.3), ""),
        (row(3.0), row(2.5), "better"),
        (row(3.9), row(4.1, met=False), "GOAL LOST"),
        (row(4.1, met=False), row(3.9), "goal reached"),
        (row(0.5, goal="≥ 0.2"), row(0.4, goal="≥ 0.2"), "worse"),
        (row(0.5, goal="≥ 0.2"), row(0.6, goal="≥ 0.2"), "better"),
        (row(3.0), row(None, met=None), "NOT MEASURED"),
        (row(None, met=None), row(3.0), ""),
        (None, row(3.0), ""),
        (row(0.0, goal="≤ 0"), row(0.0, goal="≤ 0"), ""),
        (row(0.0, goal="≤ 0"), row(1.0, goal="≤ 0", met=False), "GOAL LOST"),
    ],
)
def test_what_became_of_a_goal(was: dict[str, Any] | None, now: dict[str, Any], word: str) -> None:
    assert judge(was, now) == word


@pytest.mark.parametrize(("figure", "met", "code"), [(3.9, True, 0), (4.1, False, 1)])
def test_a_lost_goal_fails_the_comparison(tmp_path: Path, figure: float, met: bool, code: int) -> None:
    paths = tmp_path / "old.json", tmp_path / "new.json"
    for path, each in zip(paths, (row(3.5), row(figure, met=met)), strict=True):
        path.write_text(json.dumps(run(each)))
    done = subprocess.run([sys.executable, COMPARE, *paths], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert f"| a page | ≤ 4 | 3.5 | {figure} |" in done.stdout


def test_a_goal_that_the_new_run_knows_no_more_fails_the_comparison(tmp_path: Path) -> None:
    paths = tmp_path / "old.json", tmp_path / "new.json"
    for path, goals in zip(paths, ([row(3.5)], []), strict=True):
        path.write_text(json.dumps(run(*goals)))
    done = subprocess.run([sys.executable, COMPARE, *paths], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "| a page | ≤ 4 | 3.5 |  |  | NOT MEASURED |" in done.stdout


def test_every_goal_is_a_row_whether_it_was_measured_or_not() -> None:
    goal = GOALS[0]
    rows = judged({"pages": Part({goal.figure: 4.5}, {goal.figure: 0.1}, {})})
    assert [each["what"] for each in rows] == [each.figure for each in GOALS]
    assert rows[0] == {"what": goal.figure, "goal": "≤ 4", "figure": 4.5, "strays": 0.1, "met": False}
    assert {each["met"] for each in rows[1:]} == {None}


def test_the_table_names_the_day_the_machine_and_what_was_missed() -> None:
    told = table.table(run(row(3.456), row(4.1, met=False), row(None, met=None)))
    assert told.startswith("Monday 14 March 2022, 2 × A processor, 8 GB, Python 3.11.7, PostgreSQL 18.6; 40 rounds")
    assert "| a page | ≤ 4 | 3.46 | yes |\n| a page | ≤ 4 | 4.10 | **no** |\n| a page | ≤ 4 |  | not measured |" in told


def test_a_goal_missed_by_a_hair_does_not_look_met() -> None:
    assert "| a page | ≤ 4 | 4.003 | **no** |" in table.table(run(row(4.0031, met=False)))


def test_a_run_on_less_than_its_rows_name_is_not_put_into_the_readme(tmp_path: Path) -> None:
    small = run(row(3.5))
    small["shape"]["results"] = 16_200
    (tmp_path / "small.json").write_text(json.dumps(small))
    before = table.README.read_bytes()
    done = subprocess.run(
        [sys.executable, COMPARE.with_name("table.py"), tmp_path / "small.json", "--readme"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "run bench/run.py without --small" in done.stderr
    assert table.README.read_bytes() == before


def test_a_new_table_takes_the_place_of_the_last_one() -> None:
    readme = f"Before.\n{table.BEGIN}\nOld.\n{table.END}\nAfter.\n"
    once = table.put(readme, "New.\n")
    assert once == f"Before.\n{table.BEGIN}\nNew.\n{table.END}\nAfter.\n"
    assert table.put(once, "New.\n") == once


def test_the_readme_has_a_place_for_it() -> None:
    readme = table.README.read_text()
    assert readme.index(table.BEGIN) < readme.index(table.END)

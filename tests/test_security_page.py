"""The security page names a test for each promise, and each of them is there."""

import ast
import re
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PROMISE = re.compile(r"^\| (?!Promise)(?!-)(?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)


def test_every_promise_names_a_test() -> None:
    rows = list(PROMISE.finditer(PAGE.read_text("utf-8")))
    assert len(rows) > 10
    assert [row["promise"] for row in rows if not NAMED.search(row["tests"])] == []


def test_every_test_that_is_named_is_there() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    assert [f"{file}::{name}" for file, name in named if name not in _tests_of(ROOT / file)] == []


def test_what_pytest_does_not_run_is_not_taken_for_a_test(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(
        "def test_it(): ...\ndef laid(): ...\n"
        "class TestIt:\n    def test_this(self): ...\n    def laid_here(self): ...\n"
        "class Scene:\n    def test_none(self): ...\n"
        "def test_around():\n    def test_inside(): ...\n"
    )
    assert _tests_of(file) == {"test_it", "test_this", "test_around"}
    assert _tests_of(file.rename(tmp_path / "some.py")) == set()


def _tests_of(file: Path) -> set[str]:
    """The names of what pytest runs of a file: functions of a module of tests, and of the classes of tests in it."""
    if not (file.name.startswith("test_") and file.exists()):
        return set()
    module = ast.parse(file.read_text("utf-8"))
    classes = (node for node in module.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test"))
    held = chain(module.body, *(holder.body for holder in classes))
    return {node.name for node in held if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}

"""The security page names a test for each promise, and each of them is there."""

import ast
import re
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


def _tests_of(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}

"""What the README tells a newcomer to type is there, and what is there to be typed is told."""

import re
from pathlib import Path
from typing import Final

import pytest
from django.core.management import get_commands

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
OURS: Final = frozenset({"config", "contracts", "kpis", "projects", "reports"})
COMMANDS: Final = {name for name, app in get_commands().items() if app in OURS}
TOLD: Final = {
    word
    for line in README.splitlines()
    for cell in [line.split("|")[1] if line.startswith("| `") else ""]
    for word in re.findall(r"`(\w+)[^`]*`", cell)
}
"""The commands in the first column of the tables of commands."""
IN_PROSE: Final = set(re.findall(r"python3 manage\.py (\w+)", README)) - {"help"}


def test_every_command_of_ours_is_told() -> None:
    assert COMMANDS <= TOLD | IN_PROSE


def test_every_command_that_is_told_is_there() -> None:
    assert (TOLD | IN_PROSE) - get_commands().keys() == set()


@pytest.mark.parametrize(
    "path", sorted({*re.findall(r"\]\((docs/[^)]+)\)", README), *re.findall(r"bench/\w+\.py", README)})
)
def test_every_file_that_is_told_is_there(path: str) -> None:
    assert (ROOT / path).is_file()


def test_the_map_has_every_folder_of_the_tree() -> None:
    there = {each.name for each in ROOT.iterdir() if each.is_dir() and not each.name.startswith(".")} - {"var"}
    found = re.search(r"## A map of the code\n\n(.*?)\n\n", README, re.DOTALL)
    assert found is not None
    assert there - set(re.findall(r"(\w+)/", found[1])) == set()

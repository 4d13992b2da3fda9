"""One table says who may do what: it is whole, README says what it says, and nobody else names a set of roles."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from contracts.rules import roles
from contracts.rules.roles import BY_AREA, EVERYWHERE, TABLE, Deed, Role, Where, under_headings
from tests.people import Cast

OF_THE_ROLE_ITSELF: Final = frozenset(
    {
        "contracts/models/people.py",
        "contracts/services/people/guards.py",
        "contracts/services/people/roles.py",
        "contracts/queries/people.py",
    }
)
"""They keep an installation from being left without an administrator; what one may do the table says."""
ROOT: Final = Path(__file__).parents[3]
TOLD: Final = {"notices", "reminders", "demonstration"}
"""Modules that write to people, or play them: whom they name may do nothing by it."""


def test_every_deed_stands_in_the_table_once() -> None:
    named = [value for value in vars(roles).values() if isinstance(value, Deed)]
    assert {id(deed) for deed in named} == {id(deed) for deed in TABLE}
    assert len({deed.words for deed in TABLE}) == len(TABLE)


def test_every_deed_is_somebodys_and_every_role_has_one() -> None:
    assert all(TABLE)
    assert {role for deed in TABLE for role in deed} == set(Role)


def test_what_is_done_for_an_area_is_done_by_roles_that_are_held_for_one() -> None:
    for deed in TABLE:
        if deed.where is Where.AREA:
            assert deed & BY_AREA, deed.words


def test_the_supplier_enters_and_disputes_and_never_verifies() -> None:
    theirs = {deed.words for deed in TABLE if Role.SUPPLIER in deed}
    assert {roles.ENTERS.words, roles.DISPUTES.words} <= theirs
    for deed in (roles.SUBMITS, roles.VERIFIES, roles.SETTLES_DISPUTES, roles.DECIDES_RELIEF, roles.SIGNS_OFF):
        assert Role.SUPPLIER not in deed, deed.words
    assert Role.SUPPLIER not in EVERYWHERE


def by_hand(text: str) -> Iterator[int]:
    """Where a set of roles is put together: a literal set, list or tuple that names more than one, or a frozenset."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Set) and any(_is_role(each) for each in node.elts):
            yield node.lineno


def _is_role(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role"


def test_nobody_else_puts_a_set_of_roles_together() -> None:
    found = {
        str(path.relative_to(ROOT))
        for app in ("contracts", "kpis", "projects", "reports", "config")
        for path in sorted((ROOT / app).rglob("*.py"))
        if path.name != "roles.py" and not any(word in path.name for word in TOLD)
        for _ in by_hand(path.read_text(encoding="utf-8"))
    }
    assert found == ALLOWED


ALLOWED: Final = {"contracts/querysets.py", "contracts/rules/held.py"}
"""Where it is decided what holding a role means: whoever may do everything in the database is an administrator."""


def test_readme_says_what_the_table_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Roles\n")[2].partition("\n## ")[0]
    assert [line for line in section.splitlines() if line.startswith("|")] == list(as_readme())


def as_readme() -> Iterator[str]:
    yield from ("| What | Who | Where |", "|---|---|---|")
    for heading, deeds in under_headings():
        yield f"| **{heading.value}** | | |"
        for deed in deeds:
            who = ", ".join(role for role in Role if role in deed) if len(deed) < len(Role) else "everybody with a role"
            yield f"| {deed.words} | {who} | {deed.where.value} |"


@pytest.mark.django_db
def test_the_page_shows_the_whole_table_to_everybody_and_marks_what_is_theirs(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.supplier)
    page = client.get(reverse("who_may_do_what")).content.decode()
    assert [deed.words for deed in TABLE if deed.words not in page] == []
    assert "Supplier (you)" in page
    assert "Officer (you)" not in page


def test_nobody_asks_for_an_administrator_where_the_table_says_who_may() -> None:
    apps = [path for app in ("contracts", "kpis", "projects", "reports") for path in (ROOT / app).rglob("*.py")]
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in apps
        if "is_administrator" in path.read_text(encoding="utf-8") and "migrations" not in path.parts
    }
    assert asking == OF_THE_ROLE_ITSELF

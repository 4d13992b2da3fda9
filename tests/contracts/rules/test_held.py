"""What a person holds decides the same as the querysets do in SQL."""

from dataclasses import replace

import pytest

from contracts.rules.held import Held, Post
from contracts.rules.roles import ENTERS, READS_EXEMPT, Role

OFFICER = Post(Role.OFFICER, "CSS", 7)
MANAGER = Post(Role.CONTRACT_MANAGER, "CSS")


@pytest.mark.parametrize(
    ("held", "sees", "enters", "submits", "looks_into"),
    [
        (Held(), False, False, False, False),
        (Held(is_superuser=True), True, False, False, True),
        (Held(frozenset({Role.ADMINISTRATOR})), True, False, False, True),
        (Held(frozenset({Role.CLERK})), True, False, False, False),
        (Held(frozenset({Role.OFFICER})), False, False, False, False),
        (Held(frozenset({Role.OFFICER}), frozenset({OFFICER})), True, True, True, True),
        (Held(posts=frozenset({OFFICER})), True, True, True, True),
        (Held(posts=frozenset({Post(Role.OFFICER, "CSS", 8)})), True, False, False, False),
        (Held(posts=frozenset({Post(Role.OFFICER, "CSS")})), True, True, True, True),
        (Held(posts=frozenset({Post(Role.OFFICER, "OTH", 7)})), False, False, False, False),
        (Held(posts=frozenset({Post(Role.SUPPLIER, "CSS")})), True, True, False, True),
        (Held(posts=frozenset({MANAGER})), True, False, False, True),
        (Held(posts=frozenset({Post(Role.BOARD_MEMBER, "CSS")})), True, False, False, False),
    ],
)
def test_a_post_decides_what_its_holder_may_do_at_its_place(
    held: Held, sees: bool, enters: bool, submits: bool, looks_into: bool
) -> None:
    assert held.sees("CSS") is sees
    assert held.enters("CSS", 7) is enters
    assert held.submits("CSS", 7) is submits
    assert held.looks_into("CSS", 7) is looks_into


@pytest.mark.parametrize(
    ("held", "holds", "manages", "disputes"),
    [
        (Held(), False, False, False),
        (Held(is_superuser=True), False, False, False),
        (Held(frozenset({Role.CLERK})), True, False, False),
        (Held(frozenset({Role.OFFICER})), False, False, False),
        (Held(posts=frozenset({MANAGER})), False, True, False),
        (Held(posts=frozenset({Post(Role.CONTRACT_MANAGER, "OTH")})), False, False, False),
        (Held(posts=frozenset({OFFICER})), True, False, False),
        (Held(posts=frozenset({Post(Role.SUPPLIER, "CSS", 8)})), False, False, False),
        (Held(posts=frozenset({Post(Role.SUPPLIER, "CSS", 7)})), False, False, True),
        (Held(posts=frozenset({Post(Role.SUPPLIER, "CSS")})), False, False, True),
    ],
)
def test_a_role_reaches_as_far_as_its_post_or_everywhere(
    held: Held, holds: bool, manages: bool, disputes: bool
) -> None:
    assert held.holds(frozenset({Role.OFFICER, Role.CLERK}), "CSS") is holds
    assert held.manages("CSS") is manages
    assert held.disputes("CSS", 7) is disputes


def test_a_post_for_one_area_looks_into_some_return_of_the_contract() -> None:
    held = Held(posts=frozenset({OFFICER}))
    assert held.looks_into_some("CSS")
    assert not held.looks_into_some("OTH")
    assert held.fills(ENTERS, "CSS")
    assert not held.fills(frozenset({Role.CONTRACT_MANAGER}), "CSS")


@pytest.mark.parametrize("role", sorted(READS_EXEMPT))
def test_who_came_by_a_code_reads_nothing_exempt(role: Role) -> None:
    held = Held(frozenset({role}), frozenset({Post(role, "CSS")}))
    assert held.reads_exempt("CSS") is True
    assert replace(held, came_by_code=True).reads_exempt("CSS") is False


@pytest.mark.parametrize(
    ("held", "reads_typed", "reads_all_audit", "looks_after_people"),
    [
        (Held(), False, False, False),
        (Held(is_superuser=True), True, True, True),
        (Held(frozenset({Role.ADMINISTRATOR})), True, True, True),
        (Held(frozenset({Role.CLERK})), False, False, False),
        (Held(frozenset({Role.OFFICER})), False, False, False),
        (Held(posts=frozenset({OFFICER})), True, False, False),
        (Held(posts=frozenset({Post(Role.OFFICER, "CSS", 8)})), False, False, False),
        (Held(posts=frozenset({Post(Role.SUPPLIER, "CSS")})), True, False, False),
        (Held(posts=frozenset({MANAGER})), False, False, False),
        (Held(posts=frozenset({Post(Role.ADMINISTRATOR, "OTH")})), False, False, False),
    ],
)
def test_what_is_being_typed_the_whole_audit_and_people_are_theirs_by_the_table(
    held: Held, reads_typed: bool, reads_all_audit: bool, looks_after_people: bool
) -> None:
    assert held.reads_typed("CSS", 7) is reads_typed
    assert held.reads_all_audit is reads_all_audit
    assert held.looks_after_people is looks_after_people
    assert not replace(held, came_by_code=True).reads_all_audit

"""What can be a project's reference, and by what spellings it is found."""

import re
from importlib import import_module

import pytest
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from projects.rules.references import ACTS, PAGES, reference_fault, spelt


def routes() -> list[str]:
    """The addresses of the portfolio, behind that of the register."""
    patterns = get_resolver().url_patterns  # with these the kinds of arguments are known
    assert patterns
    return [str(each.pattern) for each in import_module("projects.urls").urlpatterns if str(each.pattern)]


def test_every_address_beside_a_projects_own_is_refused_as_a_reference() -> None:
    assert {route.split("/")[0] for route in routes() if not route.startswith("<")} == PAGES
    acts = {route.split("/")[1] for route in routes() if route.startswith("<")} - {""}
    assert acts == ACTS


@pytest.mark.parametrize("reference", [*sorted(PAGES), "Key", "TIMELINE", "key/P014", "plan/2018"])
def test_the_address_of_another_page_is_no_reference(reference: str) -> None:
    assert "is the address of another page" in reference_fault(reference)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_is_no_part_of_a_reference_but_may_be_its_beginning(act: str) -> None:
    assert f"“/{act}” is the address" in reference_fault(f"P014/{act}")
    assert reference_fault(f"P014/{act}/2")
    assert reference_fault(f"P014/{act.upper()}")
    assert reference_fault(act) == ""


@pytest.mark.parametrize("reference", ["/P1", "P1/", "P1//2", ".", "..", "P1/../2", "a\u202eb", "a\nb", "/"])
def test_what_an_address_cannot_hold_is_no_reference(reference: str) -> None:
    assert reference_fault(reference).startswith("A reference has letters")


@pytest.mark.parametrize("reference", ["P014", "IT/2017/12", "P-1.2", "planning", "key-1", "Straße 3", "updates"])
def test_anything_else_is_a_reference(reference: str) -> None:
    assert reference_fault(reference) == ""


def finds(typed: str, reference: str) -> bool:
    pattern = spelt(typed)
    return bool(pattern) and re.search(pattern, reference, re.IGNORECASE) is not None


@pytest.mark.parametrize("typed", ["P056", "p056", "p56", "p 56", "P-056", "p/56", "P_0056", "P.56", "p - 56"])
def test_a_reference_is_found_in_any_spelling(typed: str) -> None:
    assert finds(typed, "P056")
    assert not finds(typed, "P0561")
    assert not finds(typed, "P156")
    assert not finds(typed, "XP056")


def test_parts_between_marks_are_told_apart() -> None:
    assert finds("it/2017/3", "IT-2017-03")
    assert finds("it2017 3", "IT-2017-03")
    assert not finds("it 2017 3", "IT-2017-13")
    assert not finds("it20173", "IT-2017-03")
    assert finds("p000", "P-0")
    assert not finds("p000", "P-")


@pytest.mark.parametrize("typed", ["", "windows", "p(56)", "p*", "56%", "é5", "٥", "p5\n", "5" * 41])
def test_what_no_reference_looks_like_finds_none(typed: str) -> None:
    assert spelt(typed) == ""


@given(st.from_regex(r"[a-zA-Z]{1,3}[0-9]{1,6}", fullmatch=True), st.sampled_from(["", " ", "-", "/", "_", "."]))
def test_marks_capitals_and_noughts_in_front_never_hide_a_reference(reference: str, mark: str) -> None:
    letters = re.sub("[0-9]", "", reference)
    typed = f"{letters.swapcase()}{mark}00{reference[len(letters) :]}"
    assert finds(typed, reference)

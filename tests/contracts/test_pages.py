"""The front door, the pages that belong to no contract, and the frame around every page."""

from datetime import date

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from contracts.models import Assignment, BusinessDay, Contract
from contracts.services import set_demonstration_day
from kpis.rules.status import Contractual
from tests import builders
from tests.people import PASSWORD, Cast
from tests.reading import links_of, text_of


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


@pytest.mark.parametrize("page", ["accessibility", "privacy"])
def test_whom_to_write_to_is_on_the_page(page: str, db: None, settings: LazySettings) -> None:
    settings.SUPPORT_EMAIL = "scrutiny@example.org"
    response = Client().get(reverse(page))
    assert links_of(response)["scrutiny@example.org"] == "mailto:scrutiny@example.org"


def test_the_glossary_explains_every_status(db: None) -> None:
    said = text_of(Client().get(reverse("glossary"))).casefold()
    assert [status for status in Contractual if status.value.replace("_", " ") not in said] == []


def test_the_frame_leads_to_the_pages_for_anybody(db: None) -> None:
    links = links_of(Client().get(reverse("account_login")))
    assert [links[name] for name in ("Accessibility statement", "Privacy notice", "Glossary")] == [
        reverse("accessibility"), reverse("privacy"), reverse("glossary"),
    ]  # fmt: skip


def test_the_menu_leads_through_the_contract_in_view_and_marks_where_one_is(cast: Cast, contract: Contract) -> None:
    project = builders.project(contract)
    client = signed_in(cast, "board_member")
    for name, of in (("projects:register", []), ("projects:project", [project.reference])):
        response = client.get(reverse(name, args=[contract.reference, *of]))
        links = links_of(response)
        assert links["KPIs"] == reverse("kpis:matrix", args=[contract.reference])
        assert links["Meetings"] == reverse("reports:meetings", args=[contract.reference])
        marked = response.content.decode().split('aria-current="true">')[1:]
        assert [mark.partition("<")[0] for mark in marked] == ["Projects"]


def test_a_page_of_no_contract_has_no_menu(cast: Cast) -> None:
    assert "Menu" not in text_of(signed_in(cast, "clerk").get(reverse("glossary")))


def test_a_demonstration_says_on_every_page_what_day_it_is(cast: Cast) -> None:
    client = signed_in(cast, "clerk")
    pages = [reverse("home"), reverse("glossary"), "/no/such/page/"]
    for page in pages:
        assert "In this demonstration today is 14 March 2018." in text_of(client.get(page))
    set_demonstration_day(on=date(2018, 3, 21))
    assert "today is 21 March 2018." in text_of(client.get(pages[0]))
    BusinessDay.objects.all().delete()
    for page in pages:
        assert "demonstration" not in text_of(client.get(page)).casefold()


def test_the_header_names_the_role_and_not_the_person(cast: Cast) -> None:
    said = text_of(signed_in(cast, "clerk").get(reverse("home")))
    assert "Signed in as Clerk" in said
    assert "clerk@example.org" not in said


def test_a_page_that_is_not_there_says_so_in_the_house_s_look(cast: Cast) -> None:
    response = signed_in(cast, "clerk").get("/no/such/page/")
    assert response.status_code == 404
    assert "Page not found" in text_of(response)
    assert "Signed in as Clerk" in text_of(response)


def test_somebody_signs_in_and_out_with_the_form(cast: Cast, contract: Contract) -> None:
    client = Client()
    form = {"login": cast.board_member.email, "password": PASSWORD}
    page = reverse("kpis:matrix", args=[contract.reference])
    response = client.post(f"{reverse('account_login')}?next={page}", form)
    assert response.headers["Location"] == page
    assert client.get(page).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("who", ["leaver", "nobody"])
def test_who_left_and_who_never_came_are_not_let_in(who: str, cast: Cast) -> None:
    form = {"login": f"{who}@example.org", "password": PASSWORD}
    client = Client()
    said = text_of(client.post(reverse("account_login"), form, follow=True))
    assert "Signed in as" not in said
    assert client.get(reverse("home")).status_code == 302


def test_a_group_that_is_no_role_is_left_out_of_what_somebody_does_here(cast: Cast, contract: Contract) -> None:
    """Groups come from elsewhere too: whoever made one in the admin must not shut its people out of their account."""
    stray = Group.objects.create(name="Canteen committee")
    cast.clerk.groups.add(stray)
    Assignment.objects.create(person=cast.clerk, role=stray, contract=contract)
    said = text_of(signed_in(cast, "clerk").get(reverse("account")))
    assert "Clerk, for every contract" in said
    assert "Canteen" not in said

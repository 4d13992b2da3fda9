"""
Every form that changes something, as a person would send it: who does, where to, and with which fields.

:mod:`tests.test_hostile_posts` sends each as nobody should; none of :data:`tests.addresses.ACTIONS` is left out.
"""

from collections.abc import Iterator

from contracts.models import Contract, ServiceArea
from tests.posts import kpis, projects, reports
from tests.posts import people as about_people
from tests.posts.form import NINES, Form, People

__all__ = ["NINES", "Form", "People", "forms_about", "forms_of_anybody"]


def forms_about(contract: Contract, drafting: Contract, area: ServiceArea, people: People) -> Iterator[Form]:
    """Each form about a contract once, on something in the state it is for; ``drafting`` has yet to ask its Board."""
    yield from kpis.forms(contract, area, people)
    yield from projects.forms(contract, area, people)
    yield from projects.key_forms(contract, drafting, people)
    yield from reports.forms(contract, drafting, people)


def forms_of_anybody(people: People) -> Iterator[Form]:
    """The forms that are about no contract."""
    yield from reports.forms_of_anybody(people)
    yield from about_people.forms(people)

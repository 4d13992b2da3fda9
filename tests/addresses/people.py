"""What the pages about people answer: they are for administrators alone, and the table of roles is for everybody."""

from collections.abc import Mapping
from typing import Final

from contracts.models import Assignment, Person
from tests.addresses.answers import OF_THE_ADMINISTRATOR, SIGNED_IN, Statuses
from tests.addresses.stage import Address, Stage, at

Rows = tuple[tuple[Address, Statuses], ...]

LED_ON: Final[Statuses] = OF_THE_ADMINISTRATOR | {"administrator": 302}
SAYS_NOTHING: Final[Statuses] = OF_THE_ADMINISTRATOR | {"administrator": 422}
NOT_THERE: Final[Statuses] = OF_THE_ADMINISTRATOR | {"administrator": 404}


def officer(stage: Stage) -> int:
    return Person.objects.get(email="officer@example.org").pk


def leaver(stage: Stage) -> int:
    return Person.objects.get(email="leaver@example.org").pk


def post(stage: Stage) -> int:
    return Assignment.objects.get(person=officer(stage)).pk


def nobody(stage: Stage) -> int:
    return 999_999


def of(name: str) -> Address:
    return at(name, officer)


# To empty forms they answer with the form and what is missing; to what is done by a button alone, with doing it.
FORMS: Final[Mapping[str, tuple[Address, ...]]] = {
    "add_person": (at("add_person"),),
    "change_person": (of("change_person"),),
    "give_role": (of("give_role"),),
    "take_role": (at("take_role", officer, post),),
    "name_deputy": (at("name_deputy", officer, post),),
    "person_leaves": (of("person_leaves"),),
    "person_comes_back": (at("person_comes_back", leaver),),
}
PAGES: Final[Mapping[str, Rows]] = {
    "people": ((at("people"), OF_THE_ADMINISTRATOR),),
    "person": (
        (of("person"), OF_THE_ADMINISTRATOR),
        (at("person", leaver), OF_THE_ADMINISTRATOR),
        (at("person", nobody), NOT_THERE),
    ),
    "person_changes": ((of("person_changes"), OF_THE_ADMINISTRATOR),),
    # They have none: there is nothing to take away.
    "take_second_factor": ((of("take_second_factor"), LED_ON),),
    **{name: tuple((address, OF_THE_ADMINISTRATOR) for address in rows) for name, rows in FORMS.items()},
    "who_may_do_what": ((at("who_may_do_what"), SIGNED_IN),),
}
ACTIONS: Final[Mapping[str, Rows]] = {
    **{name: tuple((address, SAYS_NOTHING) for address in rows) for name, rows in FORMS.items()},
    "take_second_factor": ((of("take_second_factor"), SAYS_NOTHING),),
    "send_link": ((of("send_link"), LED_ON), (at("send_link", nobody), NOT_THERE)),
    "end_sessions": ((of("end_sessions"), LED_ON),),
    "unlock_person": ((of("unlock_person"), LED_ON),),
}

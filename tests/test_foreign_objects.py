"""
Nobody reaches another contract's things, however an address is put together; nor those of another service area.

The addresses are those of :mod:`tests.addresses`, with each part swapped in turn. Who is not in the cast walks all of
them too: a deputy, somebody with several roles, a superuser without groups, who came by a code alone, who
has left with a session open, and who officers another area.
"""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.test import Client
from django.utils import timezone

from contracts.models import Assignment, Contract, Person
from contracts.rules.roles import Role
from contracts.services import grant_role
from contracts.services.people import leave
from tests import builders
from tests.addresses import ACTIONS, NOBODY, PAGES, Address, Stage, Statuses
from tests.addresses.foreign import counterpart, named_differently, parts_of, swapped
from tests.fixtures.stage import FOREIGN, OWN
from tests.people import Cast, person
from tests.test_permissions import FORMS

pytestmark = pytest.mark.walk

NAMES = OWN.pairs(FOREIGN)
EVERYWHERE = ("clerk", "administrator")
SIGN_IN, NOT_YOURS, NOT_THERE = 302, 403, 404
METHODS = ("get", "post")


def rows(method: str) -> Iterator[tuple[str, Address, Statuses]]:
    """Every address of ours; the pages of one's own sign-in name nobody's things, and ask what a test has not shown."""
    for name, listed in (PAGES if method == "get" else ACTIONS).items():
        if not name.startswith(FORMS):
            for address, expected in listed:
                yield name, address, expected


def clients_of(people: Iterator[tuple[str, Person]]) -> dict[str, Client]:
    found = {}
    for name, who in people:
        found[name] = Client()
        found[name].force_login(who)
    return found


def knock(client: Client, method: str, address: str) -> int:
    """The status; what was done is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return int(response.status_code)


def test_every_part_of_every_address_has_a_counterpart(stage: Stage, foreign_stage: Stage) -> None:
    """What the swaps would leave out is named here; a board's own things are told apart by their number."""
    left_out = {
        each for method in METHODS for _, address, _ in rows(method)
        for each in named_differently(address, stage, foreign_stage, NAMES)
    }  # fmt: skip
    assert left_out == set()


@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_thing_under_ones_own_contract_is_not_there(
    method: str, stage: Stage, foreign_stage: Stage, cast: Cast
) -> None:
    clients, wrong, tried = clients_of(cast.everybody()), [], 0
    for name, address, expected in rows(method):
        for part, asked, things in swapped(address, stage, foreign_stage, NAMES):
            if part == "contract" and not things:
                continue  # the foreign contract's own page, which the next test asks for
            # Whoever does not get in at home does not get in here: those tables are tried by another test.
            for who in (who for who in clients if who not in NOBODY and expected[who] not in (NOT_YOURS, NOT_THERE)):
                found, tried = knock(clients[who], method, asked), tried + 1
                if found != NOT_THERE:
                    wrong.append(f"{method} {name} ({part} swapped): {who} got {found} of {asked}")
    assert not wrong, "\n".join(wrong)
    assert tried > (300 if method == "get" else 250)


@pytest.mark.parametrize("method", METHODS)
def test_the_same_role_at_another_contract_reaches_nothing(
    method: str, stage: Stage, foreign_stage: Stage, cast: Cast
) -> None:
    clients = {who: each for who, each in clients_of(cast.everybody()).items() if who not in EVERYWHERE}
    wrong = []
    for name, address, _ in rows(method):
        asked = counterpart(address, stage, foreign_stage, NAMES)
        if "contract" in parts_of(asked)[1]:
            got = {who: knock(client, method, asked) for who, client in clients.items()}
            wrong += [
                f"{method} {name}: {who} got {found} of {asked}"
                for who, found in got.items()
                if found != (SIGN_IN if who in NOBODY else NOT_THERE)
            ]
    assert not wrong, "\n".join(wrong)


OPEN_TO_ALL = ("public_papers", "public_paper", "public_file")
"""What is published is everybody's, whichever contract it is about."""
READERS = ("contract_manager", "officer", "board_member", "project_manager", "supplier")
SEARCH = f"/search/?q={FOREIGN.word[:-1]}"
"""For most of the word: a page that repeats what was searched for does not say the word by that."""
SAY_NOTHING_WRITTEN = frozenset(
    {
        "kpis:reopen", "kpis:send_back", "kpis:verify", "kpis:verify_clean", "projects:add_funding",
        "projects:change_several", "projects:propose_key", "projects:update_rating", "reports:closed_days",
        "reports:confirm_removal", "reports:file", "reports:frozen_file", "reports:hand_over",
        "reports:operational_progress", "reports:progress", "reports:put_key_list", "reports:record_publication",
        "reports:record_urgency", "reports:refuse_removal", "reports:remove_closed_day", "reports:signed_off_file",
        "reports:take_back", "reports:template_file", "reports:uploaded_edition", "reports:withdraw_paper",
    }
)  # fmt: skip
"""Where whoever belongs to a contract reads nothing that was written into it: leads on, is empty, or a fixed file."""


def reader_of(contract: Contract, role: str) -> Person:
    reader = person(f"{role}@{FOREIGN.word}.example.org", FOREIGN.said(role))
    grant_role(person=reader, role=Role[role.upper()], contract=contract)
    return reader


def words_of(client: Client, address: str) -> str:
    """What is read there, in small letters; of a file that is packed, what stands in each of its parts."""
    response = client.get(address)
    said = b"".join(response) if response.streaming else response.content
    if is_zipfile(BytesIO(said)):
        with ZipFile(BytesIO(said)) as packed:
            said = b"".join(map(packed.read, packed.namelist()))
    return said.decode(errors="replace").lower() if response.status_code == 200 else ""


def test_no_page_of_ones_own_says_a_word_of_another_contract(stage: Stage, foreign_stage: Stage, cast: Cast) -> None:
    """Lists, searches, choices of forms, calendars and files: what is written into the foreign contract is in none."""
    own, theirs = [("search", SEARCH)], [("search", SEARCH)]
    for name, address, _ in rows("get"):
        if name not in OPEN_TO_ALL:
            own.append((name, address(stage)))
            if "contract" in parts_of(address(stage))[1]:
                theirs.append((name, counterpart(address, stage, foreign_stage, NAMES)))
    people = [(role, reader_of(foreign_stage.contract, role)) for role in READERS]
    people += [(who, getattr(cast, who)) for who in EVERYWHERE]
    there = clients_of(iter(people)).values()
    silent = {name for name, _ in theirs} - {
        name for name, address in theirs if any(FOREIGN.word in words_of(client, address) for client in there)
    }
    assert silent == SAY_NOTHING_WRITTEN, "whoever belongs there reads the word on every other page"

    here = {who: client for who, client in clients_of(cast.everybody()).items() if who in READERS}
    wrong = [
        f"{name}: {who} reads {word!r} at {address}"
        for who, client in here.items()
        for name, address in own
        for said in [words_of(client, address)]
        for word in (FOREIGN.word, "/contracts/foreign/")
        if word in said
    ]
    assert not wrong, "\n".join(wrong)


def walkers(cast: Cast, contract: Contract) -> dict[str, tuple[Client, tuple[str, ...]]]:
    """Who is not in the cast, and as whom of it they are answered: the one of several who may the most."""
    deputy, many, bare, gone = (person(f"{who}@example.org", who) for who in ("deputy", "many", "bare", "gone"))
    post = Assignment.objects.get(person=cast.contract_manager)
    post.deputy = deputy
    post.save()
    for role in (Role.BOARD_MEMBER, Role.PROJECT_MANAGER, Role.SUPPLIER):
        grant_role(person=many, role=role, contract=contract)
    bare.is_staff = bare.is_superuser = True
    bare.save()
    grant_role(person=gone, role=Role.CONTRACT_MANAGER, contract=contract)
    clients = clients_of(iter([("deputy", deputy), ("many", many), ("bare", bare), ("gone", gone)]))
    leave(person=gone, by=cast.administrator, why="Left the council")
    return {
        "deputy": (clients["deputy"], ("contract_manager",)),
        "many": (clients["many"], ("board_member", "project_manager", "supplier")),
        "bare": (clients["bare"], ("administrator",)),
        "gone": (clients["gone"], ("leaver",)),
    }


@pytest.mark.parametrize("method", METHODS)
def test_who_is_not_in_the_cast_is_answered_as_somebody_who_is(
    method: str, stage: Stage, cast: Cast, contract: Contract
) -> None:
    wrong = []
    walking = walkers(cast, contract)
    for name, address, expected in rows(method):
        asked = address(stage)
        for who, (client, like) in walking.items():
            found, allowed = knock(client, method, asked), {expected[each] for each in like}
            is_fine = found in allowed and (found not in (NOT_YOURS, NOT_THERE) or min(allowed) >= NOT_YOURS)
            if not is_fine and (name, who) not in THEIR_OWN:
                wrong.append(f"{method} {name}: {who} got {found}, not {sorted(allowed)}, of {asked}")
    assert not wrong, "\n".join(wrong)


THEIR_OWN = frozenset({("reports:withdraw_question", "many")})
"""Where who somebody is decides, and not which role they hold."""


@pytest.mark.parametrize("method", METHODS)
def test_who_came_by_a_code_alone_is_answered_as_a_member_is(method: str, stage: Stage, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.board_member)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    for name, address, expected in rows(method):
        found = knock(client, method, address(stage))
        assert found == expected["board_member"], name


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("role", "like"), [(Role.OFFICER, "officer"), (Role.SUPPLIER, "supplier")])
def test_another_service_area_is_not_theirs(
    role: Role, like: str, method: str, stage: Stage, cast: Cast, contract: Contract
) -> None:
    """They see the contract as the officer of this area does, and nothing of its return, nor may they touch it."""
    neighbour = person("neighbour@example.org", "Neighbour")
    grant_role(person=neighbour, role=role, contract=contract, service_area=builders.area(contract, "ACF", "Finance"))
    client = clients_of(iter([("neighbour", neighbour)]))["neighbour"]
    wrong = []
    for name, address, expected in rows(method):
        asked = address(stage)
        found, theirs = knock(client, method, asked), expected[like]
        is_of_the_area = name in OF_AN_AREA
        fine = {NOT_YOURS, NOT_THERE} if is_of_the_area else {theirs, NOT_YOURS, NOT_THERE}
        if found not in fine:
            wrong.append(f"{method} {name}: got {found}, the {like} of the area {theirs}, of {asked}")
    assert not wrong, "\n".join(wrong)


OF_AN_AREA = frozenset(
    {
        "kpis:return_form", "kpis:return_save", "kpis:return_check", "kpis:return_sheet", "kpis:return_upload",
        "kpis:return_upload_confirm", "kpis:evidence", "kpis:raise_dispute", "kpis:withdraw_dispute",
    }
)  # fmt: skip
"""Whatever is entered, submitted or disputed of one service area."""
OTHER_METHODS = ("put", "patch", "delete", "options")


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_no_address_answers_to_other_methods(method: str, stage: Stage, cast: Cast) -> None:
    asking = (pair for pair in cast.everybody() if pair[0] in ("officer", "administrator", "other_officer", "leaver"))
    clients = clients_of(asking) | {"anonymous": Client()}
    listed = {name: address for name, address, _ in (*rows("get"), *rows("post"))}
    wrong = []
    for name, address in listed.items():
        asked = address(stage)
        for who, client in clients.items():
            found = knock(client, method, asked)
            if found not in (405, 403, 404) and not (who in NOBODY and found == SIGN_IN):
                wrong.append(f"{method} {name}: {who} got {found}")
    assert not wrong, "\n".join(wrong)


def test_a_head_is_answered_as_a_page_is(stage: Stage, cast: Cast) -> None:
    client = clients_of(iter([("officer", cast.officer)]))["officer"]
    for name, address, expected in rows("get"):
        assert knock(client, "head", address(stage)) == expected["officer"], name

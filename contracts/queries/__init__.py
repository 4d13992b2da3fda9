"""What the kernel reads: the day it is, the working calendar, and where a person holds which role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Count, F
from django.utils import timezone

from contracts.calendars import england
from contracts.models import Assignment, BusinessDay, ClosedDay, Contract, Message, Person
from contracts.readings import Reading, read_now
from contracts.rows import Wanted
from contracts.rules.calendar import WorkingCalendar
from contracts.rules.held import Held, Post
from contracts.rules.roles import EVERYWHERE, Role

NAMED: Final = "COALESCE(NULLIF({0}.job_title, ''), {0}.email, '')"
"""A person as pages name them, and nothing for nobody: see `Person.__str__`."""


def demonstration_day() -> date | None:
    """The day a demonstration stands still at, or ``None`` in a real installation."""
    return BusinessDay.objects.values_list("today", flat=True).first()


def today() -> date:
    """The business day: the demonstration's where there is one, else the date in Europe/London."""
    return demonstration_day() or timezone.localdate()


def instant_on(day: date) -> datetime:
    """This time of the clock on a business day: what is done in a demonstration is done on the demonstration's day."""
    return timezone.make_aware(datetime.combine(day, timezone.localtime().time()))


def working_calendar() -> WorkingCalendar:
    """England's working days less the council's own closed days, for the years the installation knows."""
    return calendar_with(ClosedDay.objects.values_list("closed_on", flat=True))


def read_calendar() -> Reading[WorkingCalendar]:
    """The same in one step beside whatever else is read."""
    (closed,) = yield (Wanted("closed_on", "FROM contracts_closedday"),)
    return calendar_with(date.fromisoformat(day) for (day,) in closed)


def calendar_with(closed: Iterable[date]) -> WorkingCalendar:
    """England's working days less these."""
    return england(closed, settings.FIRST_CALENDAR_YEAR, settings.LAST_CALENDAR_YEAR)


CONTRACT: Final = "SELECT * FROM contracts_contract WHERE reference = %s"
"""Asked on nearly every page: to put it together anew each time would cost more than the answer."""


def find_contract(reference: str) -> Contract | None:
    """The contract of that reference, where there is one. One query."""
    return next(iter(Contract.objects.raw(CONTRACT, [reference])), None)


@dataclass(frozen=True, slots=True)
class Ground:
    """
    What every request stands on: the day, the council's closed days, what the person holds, and which kinds of second
    factor they have set up.
    """

    demonstration_day: date | None
    closed: frozenset[date]
    held: Held
    second_factors: frozenset[str]


GROUND: Final = """
    SELECT 'own', role.name, contract.reference, post.service_area_id, CAST(NULL AS date)
    FROM contracts_person_groups holds
    JOIN auth_group role ON role.id = holds.group_id
    LEFT JOIN contracts_assignment post ON post.person_id = holds.person_id AND post.role_id = holds.group_id
    LEFT JOIN contracts_contract contract ON contract.id = post.contract_id
    WHERE holds.person_id = %s
    UNION ALL
    SELECT 'deputy', role.name, contract.reference, post.service_area_id, CAST(NULL AS date)
    FROM contracts_assignment post
    JOIN contracts_person_groups holds ON holds.person_id = post.person_id AND holds.group_id = post.role_id
    JOIN auth_group role ON role.id = post.role_id
    JOIN contracts_contract contract ON contract.id = post.contract_id
    WHERE post.deputy_id = %s
    UNION ALL
    SELECT 'factor', factor.type, NULL, NULL, NULL FROM mfa_authenticator factor WHERE factor.user_id = %s
    UNION ALL
    SELECT 'closed', NULL, NULL, NULL, closed_on FROM contracts_closedday
    UNION ALL
    SELECT 'today', NULL, NULL, NULL, today FROM contracts_businessday
"""
"""Written out, because every page asks it and building it costs the ORM five times what answering it takes."""


def load_ground(person: Person | None) -> Ground:
    """One query, and as much for nobody. Who has left holds nothing."""
    acting = person if person is not None and person.is_active else None
    who = acting.pk if acting else None
    with connection.cursor() as cursor:
        cursor.execute(GROUND, [who, who, who])
        rows = cursor.fetchall()
    held = [(kind, Role(name), contract, area) for kind, name, contract, area, _ in rows if name in _ROLES]
    days = {kind: set[date]() for kind in ("closed", "today")}
    for kind, *_, day in rows:
        if kind in days:
            days[kind].add(day if isinstance(day, date) else date.fromisoformat(day))
    return Ground(
        demonstration_day=next(iter(days["today"]), None),
        closed=frozenset(days["closed"]),
        held=Held(
            roles=frozenset(role for kind, role, _, _ in held if kind == "own"),
            posts=frozenset(Post(role, contract, area) for _, role, contract, area in held if contract is not None),
            is_superuser=acting is not None and acting.is_superuser,
        ),
        second_factors=frozenset(name for kind, name, *_ in rows if kind == "factor"),
    )


_ROLES: Final = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody who acts in a role for a contract; for all of it where no area is named."""

    person: Person
    role: str
    area: int | None


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody who acts in some role for one contract, deputies among them."""

    holdings: tuple[Holding, ...]

    def of(self, role: Role, area: int | None = None) -> tuple[Person, ...]:
        """Who acts in a role, each once; with an area only those who act for it."""
        found = [
            holding.person
            for holding in self.holdings
            if holding.role == role and (area is None or holding.area in (None, area))
        ]
        return tuple(dict.fromkeys(found))


def load_holders(contract: Contract) -> Holders:
    """
    Who acts for a contract in which role, in one query. Leavers do not act, nor who no longer has the role itself.

    A deputy acts where the assignment says so, as long as whom they stand in for has the role.
    """
    return read_now(read_holders(contract))


def read_holders(contract: Contract) -> Reading[Holders]:
    """The same in one step beside whatever else is read."""
    (rows,) = yield (
        Assignment.objects.filter(contract=contract, person__groups=F("role"))
        .select_related("person", "deputy", "role")
        .order_by("pk"),
    )
    return Holders(
        tuple(
            Holding(person, row.role.name, row.service_area_id)
            for row in rows
            for person in (row.person, row.deputy)
            if person is not None and person.is_active
        )
    )


def wanted_acting(role: Role, contract: int) -> Wanted:
    """The same of one role as bare rows, some of them twice: person, name, and area where it is not all of them."""
    return Wanted(
        f"p.id, {NAMED.format('p')}, s.service_area_id",
        "FROM contracts_assignment s JOIN auth_group g ON g.id = s.role_id"
        " JOIN contracts_person_groups w ON w.person_id = s.person_id AND w.group_id = g.id"
        " JOIN contracts_person p ON p.id IN (s.person_id, s.deputy_id) WHERE g.name = %s AND s.contract_id = %s"
        " AND p.is_active",
        (role.value, contract),
    )


def message_counts() -> dict[str, int]:
    """How many messages are in which state, for every state there is."""
    rows = Message.objects.order_by().values_list("state").annotate(number=Count("pk"))
    return dict.fromkeys(Message.State.values, 0) | dict(rows)


def load_posts(person: Person) -> tuple[str, ...]:
    """
    What a person does here in words: each role with its place, those held everywhere, and those deputised for.

    A group that is no role gives nothing here, and is not named.
    """
    everywhere = person.groups.filter(name__in=EVERYWHERE).values_list("name", flat=True)
    found = [f"{name}, for every contract" for name in everywhere]
    posts = Assignment.objects.filter(role__name__in=_ROLES).select_related(
        "role", "contract", "service_area", "person"
    )
    for post in posts.filter(person=person):
        found.append(f"{post.role.name}, {post.service_area or post.contract}")
    for post in posts.filter(deputy=person):
        found.append(f"{post.role.name}, {post.service_area or post.contract}, standing in for the {post.person}")
    return tuple(sorted(found))

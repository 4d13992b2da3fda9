"""Who there is and what they hold: the list of people, one person's page, and who remains to look after everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse

from contracts.models import Assignment, Person
from contracts.readings import together
from contracts.rules.roles import EVERYWHERE, Role

STATES: Final = (("active", "Active"), ("left", "Left"), ("all", "Everybody"))


def administrators() -> QuerySet[Person]:
    """Who looks after the installation and can get in: by a password of theirs, or through the council's sign-in."""
    is_one = Q(is_superuser=True) | Exists(_membership(Role.ADMINISTRATOR))
    through_the_council = Exists(SocialAccount.objects.filter(user=OuterRef("pk")))
    has_password = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) & ~Q(password="")
    return Person.objects.filter(is_one, has_password | through_the_council, is_active=True)


def _membership(*roles: str) -> QuerySet[Any]:
    return Person.groups.through.objects.filter(person=OuterRef("pk"), group__name__in=roles)


def may_come_by_code(person: Person) -> bool:
    """Whether they act in a role, and every one, deputised for too, may sign in with a code."""
    own = set(person.groups.values_list("name", flat=True))
    stood_in_for = set(person.deputises_for.values_list("role__name", flat=True))
    acts_in = own | stood_in_for
    return bool(acts_in) and acts_in <= set(settings.CODE_SIGN_IN_ROLES) and not person.is_superuser


@dataclass(frozen=True, slots=True)
class PeopleQuestion:
    """Whom the list is asked for; blank asks for everybody."""

    role: str = ""
    contract: str = ""
    state: str = "active"
    words: str = ""

    @property
    def asks(self) -> bool:
        return self != PeopleQuestion()


def find_people(asked: PeopleQuestion) -> QuerySet[Person]:
    """The people asked for. A role with a contract: who holds it at that contract, or stands in there."""
    found = Person.objects.order_by("job_title", "email")
    if asked.state != "all":
        found = found.filter(is_active=asked.state == "active")
    for word in asked.words.split():
        found = found.filter(Q(job_title__icontains=word) | Q(email__icontains=word))
    if asked.contract:
        here = Assignment.objects.filter(contract__reference=asked.contract)
        here = here.filter(role__name=asked.role) if asked.role else here
        at_it = Exists(here.filter(Q(person=OuterRef("pk")) | Q(deputy=OuterRef("pk"))))
        wanted = EVERYWHERE & {Role(asked.role)} if asked.role else EVERYWHERE
        return found.filter(at_it | Exists(_membership(*wanted)))
    if asked.role == Role.ADMINISTRATOR:
        return found.filter(Q(is_superuser=True) | Exists(_membership(asked.role)))
    return found.filter(Exists(_membership(asked.role))) if asked.role else found


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list."""

    job_title: str
    email: str
    href: str
    roles: tuple[str, ...]
    last_login: datetime | None
    is_active: bool
    has_second_factor: bool


def with_roles(people: QuerySet[Person]) -> QuerySet[Person]:
    """Ready to be read as rows: two queries more, however many people."""
    posts = Assignment.objects.select_related("role", "contract", "service_area")
    return people.annotate(
        has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))
    ).prefetch_related("groups", Prefetch("assignments", queryset=posts))


def row_of(person: Any) -> PersonRow:
    """Of somebody read by :func:`with_roles`."""
    posts = person.assignments.all()
    placed = {post.role_id for post in posts}
    roles = [f"{group.name}{_nowhere(group.name)}" for group in person.groups.all() if group.pk not in placed]
    return PersonRow(
        job_title=person.job_title,
        email=person.email,
        href=reverse("person", args=[person.pk]),
        roles=tuple(
            sorted(roles)
            + sorted(
                f"{post.role.name}, {post.contract.reference}"
                + (f" {post.service_area.code}" if post.service_area else "")
                for post in posts
            )
        ),
        last_login=person.last_login,
        is_active=person.is_active,
        has_second_factor=person.has_second_factor,
    )


def _nowhere(role: str) -> str:
    return "" if role in EVERYWHERE else ", no contract"


@dataclass(frozen=True, slots=True)
class Holding:
    """A role of the person, own or stood in for, and where; ``group`` of the council's sign-in gives it."""

    pk: int | None
    role: Role
    contract: str
    contract_title: str
    area: str
    area_name: str
    holder: str
    """Whom they stand in for; empty for their own roles."""
    deputy: str
    deputy_pk: int | None
    has_other: bool
    """Whether somebody else who is here acts in the role at that place."""
    group: str = ""

    @property
    def key(self) -> str:
        """Names the holding in addresses."""
        return str(self.pk) if self.pk else self.role.name.lower()

    @property
    def where(self) -> str:
        if self.area:
            return f"{self.area_name} ({self.area}) of {self.contract}"
        if self.contract:
            return f"{self.contract}: {self.contract_title}"
        return "Every contract" if self.role in EVERYWHERE else "No contract: it gives nothing yet"


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about one person but the work they own, which other apps know."""

    person: Person
    is_administrator: bool
    is_last_administrator: bool
    has_second_factor: bool
    is_of_the_council: bool
    """Whether they have come through the council's own sign-in."""
    has_password: bool
    own: tuple[Holding, ...]
    stands_in: tuple[Holding, ...]
    sessions: tuple[UserSession, ...]


def load_person_page(pk: int) -> PersonPage | None:
    """Two queries."""
    others = administrators().exclude(pk=OuterRef("pk"))
    found: Any
    found, sessions = together(
        Person.objects.filter(pk=pk).annotate(
            has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)),
            is_of_the_council=Exists(SocialAccount.objects.filter(user=OuterRef("pk"))),
            in_group=Exists(_membership(Role.ADMINISTRATOR)),
            has_others=Exists(others),
        ),
        UserSession.objects.filter(user=pk).order_by("-last_seen_at"),
    )
    if not found:
        return None
    (person,) = found
    own, stands_in = load_holdings(person)
    is_administrator = person.is_superuser or person.in_group
    return PersonPage(
        person=person,
        is_administrator=is_administrator,
        is_last_administrator=is_administrator and person.is_active and not person.has_others,
        has_second_factor=person.has_second_factor,
        is_of_the_council=person.is_of_the_council,
        has_password=person.has_usable_password(),
        own=own,
        stands_in=stands_in,
        sessions=tuple(sessions),
    )


def load_holdings(person: Person) -> tuple[tuple[Holding, ...], tuple[Holding, ...]]:
    """What somebody holds, and what they stand in for. One query."""
    here = Assignment.objects.filter(contract=OuterRef("contract"), role=OuterRef("role"))
    covering = here.filter(Q(service_area=None) | Q(service_area=OuterRef("service_area")))
    other = covering.filter(
        Q(person__is_active=True, person__groups=F("role")) & ~Q(person=person)
        | Q(deputy__is_active=True, person__groups=F("role")) & ~Q(deputy=person) & ~Q(person=person)
    )
    text: CharField[str, str] = CharField()
    number: IntegerField[int, int] = IntegerField()
    posts = Assignment.objects.filter(Q(person=person) | Q(deputy=person)).order_by().values_list(
        "pk", "role__name", "contract__reference", "contract__title", "service_area__code", "service_area__name",
        "person_id", "person__job_title", "deputy_id", "deputy__job_title",
        Case(When(Exists(other), then=1), default=0),
    )  # fmt: skip
    bare = person.groups.exclude(assignments__person=person).order_by().values_list(
        Value(None, output_field=number), "name", *(Value("", output_field=text) for _ in range(4)),
        Value(person.pk, output_field=number), Value("", output_field=text),
        Value(None, output_field=number), Value("", output_field=text), Value(1, output_field=number),
    )  # fmt: skip
    found = [_holding(row, person) for row in posts.union(bare, all=True) if row[1] in {role.value for role in Role}]
    if person.is_superuser and not any(each.role is Role.ADMINISTRATOR for each in found):
        found.append(_holding((None, Role.ADMINISTRATOR.value, "", "", "", "", person.pk, "", None, "", True), person))
    order = sorted(found, key=lambda each: (each.contract, [*Role].index(each.role), each.area))
    return tuple(each for each in order if not each.holder), tuple(each for each in order if each.holder)


def _holding(row: Iterable[Any], person: Person) -> Holding:
    pk, role, contract, title, area, area_name, holder_pk, holder, deputy_pk, deputy, has_other = row
    is_own = holder_pk == person.pk
    return Holding(
        pk=pk,
        role=Role(role),
        contract=contract or "",
        contract_title=title or "",
        area=area or "",
        area_name=area_name or "",
        holder="" if is_own else holder,
        deputy=(deputy or "") if is_own else "",
        deputy_pk=deputy_pk if is_own else None,
        has_other=bool(has_other),
        group=group_for(Role(role), contract or "", area or "") if is_own else "",
    )


def group_for(role: Role, contract: str, area: str) -> str:
    """The group of the council's own sign-in that gives a role at a place, if one does."""
    for grant in settings.OIDC_GRANTS:
        if (grant.role, grant.contract, grant.area) == (role, contract, area):
            return str(grant.group)
    return ""

"""The forms by which administrators look after people, each about somebody in the state that it is for."""

from collections.abc import Iterator
from time import time

from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from contracts.models import Assignment
from contracts.services.people.doors import counted_as
from tests.posts.form import Form, People

MORE_THAN_ANYBODY_MAY = 50
WHY = {"reason": "Agreed with the head of service."}
FLAGS = ("is_superuser", "is_staff", "is_active", "groups", "password")


def forms(people: People) -> Iterator[Form]:
    """From adding somebody to letting them back in."""
    officer, outsider, member = people["officer"], people["outsider"], people["board_member"]

    def form(name: str, fields: dict[str, str], *of: object) -> Form:
        return Form(name, "administrator", reverse(name, args=of), fields, FLAGS)

    new = {"job_title": "New officer", "email": "new.officer@example.org"}
    yield form("add_person", new | WHY)
    moved = {"job_title": "Senior officer", "email": "moved@example.org"}
    seen = {"seen_email": officer.email, "seen_title": officer.job_title}
    yield form("change_person", moved | seen | WHY, officer.pk)
    yield form("give_role", {"role": "Clerk", "place": ""} | WHY, member.pk)
    yield form("take_role", WHY, outsider.pk, "officer")
    post = Assignment.objects.filter(person=officer).order_by("pk")[0]
    yield form("name_deputy", {"deputy": str(outsider.pk)} | WHY, officer.pk, post.pk)
    yield form("person_leaves", WHY, people["project_manager"].pk)
    yield form("person_comes_back", WHY, people["leaver"].pk)
    yield form("send_link", {}, member.pk)
    yield form("end_sessions", {}, member.pk)
    Authenticator.objects.create(user=outsider, type=Authenticator.Type.TOTP, data={})
    yield form("take_second_factor", WHY, outsider.pk)
    for rate in ratelimit.get_rates(app="allauth.account", action="login_failed"):
        key = counted_as(outsider.email)
        where = {"app": "allauth.account", "action": "login_failed", "rate": rate, "key": key}
        if rate.per == "key":
            cache.set(ratelimit.get_cache_key(None, **where), [time()] * MORE_THAN_ANYBODY_MAY)
    yield form("unlock_person", {}, outsider.pk)

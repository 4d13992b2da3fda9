"""
Signing in through the council's own identity provider, by OpenID Connect: Microsoft Entra or any other.

The provider says who somebody is and in which groups; a setting says which group holds which role where. At every
sign-in the roles that groups give are made what the groups say; roles that an administrator gave by hand stay.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from config.accounts.doors import note_refusal
from config.accounts.grants import Grant
from contracts.models import Contract, Person, ServiceArea
from contracts.services.people import grant_role, withdraw_role
from contracts.services.people.guards import LastAdministrator

logger = logging.getLogger(__name__)


class PlaceUnknown(ValueError):
    """A group holds a role at a contract or an area that is not here."""


def refused(request: HttpRequest, words: str) -> ImmediateHttpResponse:
    """Ends the sign-in with a page that says why; to be raised."""
    return ImmediateHttpResponse(render(request, "account/refused.html", {"words": words}, status=403))


class GroupsDecide(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes with a group that holds a role is let in, known or not; nobody else is."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims = claims_of(sociallogin)
        if not _granted(claims):
            note_refusal(stands_by(claims), "comes from the council’s sign-in without a group that has a role here")
            raise refused(request, "None of your groups has a role here. Ask an administrator of your council for one.")
        if sociallogin.is_existing:
            self._come_in(request, sociallogin.user, claims)
            return
        address = stands_by(claims)
        if not address:
            note_refusal("", "comes from the council’s sign-in without a verified address")
            raise refused(request, "Your sign-in gives no verified e-mail address, so it cannot be told who you are.")
        person = Person.objects.filter(email__iexact=address).first()
        if person is not None:
            sociallogin.connect(request, person)
            self._come_in(request, person, claims)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return bool(_granted(claims_of(sociallogin)))

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> Person:
        person: Person = sociallogin.user
        claims = claims_of(sociallogin)
        person.email = stands_by(claims).lower()
        person.job_title = str(claims.get(settings.OIDC_TITLE_CLAIM) or claims.get("name") or person.email)[:120]
        return person

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: object = None) -> Person:
        person: Person = super().save_user(request, sociallogin, form)
        self._come_in(request, person, claims_of(sociallogin))
        return person

    def _come_in(self, request: HttpRequest, person: Person, claims: Mapping[str, Any]) -> None:
        if not person.is_active:
            note_refusal(person.email, "the account is closed", person)
            raise refused(request, "Your account here was closed.")
        try:
            follow_groups(person, _granted(claims))
        except PlaceUnknown as refusal:
            note_refusal(person.email, str(refusal), person)
            raise refused(request, str(refusal)) from refusal


@transaction.atomic
def follow_groups(person: Person, granted: Iterable[Grant]) -> None:
    """
    Makes the roles that groups can give what they give now.

    The last administrator who can sign in stays one, whatever the groups say: else nobody could put it right.
    """
    wanted = {(grant.role, *_place(grant)): grant.group for grant in granted}
    for (role, contract, area), group in wanted.items():
        grant_role(person=person, role=role, contract=contract, service_area=area, why=f"the group {group} gives it")
    for grant in settings.OIDC_GRANTS:
        contract, area = _place(grant)
        if (grant.role, contract, area) not in wanted:
            why = f"not in the group {grant.group} any more"
            try:
                withdraw_role(person=person, role=grant.role, contract=contract, service_area=area, why=why)
            except LastAdministrator:
                logger.warning("Person %s is %s, but stays the last administrator.", person.pk, why)


def _place(grant: Grant) -> tuple[Contract | None, ServiceArea | None]:
    if not grant.contract:
        return None, None
    contract = Contract.objects.filter(reference=grant.contract).first()
    if contract is None:
        raise PlaceUnknown(f"Your group has a role at {grant.contract}, and there is no such contract here.")
    if not grant.area:
        return contract, None
    area = ServiceArea.objects.filter(contract=contract, code=grant.area).first()
    if area is None:
        raise PlaceUnknown(f"Your group has a role at {grant.contract}/{grant.area}, and there is no such area.")
    return contract, area


def _granted(claims: Mapping[str, Any]) -> tuple[Grant, ...]:
    found = claims.get(settings.OIDC_GROUPS_CLAIM) or ()
    groups = {str(group) for group in ([found] if isinstance(found, str) else found)}
    return tuple(grant for grant in settings.OIDC_GRANTS if grant.group in groups)


def claims_of(sociallogin: SocialLogin) -> Mapping[str, Any]:
    """
    What the provider says: its token, which it signed, and what its address about people adds to that.

    The token comes first, so that nothing in it vouches for what only stands in the other.
    """
    data = sociallogin.account.extra_data
    return {**(data.get("userinfo") or {}), **(data.get("id_token") or {}), **({} if "id_token" in data else data)}


def stands_by(claims: Mapping[str, Any]) -> str:
    """The e-mail address, if the provider stands by it; otherwise nothing. Entra leaves `email_verified` out."""
    address = str(claims.get("email") or claims.get("preferred_username") or "")
    is_stood_by = claims.get("email_verified", True) in (True, "true")
    return address if "@" in address and is_stood_by else ""

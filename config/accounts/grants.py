"""Which group of the council's identity provider holds which role where, as a setting says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from contracts.rules.roles import EVERYWHERE, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """What a group of the provider gives: a role, at a contract or an area of it unless it is held everywhere."""

    group: str
    role: Role
    contract: str = ""
    area: str = ""


def read_grants(lines: Iterable[str]) -> tuple[Grant, ...]:
    """
    `group=Role@CONTRACT/AREA` each, the area optional, and the place too for roles that are held everywhere.

    Raises ``ImproperlyConfigured`` with what is wrong and what would be right.
    """
    return tuple(_read(line.strip()) for line in lines if line.strip())


def _read(line: str) -> Grant:
    group, equals, given = line.partition("=")
    name, _, place = given.partition("@")
    contract, _, area = place.partition("/")
    if not equals or not group or name not in {role.value for role in Role}:
        roles = ", ".join(Role)
        raise ImproperlyConfigured(
            f"OIDC_ROLES: {line!r} is not understood; write group=Role@CONTRACT/AREA, a role being one of {roles}."
        )
    if not contract and Role(name) not in EVERYWHERE:
        raise ImproperlyConfigured(f"OIDC_ROLES: {line!r} says no contract; write {group}={name}@CONTRACT.")
    return Grant(group, Role(name), contract, area)

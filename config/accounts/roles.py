"""Roles as settings name them."""

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

from contracts.rules.roles import Role


def known_roles(names: Iterable[str]) -> tuple[str, ...]:
    """The roles of a list in a setting. Raises ``ImproperlyConfigured`` for a name that is none."""
    for name in names:
        if name not in {role.value for role in Role}:
            raise ImproperlyConfigured(f"There is no role {name!r}. There are: {', '.join(Role)}.")
    return tuple(names)

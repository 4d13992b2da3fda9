"""Writes of the kernel: people and their roles, the demonstration's day, messages."""

from contracts.services.days import set_demonstration_day
from contracts.services.people import grant_role

__all__ = ["grant_role", "set_demonstration_day"]

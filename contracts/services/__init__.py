"""Writes of the kernel: people and their roles, the demonstration's day, messages."""

from contracts.services.people import grant_role, set_demonstration_day

__all__ = ["grant_role", "set_demonstration_day"]

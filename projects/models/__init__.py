"""Facts of the transformation portfolio: projects, their updates, re-baselines and milestones, the key list."""

from projects.models.key import KeyEntry, KeyList
from projects.models.project import Milestone, Project, Rebaseline, Update

__all__ = ["KeyEntry", "KeyList", "Milestone", "Project", "Rebaseline", "Update"]

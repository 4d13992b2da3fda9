"""Facts of the transformation portfolio: projects, updates, re-baselines, milestones, the key list, its funding."""

from projects.models.course import Milestone, MilestoneForecast, Rebaseline, Update, UpdateIsFinal
from projects.models.dependency import Dependency
from projects.models.funding import Funding
from projects.models.key import KeyEntry, KeyExit, KeyList, NearMiss
from projects.models.nomination import Nomination, ScrutinyChair
from projects.models.project import Project
from projects.models.register import EVER, RegisterCount, RegisterRow

__all__ = [
    "EVER",
    "Dependency",
    "Funding",
    "KeyEntry",
    "KeyExit",
    "KeyList",
    "Milestone",
    "MilestoneForecast",
    "NearMiss",
    "Nomination",
    "Project",
    "Rebaseline",
    "RegisterCount",
    "RegisterRow",
    "ScrutinyChair",
    "Update",
    "UpdateIsFinal",
]

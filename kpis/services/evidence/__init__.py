"""Evidence added and removed, the folder its files lie in, and why a file is not taken."""

from kpis.services.evidence.changes import add_evidence, add_relief_evidence, remove_evidence
from kpis.services.evidence.refusals import (
    AlreadyThere,
    EvidenceRefused,
    GoneAlready,
    NotYoursToAdd,
    NotYoursToRemove,
    ReliefDecided,
    SaysNoReason,
    TooMany,
)
from kpis.services.evidence.storage import EvidenceDamaged, open_stored, sweep

__all__ = [
    "AlreadyThere",
    "EvidenceDamaged",
    "EvidenceRefused",
    "GoneAlready",
    "NotYoursToAdd",
    "NotYoursToRemove",
    "ReliefDecided",
    "SaysNoReason",
    "TooMany",
    "add_evidence",
    "add_relief_evidence",
    "open_stored",
    "remove_evidence",
    "sweep",
]

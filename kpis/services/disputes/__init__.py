"""What the supplier says against a verified figure, what is answered, and why either is refused."""

from kpis.services.disputes.changes import answer_dispute, is_verified, raise_dispute, withdraw_dispute
from kpis.services.disputes.refusals import (
    AnswerMissing,
    DisputedAlready,
    DisputeRefused,
    FigureChanged,
    NoteMissing,
    NotOpen,
    NotVerified,
    NotYoursToAnswer,
    NotYoursToDispute,
    OwnDispute,
)

__all__ = [
    "AnswerMissing",
    "DisputeRefused",
    "DisputedAlready",
    "FigureChanged",
    "NotOpen",
    "NotVerified",
    "NotYoursToAnswer",
    "NotYoursToDispute",
    "NoteMissing",
    "OwnDispute",
    "answer_dispute",
    "is_verified",
    "raise_dispute",
    "withdraw_dispute",
]

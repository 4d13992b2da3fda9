"""What the register can be asked: read from the address, so that a filtered list is a link."""

from django.http import QueryDict

from projects.models import Project
from projects.queries import RegisterNumbers, RegisterQuestion
from projects.rules.confidence import Confidence
from projects.rules.counts import UNRATED
from projects.rules.facts import Stage
from projects.rules.standing import Signal

STAGES = [(stage.value, stage.value.capitalize()) for stage in Stage]
CONFIDENCES = [*((rating.value, rating.value.capitalize()) for rating in Confidence), (UNRATED, "Not rated")]
SIGNALS = [
    (Signal.DECLARED.value, "Red or amber by their managers"),
    (Signal.DATES.value, "Red or amber by their dates"),
    (Signal.RATED_BETTER.value, "Rated better than their dates"),
    (Signal.OVERDUE.value, "With an overdue milestone"),
    (Signal.SILENT.value, "Silent: no recent update"),
    (Signal.SLIPPED.value, "Slipped: forecast later than agreed"),
    (Signal.REBASELINED.value, "Re-baselined"),
]
KINDS = [(kind, kind.capitalize()) for kind in Project.Kind.values]
MOST_CHARACTERS = 200


def read_register_question(query: QueryDict, choices: RegisterNumbers) -> RegisterQuestion:
    """What the address asks. What is not there to choose from is left out."""
    return RegisterQuestion(
        words=_words(query, "q"),
        stage=_chosen(query, "stage", {value for value, _ in STAGES}),
        confidence=_chosen(query, "confidence", {value for value, _ in CONFIDENCES}),
        signal=_chosen(query, "attention", {value for value, _ in SIGNALS}),
        scrutiny_area=_chosen(query, "scrutiny_area", set(choices.scrutiny_areas)),
        service_area=_chosen(query, "service_area", {code for code, _ in choices.service_areas}),
        computed=_chosen(query, "dates", {value for value, _ in CONFIDENCES}),
        kind=_chosen(query, "kind", {value for value, _ in KINDS}),
        sponsor=_words(query, "sponsor"),
        is_key=query.get("key") == "yes",
        is_archived=query.get("archived") == "yes",
    )


def _words(query: QueryDict, name: str) -> str:
    """What was typed, without the one character that no text in a database has."""
    return query.get(name, "").replace("\0", "").strip()[:MOST_CHARACTERS]


def _chosen(query: QueryDict, name: str, values: set[str]) -> str:
    asked = query.get(name, "")
    return asked if asked in values else ""

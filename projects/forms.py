"""What the register can be asked: read from the address, so that a filtered list is a link."""

from django.http import QueryDict

from projects.queries import RegisterChoices, RegisterQuestion
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
]
MOST_CHARACTERS = 200


def read_register_question(query: QueryDict, choices: RegisterChoices) -> RegisterQuestion:
    """What the address asks. What is not there to choose from is left out."""
    return RegisterQuestion(
        words=query.get("q", "").strip()[:MOST_CHARACTERS],
        stage=_chosen(query, "stage", {value for value, _ in STAGES}),
        confidence=_chosen(query, "confidence", {value for value, _ in CONFIDENCES}),
        signal=_chosen(query, "attention", {value for value, _ in SIGNALS}),
        scrutiny_area=_chosen(query, "scrutiny_area", set(choices.scrutiny_areas)),
        service_area=_chosen(query, "service_area", {code for code, _ in choices.service_areas}),
        is_key=query.get("key") == "yes",
    )


def _chosen(query: QueryDict, name: str, values: set[str]) -> str:
    asked = query.get(name, "")
    return asked if asked in values else ""

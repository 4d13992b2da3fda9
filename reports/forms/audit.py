"""What the audit is asked for, as the boxes of its page say it."""

from datetime import date
from ipaddress import ip_address
from typing import Final

from django.apps import apps
from django.http import QueryDict

from contracts.models import Access
from contracts.rules.typed import CellRefused, day_typed, text_typed
from reports.models import Paper
from reports.queries.audit import SOURCES
from reports.rules.audit import ACT, ADDED, CHANGED, IN_WORDS, REMOVED, AuditQuestion, Thing, read_thing

LONGEST: Final = 200
THINGS: Final = frozenset({source.key for source in SOURCES if source.is_history} | {Paper._meta.label_lower})


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


KINDS: Final = sorted(((source.key, _capital(source.noun)) for source in SOURCES), key=lambda pair: pair[1].lower())
DONE: Final = [
    *((done, _capital(IN_WORDS[done])) for done in (ADDED, CHANGED, REMOVED)),
    (ACT, "Done with a paper"),
    *((kind.value, _capital(kind.label)) for kind in Access.Kind),
]


class AuditAsked:
    """The boxes as they were filled in, what they ask for, and what is wrong with them by the name of the box."""

    def __init__(self, query: QueryDict) -> None:
        self.typed = {name: text_typed(query.get(name, ""))[:LONGEST] for name in AuditQuestion.__dataclass_fields__}
        self.wrong: dict[str, str] = {}
        self.question = AuditQuestion(
            first=self._day("first"),
            last=self._day("last"),
            person=self.typed["person"],
            contract=self.typed["contract"],
            kind=self._one_of("kind", dict(KINDS)),
            reference=self.typed["reference"],
            words=self.typed["words"],
            done=self._one_of("done", dict(DONE)),
            address=self._address(),
            request=self.typed["request"],
            of=self._thing(),
        )

    @property
    def of_what(self) -> str:
        """What the one thing is that everything shown belongs to."""
        of = self.question.of
        return str(apps.get_model(of.table)._meta.verbose_name) if of else ""

    def _thing(self) -> Thing | None:
        found = read_thing(self.typed["of"])
        return found if found is not None and found.table in THINGS else None

    def _day(self, name: str) -> date | None:
        if not self.typed[name]:
            return None
        try:
            return day_typed(self.typed[name])
        except CellRefused as refusal:
            self.wrong[name] = f"{refusal.what}: {refusal.right}."
            return None

    def _one_of(self, name: str, choices: dict[str, str]) -> str:
        return self.typed[name] if self.typed[name] in choices else ""

    def _address(self) -> str:
        typed = self.typed["address"]
        if not typed:
            return ""
        try:
            return str(ip_address(typed))
        except ValueError:
            self.wrong["address"] = f"“{typed[:40]}” is not an address: expected one such as 203.0.113.7."
            return ""

    def __str__(self) -> str:
        """For the audit itself: what was asked for."""
        return ", ".join(f"{name} {typed}" for name, typed in self.typed.items() if typed) or "everything"

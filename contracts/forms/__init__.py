"""What the pages about messages can be asked and told."""

from dataclasses import dataclass
from typing import Self

from django import forms
from django.http import QueryDict

from contracts.models import Message, Person

STATES = [(state.value, state.label[:1].upper() + state.label[1:]) for state in Message.State]


class WantedKinds(forms.Form):
    """The kinds of e-mail a person gets: all of them, until they turn some off."""

    wanted = forms.MultipleChoiceField(
        label="E-mail me when",
        choices=Message.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="What you turn off is not sent to you from now on.",
    )

    @classmethod
    def of(cls, person: Person) -> Self:
        """As the person has chosen so far."""
        muted = set(person.muted_kinds.values_list("kind", flat=True))
        return cls(initial={"wanted": [kind for kind in Message.Kind.values if kind not in muted]})

    def unwanted(self) -> frozenset[str]:
        return frozenset(Message.Kind.values) - frozenset(self.cleaned_data["wanted"])


@dataclass(frozen=True, slots=True)
class MessageQuestion:
    """Which messages to show; blank stands for any."""

    state: str
    kind: str
    words: str

    @property
    def asks(self) -> bool:
        return bool(self.state or self.kind or self.words)


def read_message_question(query: QueryDict) -> MessageQuestion:
    """What the address asks for; what it gets wrong is left out."""
    state, kind = query.get("state", ""), query.get("kind", "")
    return MessageQuestion(
        state=state if state in Message.State.values else "",
        kind=kind if kind in Message.Kind.values else "",
        # SQLite and PostgreSQL alike refuse a text with a null character in it.
        words=query.get("q", "").replace("\0", "").strip()[:100],
    )

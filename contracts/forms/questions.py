"""Forms about the Board's questions. What may be done with one, and by whom, is the service's and view's to say."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from contracts.models import Person

LONGEST: Final = 4000
SHORT: Final = {"rows": 4}


class AskForm(forms.Form):
    """What a member of the Board wants to know."""

    text = forms.CharField(
        label="What do you want to know?",
        help_text="One question at a time. The answer appears on this page and on the page you came from.",
        max_length=LONGEST,
        widget=forms.Textarea(SHORT),
    )


class AnswerForm(forms.Form):
    """The answer, or another one in its place."""

    answer = forms.CharField(
        label="Answer",
        help_text="In words that every member of the Board may read.",
        max_length=LONGEST,
        widget=forms.Textarea(SHORT),
    )


class HandOverForm(forms.Form):
    """Who is to answer instead."""

    to = forms.TypedChoiceField(label="Who is to answer", coerce=int)

    def __init__(self, *args: Any, owners: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._by_pk = {person.pk: person for person in owners}
        choices = [("", "Choose somebody"), *((pk, str(person)) for pk, person in self._by_pk.items())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Person:
        return self._by_pk[self.cleaned_data["to"]]


class MinuteForm(forms.Form):
    """What the minutes say: at which meeting it was asked, in which words, who answers and by when."""

    meeting = forms.TypedChoiceField(label="Meeting whose minutes carry it", coerce=int)
    text = forms.CharField(
        label="What the minutes say was asked",
        help_text="The next paper prints these words.",
        max_length=LONGEST,
        widget=forms.Textarea(SHORT),
    )
    owner = forms.CharField(
        label="Who answers", help_text="A post, as the paper prints it, for example Contract manager.", max_length=200
    )
    due = forms.TypedChoiceField(label="Due at the meeting of", coerce=int, empty_value=None, required=False)

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[tuple[int, str]],
        coming: Sequence[tuple[int, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["meeting"].choices = meetings  # type: ignore[attr-defined]
        self.fields["due"].choices = [("", "No meeting set"), *coming]  # type: ignore[attr-defined]

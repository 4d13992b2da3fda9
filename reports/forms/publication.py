"""What is typed into the pages of a paper's acts: reasons, when and where it was published, files edited elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone

from config.ui.forms import DateField
from contracts.uploads import KINDS
from contracts.uploads.kinds import ACCEPTED_IN_WORDS
from reports.models.paper import Audience
from reports.rules.readiness import Finding
from reports.rules.signatures import key_of
from reports.services.removal import Ground

LONGEST: Final = 4000
LONGEST_ADDRESS: Final = 500
LONGEST_WORD: Final = 500
GIVE: Final = "give"
SHARED: Final = "shared"
TICK: Final = "with-"
FEW_LINES: Final = {"rows": 4}
TIMES: Final = ["%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p"]
SUFFIXES: Final = ",".join(suffix for kind in KINDS.values() for suffix in kind.suffixes)


class ReasonForm(forms.Form):
    """A reason that stays on record."""

    reason = forms.CharField(max_length=LONGEST, widget=forms.Textarea(FEW_LINES))

    def __init__(self, *args: Any, label: str, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint


class UrgencyForm(forms.Form):
    """What the Chair holds."""

    words = forms.CharField(
        label="Why the Chair holds it urgent",
        help_text="In the Chair’s own terms: why the Board considers it now and not at its next meeting.",
        max_length=LONGEST,
        widget=forms.Textarea(FEW_LINES),
    )


class HandOverForm(forms.Form):
    """The reason for lateness, where the paper comes late."""

    lateness = forms.CharField(
        label="Reason for lateness",
        help_text="It is printed on the paper.",
        max_length=LONGEST,
        widget=forms.Textarea(FEW_LINES),
    )

    def __init__(self, *args: Any, is_late: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_late:
            del self.fields["lateness"]


class RemovalForm(ReasonForm):
    """Why the contents of a paper are to go."""

    ground = forms.ChoiceField(
        label="Why it may go",
        choices=[
            (Ground.PAST_RETENTION.value, "It is past the time for which it is kept"),
            (Ground.IN_ERROR.value, "It holds what was published in error"),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("ground", "reason")


def in_full(finding: Finding) -> str:
    """What was found, and where unless that says it already."""
    is_named = finding.place.split()[-1:] == [] or finding.place.split()[-1] in finding.what
    return finding.what if is_named else f"{finding.place}: {finding.what}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is asked of one finding: its own word, and whether the word for several answers it too."""

    own: BoundField
    tick: BoundField | None


class SignOffForm(forms.Form):
    """
    A word for each finding with which the paper goes out all the same; one word may be given to several at once.

    Given, it stands in the box of each that was ticked, after what was typed there before. That is also done when the
    paper is signed off with ticks that were not acted on yet.
    """

    def __init__(self, data: QueryDict | None, *, findings: Iterable[Finding]) -> None:
        self._keys = {key_of(finding): finding for finding in findings}
        self.is_giving = data is not None and GIVE in data
        self._is_sharing = len(self._keys) > 1
        super().__init__(self._given(data) if data is not None else None)
        for key, finding in self._keys.items():
            self.fields[key] = forms.CharField(
                label=in_full(finding),
                max_length=LONGEST_WORD,
                required=not self.is_giving,
                widget=forms.Textarea({"rows": 2}),
                error_messages={"required": f"Say why it goes out all the same: {finding.place}"},
            )
            if self._is_sharing:
                label = f"Answer it with the word for several: {finding.place}"
                self.fields[f"{TICK}{key}"] = forms.BooleanField(label=label, required=False)
        if self._is_sharing:
            self.fields[SHARED] = forms.CharField(
                label="One word for all that are ticked",
                help_text="It is put into the box of each, after what stands there, where you can still change it.",
                max_length=LONGEST_WORD,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    @property
    def number(self) -> int:
        """How many findings there are to answer."""
        return len(self._keys)

    @property
    def shared(self) -> BoundField | None:
        return self[SHARED] if self._is_sharing else None

    def answers(self) -> Iterator[Answer]:
        for key in self._keys:
            yield Answer(self[key], self[f"{TICK}{key}"] if self._is_sharing else None)

    def clean(self) -> dict[str, Any]:
        """A word that no finding was ticked for would be lost; a tick without a word gives nothing."""
        said = super().clean() or self.cleaned_data
        if said.get(SHARED):
            self.add_error(SHARED, "Tick each finding that this word answers, or empty the box.")
        elif self.is_giving and not self._was_given:
            self.add_error(SHARED, "Write the word, and tick each finding that it answers.")
        return said

    def _given(self, data: QueryDict) -> QueryDict:
        """What was sent, with the word where it was ticked."""
        said, word = data.copy(), " ".join(data.get(SHARED, "").split())
        ticked = [key for key in self._keys if f"{TICK}{key}" in data]
        self._was_given = bool(word and ticked) and self._is_sharing
        if self._was_given:
            for key in ticked:
                own = data.get(key, "").strip()
                said[key] = f"{own} {word}".strip()
                del said[f"{TICK}{key}"]
            said[SHARED] = ""
        return said


class NothingMoreForm(forms.Form):
    """An act that asks for nothing but to be sure."""


class PublicationForm(forms.Form):
    """When and where the paper was published in the council's committee system."""

    published_at = DateField(label="Day of publication", help_text="The day on which it was open to inspection.")
    published_time = forms.TimeField(
        label="Time",
        help_text="On the 24-hour clock, like 16:30.",
        input_formats=TIMES,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Enter the time on the 24-hour clock, like 16:30."},
    )
    address = forms.URLField(
        label="Address of the page",
        help_text="The page of the meeting or the item in the committee system, beginning with https://",
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        error_messages={"invalid": "Enter the whole address of the page, beginning with https://"},
    )

    @property
    def moment(self) -> datetime:
        """The moment, on the clock of the office."""
        typed = self.cleaned_data
        return timezone.make_aware(datetime.combine(typed["published_at"], typed["published_time"]))


class UploadForm(forms.Form):
    """A file of the paper as the council edited it."""

    file = forms.FileField(
        label="The edited file",
        max_length=150,
        allow_empty_file=True,  # it is said in words what is wrong with it
        widget=forms.FileInput({"accept": SUFFIXES}),
        error_messages={"required": "Choose the file.", "max_length": "The file’s name is too long."},
    )
    audience = forms.ChoiceField(
        label="Who may read it",
        choices=[
            (Audience.PUBLIC.value, "Everybody"),
            (Audience.EXEMPT.value, "It is exempt: not for publication"),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What was edited",
        help_text="For example: the council’s cover sheet was added.",
        max_length=LONGEST,
        widget=forms.Textarea(FEW_LINES),
    )

    def __init__(self, *args: Any, most_mb: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = f"{ACCEPTED_IN_WORDS}. At most {most_mb} MB."

"""What is typed into the pages of a paper's acts: reasons, when and where it was published, files edited elsewhere."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
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


class SignOffForm(forms.Form):
    """A word for each finding with which the paper goes out all the same."""

    def __init__(self, *args: Any, findings: Iterable[Finding], **options: Any) -> None:
        super().__init__(*args, **options)
        for finding in findings:
            self.fields[key_of(finding)] = forms.CharField(
                label=in_full(finding),
                max_length=LONGEST_WORD,
                widget=forms.Textarea({"rows": 2}),
                error_messages={"required": f"Say why it goes out all the same: {finding.place}"},
            )


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

"""The period a reader asks for, read from the address, so that a page for any months is a link that can be sent.

And the workbook that somebody uploads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from config.ui.formats import day_long
from contracts.rules.months import Month, MonthNotUnderstood, month_long, parse_month
from reports.models import Meeting

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 20
"""Of an uploaded workbook; larger ones are imported with the command."""
ENDINGS: Final = (".xlsx", ".ods", ".csv")


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """The months asked for, or what is wrong with the question; neither means the default period."""

    first: Month | None
    last: Month | None
    problem: str

    @property
    def months(self) -> tuple[Month, Month] | None:
        """Both months, or nothing for the default period."""
        return (self.first, self.last) if self.first is not None and self.last is not None else None


def read_period(query: QueryDict, earliest: Month, latest: Month) -> AskedPeriod:
    """``from`` and ``to``, both included, within the months that have ended; one alone stands for a single month."""
    start, end = query.get("from", "").strip(), query.get("to", "").strip()
    if not start and not end:
        return AskedPeriod(None, None, "")
    if latest < earliest:
        return AskedPeriod(None, None, f"No month of the contract has ended yet: it begins in {month_long(earliest)}.")
    try:
        first, last = parse_month(start or end), parse_month(end or start)
    except MonthNotUnderstood as refusal:
        return AskedPeriod(None, None, f"{refusal}.")
    if last < first:
        return AskedPeriod(None, None, f"{month_long(last)} is before {month_long(first)}: choose a later last month.")
    if first < earliest or last > latest:
        span = f"{month_long(earliest)} to {month_long(latest)}"
        return AskedPeriod(None, None, f"Choose months from {span}: the contract’s months that have ended.")
    return AskedPeriod(first, last, "")


class WorkbookForm(forms.Form):
    """A contract workbook to import, or one of its sheets."""

    file = forms.FileField(
        label="Workbook",
        help_text=f"An .xlsx or .ods workbook, or one sheet as a CSV file named like it; up to {MOST_MEGABYTES} MB.",
        max_length=150,
        allow_empty_file=True,  # the importer says what is wrong with it
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={"required": "Choose the workbook to import.", "max_length": "The file’s name is too long."},
    )
    reason = forms.CharField(
        label="Reason (optional)",
        help_text="Needed where a verified month or an original date changes; kept with each correction.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if Path(file.name or "").suffix.lower() not in ENDINGS:
            raise ValidationError("Choose an .xlsx or .ods workbook, or a CSV file.")
        if (file.size or 0) > MOST_MEGABYTES * MEGABYTE:
            raise ValidationError(f"The file is larger than {MOST_MEGABYTES} MB: import it with the command instead.")
        return file


class PutToMeetingForm(forms.Form):
    """The meeting to which a proposal goes."""

    meeting = forms.ChoiceField(label="Meeting", widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None, *, meetings: Sequence[Meeting]) -> None:
        super().__init__(data)
        self._meetings = {str(each.pk): each for each in meetings}
        choices = [(key, f"{day_long(each.meeting_on)}, {each.board.name}") for key, each in self._meetings.items()]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]

    @property
    def has_meetings(self) -> bool:
        return bool(self._meetings)

    @property
    def chosen(self) -> Meeting:
        return self._meetings[self.cleaned_data["meeting"]]

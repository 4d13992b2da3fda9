"""The workbook that somebody uploads."""

from pathlib import Path
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 20
"""Of an uploaded workbook; larger ones are imported with the command."""
ENDINGS: Final = (".xlsx", ".ods", ".csv")


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

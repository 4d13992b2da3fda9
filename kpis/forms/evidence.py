"""What the pages about evidence ask for: files to add, and a reason to remove one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from contracts.uploads import KINDS
from contracts.uploads.kinds import ACCEPTED_IN_WORDS

SUFFIXES = ",".join(suffix for kind in KINDS.values() for suffix in kind.suffixes)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several. How large each may be, and what it is, is judged where it is kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [each for each in data or () if each is not None]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class AddEvidenceForm(forms.Form):
    chosen = FilesField(
        label="Add files",
        widget=FilesInput({"accept": SUFFIXES}),
        error_messages={"required": "Choose one file or several."},
    )

    def __init__(self, *args: Any, most_mb: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "chosen"
        ].help_text = f"{ACCEPTED_IN_WORDS}. At most {most_mb} MB each; several at once if you like."


class RemoveEvidenceForm(forms.Form):
    reason = forms.CharField(
        label="Why is it removed?",
        help_text="Others have relied on it: your reason stays beside its name.",
        widget=forms.Textarea({"rows": 3}),
    )

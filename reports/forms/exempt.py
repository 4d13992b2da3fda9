"""The form that marks what is not for publication: for each part a box, its paragraph of Schedule 12A, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from reports.build.halves import Mark
from reports.queries.exempt import ExemptPage, PartLine
from reports.rules.exempt import PARAGRAPHS

LONGEST: Final = 2000
CHOICES: Final = [
    ("", "Choose a paragraph"),
    *((str(key), f"{key}: information {of}") for key, of in PARAGRAPHS.items()),
]


@dataclass(frozen=True, slots=True)
class PartBoxes:
    """What is asked of one part."""

    line: PartLine
    withheld: BoundField
    paragraph: BoundField
    interest: BoundField

    @property
    def is_open(self) -> bool:
        """What is ticked, or wrong, is shown at once."""
        return bool(self.withheld.value() or self.paragraph.errors or self.interest.errors)


class ExemptForm(forms.Form):
    """All marks of a paper at once."""

    def __init__(self, data: QueryDict | None, *, page: ExemptPage) -> None:
        super().__init__(data)
        self._lines = page.lines
        for line in page.lines:
            self._add(line)

    @property
    def marks(self) -> list[Mark]:
        """Of what is ticked, once the form is valid."""
        said = self.cleaned_data
        return [
            Mark(key, int(said[f"{key}-paragraph"]), said[f"{key}-interest"])
            for key in (line.part.key for line in self._lines)
            if said[f"{key}-withheld"]
        ]

    def boxes(self) -> Iterator[PartBoxes]:
        for line in self._lines:
            key = line.part.key
            yield PartBoxes(line, self[f"{key}-withheld"], self[f"{key}-paragraph"], self[f"{key}-interest"])

    def clean(self) -> dict[str, Any]:
        """A part that is ticked gives its ground; what stands beside one that is not counts for nothing."""
        said = super().clean() or self.cleaned_data
        for line in self._lines:
            key = line.part.key
            if not said.get(f"{key}-withheld"):
                continue
            if not said.get(f"{key}-paragraph") and f"{key}-paragraph" not in self.errors:
                self.add_error(f"{key}-paragraph", f"Choose the paragraph for “{line.part.title}”.")
            if not said.get(f"{key}-interest") and f"{key}-interest" not in self.errors:
                why = f"Say why withholding “{line.part.title}” serves the public better than publishing it."
                self.add_error(f"{key}-interest", why)
        return said

    def _add(self, line: PartLine) -> None:
        key, mark = line.part.key, line.mark
        self.fields[f"{key}-withheld"] = forms.BooleanField(
            label=f"Not for publication: {line.part.title}", required=False, initial=mark is not None
        )
        self.fields[f"{key}-paragraph"] = forms.ChoiceField(
            label="Paragraph of Part 1 of Schedule 12A",
            choices=CHOICES,
            required=False,
            initial=str(mark.paragraph) if mark else "",
        )
        self.fields[f"{key}-interest"] = forms.CharField(
            label="Why the public interest is in withholding it",
            help_text="It is printed in the public paper, at the place of what is missing: give nothing away here.",
            max_length=LONGEST,
            required=False,
            initial=mark.public_interest if mark else "",
            widget=forms.Textarea({"rows": 3}),
        )


class TemplateForm(forms.Form):
    """A board's own Word template."""

    file = forms.FileField(
        label="Word template",
        help_text="A Word document (.docx) of at most 5 MB, without macros, comments or tracked changes.",
        max_length=150,
        allow_empty_file=True,  # it is said in words what is wrong with it
        widget=forms.FileInput({"accept": ".docx"}),
        error_messages={"required": "Choose the file.", "max_length": "The file’s name is too long."},
    )

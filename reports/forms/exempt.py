"""The form that marks what is not for publication: for each part a box, its ground, and why; and exempt appendices."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from reports.build.halves import Mark
from reports.queries.exempt import Appendix, ExemptPage, PartLine
from reports.rules.exempt import MOST_APPENDICES, PARAGRAPHS
from reports.snapshot import ExemptText

LONGEST: Final = 2000
LONGEST_TEXT: Final = 20_000
APPENDIX: Final = {
    "title": "Give the exempt appendix a title.",
    "text": "Write the text of the exempt appendix.",
    "paragraph": "Choose the paragraph for the exempt appendix.",
    "interest": "Say why withholding the exempt appendix serves the public better than publishing it.",
}
"""What an exempt appendix gives, and what is said where it does not."""
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


@dataclass(frozen=True, slots=True)
class AppendixBoxes:
    """An exempt appendix, or the blank one after them."""

    number: int
    is_there: bool
    title: BoundField
    text: BoundField
    paragraph: BoundField
    interest: BoundField

    @property
    def is_open(self) -> bool:
        """The blank one is shown once something was typed into it."""
        return self.is_there or any(
            box.value() or box.errors for box in (self.title, self.text, self.paragraph, self.interest)
        )


class ExemptForm(forms.Form):
    """All marks of a paper at once, and what was written for its exempt part alone."""

    def __init__(self, data: QueryDict | None, *, page: ExemptPage) -> None:
        super().__init__(data)
        self._lines = page.lines
        for line in page.lines:
            self._add(line)
        self._there = {each.position: each.text for each in page.appendices}
        free = next((number for number in range(1, MOST_APPENDICES + 1) if number > max(self._there, default=0)), None)
        self._positions = (*self._there, *((free,) if free else ()))
        for position in self._positions:
            self._add_appendix(position, self._there.get(position))

    @property
    def appendices(self) -> list[Appendix]:
        """Those that say something, once the form is valid; one that was emptied is gone."""
        said = self.cleaned_data
        return [
            Appendix(
                position,
                ExemptText(
                    said[f"appendix-{position}-title"],
                    said[f"appendix-{position}-text"],
                    int(said[f"appendix-{position}-paragraph"]),
                    said[f"appendix-{position}-interest"],
                ),
            )
            for position in self._positions
            if said[f"appendix-{position}-title"] or said[f"appendix-{position}-text"]
        ]

    def appendix_boxes(self) -> Iterator[AppendixBoxes]:
        for number, position in enumerate(self._positions, start=1):
            boxes = (self[f"appendix-{position}-{name}"] for name in APPENDIX)
            yield AppendixBoxes(number, position in self._there, *boxes)

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
        for position in self._positions:
            self._check_appendix(f"appendix-{position}-", said)
        return said

    def _check_appendix(self, key: str, said: dict[str, Any]) -> None:
        """Blank in title and text it is none, whatever stands beside them; else it gives all four."""
        if not said.get(f"{key}title") and not said.get(f"{key}text"):
            return
        for name, what in APPENDIX.items():
            if not said.get(f"{key}{name}") and f"{key}{name}" not in self.errors:
                self.add_error(f"{key}{name}", what)

    def _add_appendix(self, position: int, text: ExemptText | None) -> None:
        key = f"appendix-{position}-"
        self.fields[f"{key}title"] = forms.CharField(
            label="Title",
            help_text="It stands in the exempt paper alone: the public one says “Exempt appendix”.",
            max_length=200,
            required=False,
            initial=text.title if text else "",
        )
        self.fields[f"{key}text"] = forms.CharField(
            label="Text",
            help_text="A new line begins a paragraph. Lines that begin with a hyphen are a list.",
            max_length=LONGEST_TEXT,
            required=False,
            initial=text.text if text else "",
            widget=forms.Textarea({"rows": 8}),
        )
        self._add_ground(key, text.paragraph if text else None, text.public_interest if text else "")

    def _add(self, line: PartLine) -> None:
        key, mark = line.part.key, line.mark
        self.fields[f"{key}-withheld"] = forms.BooleanField(
            label=f"Not for publication: {line.part.title}", required=False, initial=mark is not None
        )
        self._add_ground(f"{key}-", mark.paragraph if mark else None, mark.public_interest if mark else "")

    def _add_ground(self, key: str, paragraph: int | None, interest: str) -> None:
        self.fields[f"{key}paragraph"] = forms.ChoiceField(
            label="Paragraph of Part 1 of Schedule 12A",
            choices=CHOICES,
            required=False,
            initial="" if paragraph is None else str(paragraph),
        )
        self.fields[f"{key}interest"] = forms.CharField(
            label="Why the public interest is in withholding it",
            help_text="It is printed in the public paper, at the place of what is missing: give nothing away here.",
            max_length=LONGEST,
            required=False,
            initial=interest,
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

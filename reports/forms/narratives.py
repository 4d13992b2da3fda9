"""The form of a paper's words: the parts around its figures, and a box for a remark on each thing that it lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django import forms
from django.forms.boundfield import BoundField

from contracts.rules.months import day_long
from reports.build.words import KPI, PROJECT, Subject
from reports.queries.narratives import WORDS, About, OnRecord, WordsPage
from reports.services.narratives import Written

LONGEST: Final = 4000
BOXES_AT_FIRST: Final = 8
"""So many KPIs, and so many projects, have their box at once, the gravest; of more, whoever wants one asks for it."""
ANOTHER: Final = "Something else that the paper lists"
GONE: Final = "No longer in the paper: the remark is kept, and printed again should the paper list it again."


@dataclass(frozen=True, slots=True)
class RemarkBox:
    """What a remark is about, with its box."""

    subject: Subject
    box: BoundField
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A part that somebody else changed. It is contested where something else was typed into it here."""

    label: str
    yours: str
    theirs: str
    is_contested: bool


def _text(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    box = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=box)


class WordsForm(forms.Form):
    """The words of one paper; a part left blank is worked out, or the board's default."""

    headline = _text("Headline of your own", "Leave it blank to print the one that was worked out.")
    introduction = _text("Introduction", "Follows the headline. Each line you begin is a paragraph.", rows=4)
    recommendation = _text("Recommendation")
    implications = _text("Implications", "Financial, legal, risk, equality: not printed where it is blank.")
    consultation = _text("Consultation", "Who was consulted: not printed where it is blank.")
    background = _text("Background papers", rows=4)
    author = forms.CharField(label="Author, by job title", required=False, max_length=200)
    item = forms.CharField(
        label="Agenda item",
        required=False,
        max_length=20,
        help_text="Its number on the agenda, if it is known yet.",
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
    )
    lateness = _text(
        "Why it is late",
        "The officer’s reason, which the paper prints. Why it is urgent is the Chair’s to say; the clerk records it.",
    )

    def __init__(self, data: Any = None, *, page: WordsPage) -> None:
        super().__init__(data, initial=self._begin(page.on_record))
        self.page = page
        self.fields["recommendation"].help_text = f"Blank, it reads: {page.recommendation}"
        self.fields["author"].help_text = (
            f"Blank, it is the board’s: {page.author}."
            if page.author
            else "No paper prints a name. The board has given no title for its papers."
        )
        self.fields["background"].help_text = (
            f"One a line. They are kept and open to inspection until {day_long(page.background_until)}."
            " With none, the paper says so."
        )
        if not page.is_late:
            del self.fields["lateness"]
        self._add_remarks()

    @property
    def words(self) -> Written:
        """As typed; a part that has no box stays as it is on record."""
        stands = self.page.on_record.words
        return Written(**{name: self.cleaned_data.get(name, stands[name]) for name in WORDS})

    @property
    def remarks(self) -> dict[About, str]:
        """As typed, of every box that the page had."""
        return {
            box.subject.key: self.cleaned_data.get(box.box.name, "")
            for box in self.boxes
            if box.box.name in self.data and box.box.name in self.cleaned_data
        }

    @property
    def on_kpis(self) -> Iterator[RemarkBox]:
        return (box for box in self.boxes if box.subject.about == KPI and not box.is_gone)

    @property
    def on_projects(self) -> Iterator[RemarkBox]:
        return (box for box in self.boxes if box.subject.about == PROJECT and not box.is_gone)

    @property
    def on_others(self) -> Iterator[RemarkBox]:
        """Remarks on what the paper does not list any more."""
        return (box for box in self.boxes if box.is_gone)

    def merge(self, before: OnRecord, now: OnRecord) -> list[Changed]:
        """
        Lets every box that nobody touched here show what is on record now, and tells every difference.

        ``before`` is what the page showed. The form must have been validated against what is on record now.
        """
        data, found = self.data.copy(), []  # type: ignore[attr-defined]  # a QueryDict
        then, stands = self._begin(before), self._begin(now)
        for name, field in self.fields.items():
            typed, theirs, was = (_tidy(each.get(name, "")) for each in (self.cleaned_data, stands, then))
            if name == "another" or theirs == was:
                continue
            is_touched = name in self.data and typed != was
            if not is_touched:
                data[name] = theirs
            if typed != theirs:
                found.append(Changed(str(field.label), typed, theirs, is_touched))
        self.data = data
        return found

    @staticmethod
    def _begin(record: OnRecord) -> dict[str, str]:
        return dict(record.words) | {name_of(key): text for key, text in record.remarks.items()}

    def _add_remarks(self) -> None:
        page, boxes, left = self.page, [], []
        asked = self.data.get("another", "") if "add" in self.data else ""
        numbers = {KPI: 0, PROJECT: 0}
        for subject in (*page.subjects, *page.gone):
            name = name_of(subject.key)
            numbers[subject.about] += 1
            is_wanted = name in self.data or name == asked or subject.key in page.on_record.remarks
            if numbers[subject.about] > BOXES_AT_FIRST and not is_wanted:
                left.append((name, f"{subject.code} {subject.title}"))
                continue
            is_gone = subject in page.gone
            field = _text(f"{subject.code} {subject.title}".strip(), GONE if is_gone else subject.why, rows=2)
            self.fields[name] = field
            boxes.append((subject, name, is_gone))
        self.boxes = tuple(RemarkBox(subject, self[name], is_gone) for subject, name, is_gone in boxes)
        self.left = len(left)
        if left:
            choices = [("", "Choose one"), *left]
            self.fields["another"] = forms.ChoiceField(label=ANOTHER, required=False, choices=choices)
        if asked:
            data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            data["another"] = ""
            self.data = data


def name_of(key: About) -> str:
    """The name of a remark's box; whatever a reference is made of, it is one word."""
    return f"remark-{key[0]}-{quote(key[1], safe='')}"


def _tidy(text: str) -> str:
    return str(text).replace("\r\n", "\n").strip()


def values_shown(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The words by what their boxes are called, for a page on which nobody writes any more."""
    return tuple((str(WordsForm.base_fields[name].label), words[name]) for name in WORDS if words[name])

"""The form that adds and edits a project, its milestones among its fields; original dates are asked for once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from config.ui.formats import day
from config.ui.forms import DateField
from contracts.models import Contract, Person, ServiceArea
from contracts.workbook.cells import CellRefused
from contracts.workbook.numbers import money as pounds
from contracts.workbook.numbers import written
from projects.models import Milestone, Project
from projects.queries.editing import values_of
from projects.rules.details import Fault
from projects.rules.facts import Stage
from projects.rules.references import reference_fault
from projects.services.portfolio import DETAILS, ORIGINALS, MilestoneDetails, ProjectDetails

NARROW: Final = {"rows": 4}
NEW_AT_FIRST: Final = 3
MOST_NEW: Final = 30
SOURCES: Final = [("", "Entered here"), ("published", "Published papers"), ("illustrative", "Illustrative: made up")]


class MoneyField(forms.CharField):
    """Pounds and pence as one would write them: 12500, £12,500, 12,500.50."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return pounds(typed)
        except CellRefused as refusal:
            words = f"{self.label}: {refusal}"
            raise ValidationError(words.replace("%", "%%")) from refusal

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else written(value)


def _words(label: str, help_text: str = "", *, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=False, **options)


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone in the form: its boxes, or what stands and cannot be typed."""

    legend: str
    title: BoundField
    original_on: BoundField | None
    original_as_given: str


class ProjectForm(forms.Form):
    """Every field of a project in plain words. Give the project to edit one; without it the form adds one."""

    reference = forms.CharField(
        label="Reference",
        help_text="Short and lasting, such as P014. Papers print it, and it does not change.",
        max_length=40,
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    title = forms.CharField(label="Title", max_length=250)
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("transformation", "Transformation"), ("transactional", "Transactional")],
        widget=forms.RadioSelect,
        initial="transformation",
    )
    service_area = forms.ModelChoiceField(
        label="Service area it serves", queryset=ServiceArea.objects.none(), empty_label="None", required=False
    )
    scrutiny_area = _words(
        "Scrutiny area",
        "As the Board names it. Those in use are suggested.",
        most=120,
        widget=forms.TextInput({"list": "scrutiny-areas", "autocomplete": "off"}),
    )
    benefit = _words(
        "What it is for",
        "The benefit expected of it, in money where that is known.",
        most=4000,
        widget=forms.Textarea(NARROW),
    )
    sponsor = _words("Sponsor", "A job title, not a name.", most=200)
    manager = _words("Project manager", "A job title. Left blank, that of who posts the updates is printed.", most=200)
    manager_person = forms.ModelChoiceField(
        label="Who posts its updates",
        help_text="Where nobody is chosen, every project manager of the contract may.",
        queryset=Person.objects.none(),
        empty_label="Nobody in particular",
        required=False,
    )
    third_party = _words("Third parties", most=250)
    stage = forms.ChoiceField(
        label="Stage", choices=[(stage.value, stage.value.capitalize()) for stage in Stage], widget=forms.RadioSelect
    )
    original_start = DateField(
        label="Original start", help_text="As first planned, for example 2 10 2017.", required=False
    )
    original_finish = DateField(
        label="Original finish",
        help_text="As first planned. Once given it never changes: slippage is held against it.",
        required=False,
    )
    actual_finish = DateField(
        label="Actual finish", help_text="The day it was finished; blank until then.", required=False
    )
    expected_commission_on = DateField(
        label="Expected to be commissioned on", help_text="For a project in the pipeline.", required=False
    )
    budget = MoneyField(label="Budget", help_text="In pounds.")
    forecast_cost = MoneyField(label="Forecast cost", help_text="In pounds: what it is expected to cost in all.")
    spent_to_date = MoneyField(label="Spent to date", help_text="In pounds.")
    source = forms.ChoiceField(label="Where these facts come from", choices=SOURCES, required=False)
    why = _words(
        "Why this is changed",
        "Needed to put a project on hold, to cancel it, or to go on with one that was over. The history keeps it.",
        most=1000,
        widget=forms.Textarea(NARROW),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        contract: Contract,
        people: Sequence[Person],
        project: Project | None = None,
        milestones: Sequence[Milestone] = (),
        new_rows: int = NEW_AT_FIRST,
    ) -> None:
        super().__init__(data, initial=values_of(project, milestones) if project else None)
        self._contract, self._project, self._milestones = contract, project, milestones
        self.new_rows = min(new_rows, MOST_NEW)
        self.given: dict[str, str] = {}
        self.fields["service_area"].queryset = contract.service_areas.in_order()  # type: ignore[attr-defined]
        keys = {person.pk for person in people} | ({project.manager_person_id} if project else set())
        chosen = self.fields["manager_person"]
        chosen.queryset = Person.objects.filter(pk__in=keys - {None})  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda person: f"{person.job_title} ({person.email})"  # type: ignore[attr-defined]
        if project is None:
            del self.fields["why"]
        else:
            del self.fields["reference"]
            self._show_originals(project)
        for prefix, milestone in self._prefixes():
            self._add_milestone(prefix, milestone)

    def _show_originals(self, project: Project) -> None:
        for name in ORIGINALS:
            if getattr(project, name) is not None:
                self.given[name] = day(getattr(project, name))
                del self.fields[name]

    def _prefixes(self) -> Iterator[tuple[str, Milestone | None]]:
        """The beginning of each milestone's field names, those on record first, in the order of the page."""
        yield from ((f"milestone_{milestone.pk}", milestone) for milestone in self._milestones)
        yield from ((f"new_{number}", None) for number in range(1, self.new_rows + 1))

    def _add_milestone(self, prefix: str, milestone: Milestone | None) -> None:
        self.fields[f"{prefix}_title"] = forms.CharField(label="Milestone", max_length=200, required=False)
        if milestone is None or milestone.original_on is None:
            self.fields[f"{prefix}_original_on"] = DateField(label="Original date", required=False)

    def clean_reference(self) -> str:
        """A reference whose page would lie at another page's address is refused."""
        reference = " ".join(self.cleaned_data["reference"].split())
        if fault := reference_fault(reference):
            raise ValidationError(f"{fault}: give another reference, such as P014.".replace("%", "%%"))
        return reference

    @property
    def rows(self) -> Iterator[MilestoneRow]:
        """The milestones as the page draws them."""
        for number, (prefix, milestone) in enumerate(self._prefixes(), start=1):
            has_boxes = f"{prefix}_original_on" in self.fields
            yield MilestoneRow(
                legend=milestone.title if milestone else f"New milestone {number - len(self._milestones)}",
                title=self[f"{prefix}_title"],
                original_on=self[f"{prefix}_original_on"] if has_boxes else None,
                original_as_given="" if has_boxes or milestone is None else day(milestone.original_on),
            )

    @property
    def details(self) -> ProjectDetails:
        """What was typed; an original date given before is that date."""
        said: dict[str, Any] = {name: self.cleaned_data.get(name) for name in DETAILS}
        for name in self.given:
            said[name] = getattr(self._project, name)
        return ProjectDetails(**said | {"stage": Stage(self.cleaned_data["stage"])})

    def _typed(self) -> Iterator[tuple[str, MilestoneDetails]]:
        for prefix, milestone in self._prefixes():
            if f"{prefix}_title" not in self.data:
                continue  # the page was made before somebody else added it
            title = self.cleaned_data.get(f"{prefix}_title", "")
            on = self.cleaned_data.get(f"{prefix}_original_on")
            if milestone is not None:
                yield prefix, MilestoneDetails(title, milestone.original_on or on, milestone.pk)
            elif title or on:
                yield prefix, MilestoneDetails(title, on)

    @property
    def milestones(self) -> list[MilestoneDetails]:
        """Those on record and those typed; rows left blank are none."""
        return [milestone for _, milestone in self._typed()]

    def judge_nothing(self) -> None:
        """Shows what was typed without a word about what is wrong with it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def told(self, name: str) -> str:
        """A field's label; a milestone's says which milestone it is of."""
        label = str(self.fields[name].label)
        for prefix, milestone in self._prefixes():
            if milestone is not None and name.startswith(f"{prefix}_"):
                return f"{milestone.title}: {'title' if name.endswith('_title') else label.lower()}"
        return label

    def show(self, faults: Iterable[Fault]) -> None:
        """Puts each fault beside its field."""
        prefixes = [prefix for prefix, _ in self._typed()]
        for fault in faults:
            name = fault.field if fault.place is None else f"{prefixes[fault.place]}_{fault.field}"
            self.add_error(name if name in self.fields else None, fault.words)

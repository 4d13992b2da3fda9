"""Forms for adding a KPI, giving it new levels, ending it: always from a month on, with the reason and who agreed."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from config.ui.formats import MONTHS
from config.ui.forms import MonthField
from contracts.models import ServiceArea
from contracts.workbook.cells import CellRefused
from contracts.workbook.numbers import number
from kpis.models import Kpi
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from kpis.rules.figures import Polarity, Unit
from kpis.services.definitions import Agreement, NewKpi, VerifiedMonthsTouched
from kpis.workbook.specs import MARKS

NARROW: Final = {"rows": 4}
SHORT: Final = {"class": "govuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}
UNITS: Final = {Unit.COUNT: "number", Unit.MONEY: "pounds"}


class FigureField(forms.CharField):
    """A target or minimum as one would write it: 93.1, 93.1 %, £1,200. The form knows the unit and understands it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(SHORT), **options)


class AgreedForm(forms.Form):
    """What every change of a definition says."""

    reason = forms.CharField(
        label="Reason",
        help_text="The Board’s paper prints it beside the change.",
        max_length=2000,
        widget=forms.Textarea(NARROW),
    )
    agreed_by = forms.CharField(
        label="Who agreed", help_text="Job titles, not names: Contract Manager and Service Director.", max_length=200
    )

    @property
    def agreed(self) -> Agreement:
        return Agreement(self.cleaned_data["reason"], self.cleaned_data["agreed_by"])

    def must_accept(self, refusal: VerifiedMonthsTouched) -> None:
        """Brings up the box that says the change of verified months is meant; the page draws it below the list."""
        self.fields["accepts"] = forms.BooleanField(label="Change these verified months", required=False)
        self.add_error("accepts", str(refusal))

    def _understand(self, name: str, unit: Unit) -> None:
        """Turns what was typed into a figure, or says what is wrong with it."""
        typed = self.cleaned_data.get(name)
        if not isinstance(typed, str):
            return
        try:
            self.cleaned_data[name] = number(typed, MARKS.get(unit))
        except CellRefused as refusal:
            self.add_error(name, f"{str(refusal)[:1].upper()}{str(refusal)[1:]}")


class LevelForm(AgreedForm):
    """New levels of a KPI from a month on."""

    effective_from = MonthField(label="In force from", help_text="The first month judged by them, for example 4 2018.")
    target = FigureField(label="Target")
    minimum = FigureField(label="Minimum")
    field_order = ["effective_from", "target", "minimum", "reason", "agreed_by"]

    def __init__(self, *args: Any, kpi: Kpi, **options: Any) -> None:
        super().__init__(*args, **options)
        self._unit = Unit(kpi.unit)
        better = "more" if kpi.polarity == Polarity.HIGHER else "less"
        for name in ("target", "minimum"):
            self.fields[name].help_text = f"In {UNITS.get(self._unit, self._unit.value)}; {better} is better."

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._understand("target", self._unit)
        self._understand("minimum", self._unit)
        return self.cleaned_data


class EndKpiForm(AgreedForm):
    """The last month in which a KPI is in force."""

    in_force_to = MonthField(
        label="Last month in force", help_text="It owes a result for this month, and no later one."
    )
    field_order = ["in_force_to", "reason", "agreed_by"]


class AddKpiForm(AgreedForm):
    """A new KPI with its first levels."""

    code = forms.CharField(
        label="Code",
        help_text="For example CSC_KPI_04.",
        max_length=20,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    name = forms.CharField(label="KPI name", max_length=250)
    definition = forms.CharField(
        label="Definition",
        help_text="What is counted, out of what, and what is left out.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(NARROW),
    )
    service_area = forms.ModelChoiceField(
        label="Service area", queryset=ServiceArea.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(
        label="Unit", choices=[(unit.value, unit.value.capitalize()) for unit in Unit], widget=forms.RadioSelect
    )
    polarity = forms.ChoiceField(
        label="Which is better?",
        choices=[(Polarity.HIGHER.value, "Higher is better"), (Polarity.LOWER.value, "Lower is better")],
        widget=forms.RadioSelect,
    )
    decimals = forms.IntegerField(
        label="Decimals",
        help_text="A figure is rounded half-up to so many before it is judged: 0 to 6.",
        min_value=0,
        max_value=6,
        widget=forms.NumberInput({"class": "govuk-input--width-2"}),
    )
    due_months = forms.TypedMultipleChoiceField(
        label="Months in which it is due",
        choices=[(str(number), name) for number, name in enumerate(MONTHS, start=1)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    in_force_from = MonthField(label="First month in force", help_text="For example 4 2018.")
    target = FigureField(label="Target")
    minimum = FigureField(label="Minimum")
    field_order = [
        "code", "name", "definition", "service_area", "unit", "polarity", "decimals", "due_months", "in_force_from",
        "target", "minimum", "reason", "agreed_by",
    ]  # fmt: skip

    def __init__(self, *args: Any, areas: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service_area"].queryset = areas  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        try:
            return normalise_code(self.cleaned_data["code"])
        except CodeNotUnderstood as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "unit" in self.cleaned_data:
            self._understand("target", Unit(self.cleaned_data["unit"]))
            self._understand("minimum", Unit(self.cleaned_data["unit"]))
        return self.cleaned_data

    @property
    def new(self) -> NewKpi:
        given = self.cleaned_data
        return NewKpi(
            code=given["code"],
            name=given["name"],
            definition=given["definition"],
            service_area=given["service_area"],
            unit=Unit(given["unit"]),
            polarity=Polarity(given["polarity"]),
            decimals=given["decimals"],
            due_months=frozenset(given["due_months"]),
            in_force_from=given["in_force_from"],
            target=given["target"],
            minimum=given["minimum"],
        )

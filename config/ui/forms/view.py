"""What the field template prints: one frozen view of a bound field, whatever its widget.

The template only lays out; the questions that need Python are answered here: which component a widget is, which ids
describe it, which box of a date is wrong, and which element an error leads to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from config.ui.forms.fields import PartsWidget
from config.ui.forms.words import error_messages

BOX_WIDTHS = {"day": 2, "month": 2, "year": 4}


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or checkbox."""

    id: str
    value: str
    label: SafeString
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a date or month."""

    id: str
    name: str
    label: str
    value: str
    width: int
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """`kind` is control, radios, checkboxes, checkbox or boxes; only the part that belongs to it is filled."""

    kind: str
    id: str
    name: str
    label: SafeString
    hint: SafeString
    hint_id: str
    messages: tuple[str, ...]
    error_id: str
    described_by: str
    is_disabled: bool
    control: SafeString
    choices: tuple[Choice, ...]
    boxes: tuple[Box, ...]


def field_view(field: BoundField) -> FieldView:
    """The view of a visible field."""
    kind = _kind(field.field.widget)
    hint = conditional_escape(field.help_text)
    messages = error_messages(field)
    hint_id = f"{field.auto_id}_hint" if hint else ""
    error_id = f"{field.auto_id}_error" if messages else ""
    described_by = " ".join(filter(None, (hint_id, error_id)))
    return FieldView(
        kind=kind,
        id=field.auto_id,
        name=field.html_name,
        label=conditional_escape(field.label),
        hint=hint,
        hint_id=hint_id,
        messages=messages,
        error_id=error_id,
        described_by=described_by,
        is_disabled=field.field.disabled,
        control=_control(field, described_by) if kind == "control" else SafeString(),
        choices=tuple(_choices(field)) if kind in {"radios", "checkboxes", "checkbox"} else (),
        boxes=tuple(_boxes(field)) if kind == "boxes" else (),
    )


def error_links(form: "forms.BaseForm | forms.BaseFormSet[Any]") -> list[tuple[str, str]]:
    """(address, message) for each error of a form or formset; the address is empty where no field is to blame."""
    if isinstance(form, forms.BaseFormSet):
        own = [("", str(message)) for message in form.non_form_errors()]
        return own + [link for each in form.forms for link in error_links(each)]
    links = [("", str(message)) for message in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else f"#{_first_input(field)}"
        links += [(target, message) for message in error_messages(field)]
    return links


def _kind(widget: forms.Widget) -> str:
    # CheckboxSelectMultiple is a RadioSelect to isinstance, so it is asked about first.
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "boxes" if isinstance(widget, PartsWidget) else "control"


def _first_input(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, PartsWidget):
        wrong = _wrong_parts(field)
        return widget.id_for_label(field.auto_id, wrong[0] if wrong else None)
    if isinstance(widget, forms.RadioSelect | forms.MultiWidget):
        return f"{field.auto_id}_0"
    return field.id_for_label


def _control(field: BoundField, described_by: str) -> SafeString:
    widget = _as_text(field)
    attrs: dict[str, str | bool] = {"class": _classes(field, widget)}
    if "placeholder" in widget.attrs:
        # It vanishes when one types and is too pale to read; allauth sets some that only repeat the label.
        attrs["placeholder"] = False
    if described_by:
        attrs["aria-describedby"] = described_by
    return field.as_widget(widget, attrs=attrs)


def _as_text(field: BoundField) -> forms.Widget:
    # A spinner changes a figure when the wheel turns over it; a text box with a number keyboard does not.
    widget: forms.Widget = field.field.widget
    if not isinstance(widget, forms.NumberInput):
        return widget
    kept = {name: value for name, value in widget.attrs.items() if name not in {"min", "max", "step"}}
    # DecimalField and FloatField are IntegerFields.
    mode = "decimal" if isinstance(field.field, forms.DecimalField | forms.FloatField) else "numeric"
    return forms.TextInput({"inputmode": mode, "spellcheck": "false", **kept})


def _classes(field: BoundField, widget: forms.Widget) -> str:
    if isinstance(widget, forms.Select):
        name = "govuk-select"
    elif isinstance(widget, forms.Textarea):
        name = "govuk-textarea"
    elif isinstance(widget, forms.FileInput):
        name = "govuk-file-upload"
    else:
        name = "govuk-input"
    return " ".join(filter(None, (name, f"{name}--error" if field.errors else "", widget.attrs.get("class", ""))))


def _choices(field: BoundField) -> Iterator[Choice]:
    if isinstance(field.field.widget, forms.CheckboxInput):
        is_checked = bool(field.field.widget.check_test(field.value()))
        yield Choice(field.auto_id, "on", conditional_escape(field.label), is_checked)
        return
    for data in (each.data for each in field.subwidgets):
        label = conditional_escape(data["label"])
        yield Choice(data["attrs"].get("id", ""), str(data["value"]), label, data["selected"])


def _boxes(field: BoundField) -> Iterator[Box]:
    widget: PartsWidget = field.field.widget
    wrong = _wrong_parts(field)
    for part, text in widget.boxes(field.value()).items():
        yield Box(
            id=widget.id_for_label(field.auto_id, part),
            name=f"{field.html_name}_{part}",
            label=part.capitalize(),
            value=text,
            width=BOX_WIDTHS[part],
            is_wrong=part in wrong,
        )


def _wrong_parts(field: BoundField) -> list[str]:
    """The boxes the first error names; all of them where it names none, as when nothing was typed."""
    errors = field.errors.as_data()
    if not errors:
        return []
    widget: PartsWidget = field.field.widget
    named: list[str] = (errors[0].params or {}).get("parts", [])
    return named or list(widget.parts)

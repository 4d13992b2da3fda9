"""Error messages that say what to do, where Django's only say that something is missing."""

from django import forms
from django.forms.boundfield import BoundField

DEFAULT_REQUIRED = str(forms.Field.default_error_messages["required"])


def error_messages(field: BoundField) -> tuple[str, ...]:
    """The field's messages in order; "This field is required." becomes what to enter, choose or tick."""
    return tuple(
        _required(field) if message == DEFAULT_REQUIRED else message for message in (str(each) for each in field.errors)
    )


def _required(field: BoundField) -> str:
    label = str(field.label)
    widget = field.field.widget
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}”"
    # KPI and ACF keep their capitals.
    name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(widget, forms.FileInput):
        return f"Choose a file: {name}"
    return f"{'Choose' if isinstance(widget, forms.Select | forms.RadioSelect) else 'Enter'} {name}"

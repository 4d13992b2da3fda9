"""Ordinary Django forms in the GOV.UK look: `FORM_RENDERER = "config.ui.forms.GovukRenderer"`.

A form needs nothing special: `{{ form }}` prints its fields, `ui.error_summary(form)` the summary above the heading.
Only a day or a month asked for in separate boxes needs a field of its own, `DateField` and `MonthField`. The admin
keeps its look, because widgets keep Django's templates and only forms and fields are drawn by ours.
"""

from config.ui.forms.fields import DateField, DateWidget, MonthField, MonthWidget
from config.ui.forms.renderer import GovukRenderer

__all__ = ["DateField", "DateWidget", "GovukRenderer", "MonthField", "MonthWidget"]

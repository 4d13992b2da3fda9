"""The form renderer: which templates draw a form, a formset and a field."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Draws forms and fields with our templates and finds every widget where the settings' engines find it."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

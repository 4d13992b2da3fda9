"""Any ordinary Django form comes out in the GOV.UK look, with each error leading to the field it is about."""

import re
from html import unescape

import pytest
from django import forms
from django.template import engines

from config.ui.forms import DateField, MonthField
from config.ui.forms.view import error_links, field_view


class Everything(forms.Form):
    title = forms.CharField(label="Title <b>", help_text="As in the <register>.")
    decimals = forms.IntegerField(label="Decimals", min_value=0)
    figure = forms.DecimalField(label="KPI figure", widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}))
    cause = forms.CharField(label="Cause", widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Why?"}))
    unit = forms.ChoiceField(label="Unit", choices=[("percent", "Percent"), ("count", "Count")])
    decision = forms.ChoiceField(
        label="Decision",
        choices=[("granted", "Granted <b>"), ("refused", "Refused"), ("w", "W")],
        widget=forms.RadioSelect,
    )
    is_open = forms.ChoiceField(
        label="Is it open-ended?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    kpis = forms.MultipleChoiceField(
        label="KPIs", choices=[("1", "CSC_KPI_04"), ("2", "IMT_KPI_05")], widget=forms.CheckboxSelectMultiple
    )
    seen = forms.BooleanField(label="I have seen the source")
    evidence = forms.FileField(label="Evidence")
    meeting_on = DateField(label="Meeting date")
    first = MonthField(label="First month")
    token = forms.CharField(widget=forms.HiddenInput)


def markup(form: forms.BaseForm) -> str:
    return str(form)


def summary(form: forms.BaseForm) -> str:
    source = '{% import "ui/macros.html" as ui %}{{ ui.error_summary(form) }}'
    return engines["jinja2"].from_string(source).render({"form": form})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "control"),
        ("cause", "control"),
        ("unit", "control"),
        ("evidence", "control"),
        ("decision", "radios"),
        # A subclass of RadioSelect, and no radio buttons.
        ("kpis", "checkboxes"),
        ("seen", "checkbox"),
        ("meeting_on", "boxes"),
        ("first", "boxes"),
    ],
)
def test_each_widget_becomes_its_component(name: str, kind: str) -> None:
    assert field_view(Everything()[name]).kind == kind


def test_labels_hints_and_choices_are_escaped() -> None:
    html = markup(Everything())
    assert "Title &lt;b&gt;" in html
    assert "As in the &lt;register&gt;." in html
    assert "Granted &lt;b&gt;" in html
    assert "<b>" not in html


def test_every_input_has_a_label_of_its_own() -> None:
    html = markup(Everything())
    ids = set(re.findall(r'<(?:input type="(?!hidden)|input class|select|textarea)[^>]*? id="([^"]+)"', html))
    ids |= set(re.findall(r'<input[^>]*? id="([^"]+)"', html)) - {"id_token"}
    assert len(ids) == 19
    assert ids <= set(re.findall(r'<label[^>]* for="([^"]+)"', html))


def test_no_id_stands_twice() -> None:
    ids = re.findall(r' id="([^"]+)"', markup(Everything({})))
    assert len(ids) == len(set(ids))


def test_the_hint_and_the_error_are_read_with_the_field() -> None:
    view = field_view(Everything({})["title"])
    assert view.described_by == "id_title_hint id_title_error"
    assert 'aria-describedby="id_title_hint id_title_error"' in view.control
    assert 'aria-invalid="true"' in view.control
    assert 'id="id_title_hint"' in markup(Everything({}))
    assert 'id="id_title_error"' in markup(Everything({}))


def test_a_width_class_is_kept_beside_the_components() -> None:
    control = field_view(Everything({"figure": "x"})["figure"]).control
    assert 'class="govuk-input govuk-input--error govuk-input--width-5"' in control


def test_a_figure_is_typed_into_a_text_box_with_a_number_keyboard() -> None:
    assert 'type="text"' in field_view(Everything()["figure"]).control
    assert 'inputmode="decimal"' in field_view(Everything()["figure"]).control
    assert 'inputmode="numeric"' in field_view(Everything()["decimals"]).control
    assert "min=" not in field_view(Everything()["decimals"]).control


def test_a_placeholder_is_left_out() -> None:
    assert "placeholder" not in field_view(Everything()["cause"]).control


def test_choices_come_back_as_they_were_chosen() -> None:
    form = Everything({"decision": "refused", "kpis": ["2"], "seen": "on"})
    assert [choice.is_checked for choice in field_view(form["decision"]).choices] == [False, True, False]
    assert [choice.is_checked for choice in field_view(form["kpis"]).choices] == [False, True]
    assert field_view(form["seen"]).choices[0].is_checked


def test_the_hidden_field_is_sent_and_not_shown() -> None:
    html = markup(Everything(initial={"token": "abc"}))
    assert '<input type="hidden" name="token" value="abc" id="id_token">' in html
    assert "Token" not in html


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("title", "#id_title", "Enter title <b>"),
        ("figure", "#id_figure", "Enter KPI figure"),
        ("unit", "#id_unit", "Choose unit"),
        ("decision", "#id_decision_0", "Choose decision"),
        ("is_open", "#id_is_open_0", "Answer “Is it open-ended?”"),
        ("kpis", "#id_kpis_0", "Choose KPIs"),
        ("seen", "#id_seen", "Tick “I have seen the source”"),
        ("evidence", "#id_evidence", "Choose a file: evidence"),
        ("meeting_on", "#id_meeting_on_day", "Enter the date"),
        ("first", "#id_first_month", "Enter the month and the year"),
    ],
)
def test_what_is_missing_is_named_and_linked(name: str, target: str, message: str) -> None:
    form = Everything({"token": "t"})
    assert (target, message) in error_links(form)
    assert message in field_view(form[name]).messages


def test_every_link_of_the_summary_leads_to_an_input_of_the_form() -> None:
    form = Everything({"token": "t", "meeting_on_day": "31", "meeting_on_month": "2", "meeting_on_year": "2018"})
    targets = re.findall(r'href="#([^"]+)"', summary(form))
    assert len(targets) == 12
    assert all(re.search(rf'<(input|select|textarea)[^>]* id="{target}"', markup(form)) for target in targets)


def test_the_summary_is_announced_and_escapes() -> None:
    html = summary(Everything({"token": "t"}))
    assert 'role="alert"' in html
    assert "Enter title &lt;b&gt;" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert summary(Everything()).strip() == ""


def test_an_error_of_the_whole_form_stands_first_without_a_link() -> None:
    class Span(forms.Form):
        first = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("The last month comes before the first.")

    assert error_links(Span({}))[0] == ("", "The last month comes before the first.")


def test_a_formset_lists_the_errors_of_all_its_forms() -> None:
    class Row(forms.Form):
        value = forms.DecimalField(label="Figure")

    rows = forms.formset_factory(Row, extra=2)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-value": "x", "form-1-value": "many"}
    formset = rows(data)
    assert [target for target, _ in error_links(formset)] == ["#id_form-0-value", "#id_form-1-value"]
    assert 'name="form-TOTAL_FORMS"' in str(formset)


def test_help_text_that_is_markup_stays_markup() -> None:
    from django.contrib.auth.password_validation import password_validators_help_text_html

    class Password(forms.Form):
        password = forms.CharField(help_text=password_validators_help_text_html())

    assert "<ul><li>" in unescape(field_view(Password()["password"]).hint)
    assert "&lt;ul" not in markup(Password())


def test_a_disabled_field_cannot_be_typed_into() -> None:
    class Closed(forms.Form):
        on = DateField(disabled=True)
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, disabled=True)
        name = forms.CharField(disabled=True)

    html = markup(Closed())
    assert len(re.findall("<input", html)) == html.count(" disabled") == 5

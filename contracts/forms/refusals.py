"""Showing on a form why what it asked for was refused."""

from django import forms

from contracts.services.refusals import Refused


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Beside the field to look at; above them all where it is about none of them, or about one that is not shown."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))

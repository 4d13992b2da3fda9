"""Showing on a form why what it asked for was refused."""

from django import forms

from projects.services.key_lists import KeyListRefused
from projects.services.refusals import ProjectRefused


def show_faults(form: forms.Form, refusal: ProjectRefused | KeyListRefused) -> None:
    """Each beside the field to look at; above them all where it is about none of them, or about one not shown."""
    for fault in refusal.faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.words)

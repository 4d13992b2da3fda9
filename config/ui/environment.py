"""The Jinja2 environment of every page.

Django's Jinja2 backend calls `environment()` once. What a template may use without being handed it is listed here and
nowhere else: the filters of `formats`, the status looks, `url`, `static` and the query string of sortable tables.
"""

from pathlib import Path
from typing import Any

import jinja2
from django import forms
from django.templatetags.static import static
from django.urls import reverse
from jinja2.utils import missing

from config.ui import formats, status, travel
from config.ui.forms.view import error_links, field_view
from config.ui.options import month_options
from config.ui.querystring import querystring
from config.ui.scripts import script

GOVUK_PREFIX = "govuk_frontend_jinja"
# Names that the GOV.UK macros use for "not given" or set in one branch only.
NAMES_THE_MACROS_ASK_ABOUT = frozenset({"caller", "null", "undefined", "successBanner", "typeClass"})
DJANGO_WIDGETS = Path(forms.__file__).parent / "jinja2"


class Undefined(jinja2.Undefined):
    """Silent about a missing key or attribute, which the GOV.UK macros rely on; strict about a name nobody passed.

    A misspelt variable in a template of ours therefore fails in the first test that renders it, while
    `params.classes` of a macro stays optional.
    """

    def __new__(
        cls,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> Any:
        if obj is missing and name not in NAMES_THE_MACROS_ASK_ABOUT:
            return jinja2.StrictUndefined(hint, obj, name, exc)
        return super().__new__(cls)


def environment(**options: Any) -> jinja2.Environment:
    """Builds the environment from the options of Django's backend, whose loader comes first."""
    options["loader"] = jinja2.ChoiceLoader(
        [
            options["loader"],
            jinja2.PrefixLoader({GOVUK_PREFIX: jinja2.PackageLoader(GOVUK_PREFIX)}),
            jinja2.FileSystemLoader(DJANGO_WIDGETS),
        ]
    )
    options["undefined"] = Undefined
    # Everything is escaped but e-mails in plain text.
    autoescape = jinja2.select_autoescape(disabled_extensions=("txt",), default_for_string=True, default=True)
    built = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, **{**options, "autoescape": autoescape})  # noqa: S701
    built.filters.update(formats.FILTERS)
    built.filters["month_options"] = month_options
    built.globals.update(
        url=url,
        script=script,
        static=static,
        querystring=querystring,
        look=status.look,
        status_symbols=status.SYMBOLS,
        travel_look=travel.travel_look,
        travel_symbols=travel.TRAVEL_SYMBOLS,
        field_view=field_view,
        error_links=error_links,
    )
    return built


def url(name: str, *args: object, **kwargs: object) -> str:
    """`{{ url("kpis:kpi", "CSS", "CSC_KPI_04") }}`: the address of a named page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)

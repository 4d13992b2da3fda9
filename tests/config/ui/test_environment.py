"""Templates compile, escape, and fail on a name that nobody passed."""

from pathlib import Path

import jinja2
import pytest
from django.conf import settings
from django.template import engines
from django.utils.safestring import SafeString

TEMPLATES = Path(settings.BASE_DIR) / "templates"
DJANGO_TEMPLATES = TEMPLATES / "django"

ENVIRONMENT: jinja2.Environment = engines["jinja2"].env  # type: ignore[attr-defined]


def names_in(folder: Path, *, but: Path | None = None) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and not (but and path.is_relative_to(but)))
    return sorted(path.relative_to(folder).as_posix() for path in found)


PAGES = names_in(TEMPLATES, but=DJANGO_TEMPLATES)
GOVUK = [name for name in ENVIRONMENT.list_templates() if name.startswith("govuk_frontend_jinja/components/")]


def render(source: str, **context: object) -> str:
    return ENVIRONMENT.from_string(source).render(context)


@pytest.mark.parametrize("name", PAGES)
def test_every_jinja2_template_compiles(name: str) -> None:
    assert ENVIRONMENT.loader
    source, _, _ = ENVIRONMENT.loader.get_source(ENVIRONMENT, name)
    assert ENVIRONMENT.compile(source, name=name)


@pytest.mark.parametrize("name", names_in(DJANGO_TEMPLATES))
def test_every_template_in_djangos_language_compiles(name: str) -> None:
    template = engines["django"].get_template(name)
    assert Path(template.origin.name).is_relative_to(DJANGO_TEMPLATES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", GOVUK)
def test_every_official_macro_renders_without_its_options(name: str) -> None:
    macro = "govuk" + "".join(part.capitalize() for part in name.split("/")[2].split("-"))
    one = {"text": "One"}
    item = {**one, "value": "1", "title": one, "heading": one, "panel": one, "content": one, "status": one}
    required = {**one, "id": "i", "name": "n", "label": one, "legend": one, "items": [item]}
    source = f'{{% from "{name}" import {macro} %}}{{{{ {macro}(options) }}}}'
    assert "govuk-" in render(source, options=required)


def test_a_name_nobody_passed_fails() -> None:
    with pytest.raises(jinja2.UndefinedError, match="headlin"):
        render("{{ headlin }}")
    with pytest.raises(jinja2.UndefinedError):
        render("{% if headlin %}yes{% endif %}")


def test_a_missing_key_or_attribute_is_silent() -> None:
    assert render("[{{ row.note }}{{ row['note'] }}{% if row.note %}yes{% endif %}]", row={"text": "x"}) == "[]"


def test_a_name_can_be_asked_about_and_given_a_default() -> None:
    assert render("{{ 'no' if person is not defined }}{{ person | default('nobody') }}") == "nonobody"


def test_what_people_typed_is_escaped() -> None:
    assert render("{{ text }}", text="<b>&") == "&lt;b&gt;&amp;"
    assert render("{{ text }}", text=SafeString("<b>")) == "<b>"


def test_pages_are_escaped_and_plain_text_is_not() -> None:
    decide = ENVIRONMENT.autoescape
    assert callable(decide)
    assert decide("reports/exceptions.html")
    assert decide(None)
    assert not decide("account/email/message.txt")


@pytest.mark.urls("tests.config.ui.urls")
def test_links_are_named_not_typed() -> None:
    assert render('{{ url("numbered", 7) }} {{ url("numbered", number=8) }}') == "/numbered/7/ /numbered/8/"


def test_a_status_look_is_at_hand_in_every_template() -> None:
    assert "Below minimum" in render('{{ look("below_minimum").tag }}')

"""The built files are what the templates use, light, and free of what is not ours to use."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static" / "scrutineer"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
CSS = (STATIC / "scrutineer.css").read_text()
SCRIPT = (STATIC / "page.js").read_text()


def classes_used() -> set[str]:
    markup = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    markup = re.sub(r"{%.*?%}", " ", re.sub(r"{{.*?}}", "{}", markup))
    words = " ".join(re.findall(r'class="([^"]*)"', markup)).split()
    # What a template puts together from a variable is checked elsewhere.
    return {word for word in words if word.startswith("app-") and "{}" not in word}


def test_every_class_of_ours_in_a_template_is_styled() -> None:
    missing = sorted(name for name in classes_used() if not re.search(rf"\.{re.escape(name)}(?![\w-])", CSS))
    assert missing == [], "style these or rebuild the stylesheet (static/README.md)"


@pytest.mark.parametrize("words", ["GDS Transport", "govuk-header", "govuk-footer", "crown", "url(", "@import"])
def test_the_stylesheet_holds_nothing_we_may_not_use_and_loads_nothing(words: str) -> None:
    assert words not in CSS


def test_the_licence_of_what_is_vendored_stands_beside_it() -> None:
    assert "The MIT License" in (STATIC / "govuk-frontend-LICENCE.txt").read_text()


def test_styles_and_script_leave_most_of_a_pages_weight_to_the_page() -> None:
    weight = sum(len(gzip.compress(part.encode(), 9)) for part in (CSS, SCRIPT))
    assert weight < 30_000


def test_focus_and_print_are_styled() -> None:
    assert "@media print" in CSS
    assert "@page" in CSS

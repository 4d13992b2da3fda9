"""The paper as HTML: one file that stands alone, from `templates/reports/paper.html`.

It brings its style and a content security policy of its own: no script, and no style but the one it carries. The site
shows the same words in its own frame instead.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from django.template import engines

from reports.render.document import Document


def render(document: Document) -> bytes:
    """The file's bytes."""
    context = {"document": document, "style_source": _style_source()}
    page: str = engines["jinja2"].get_template("reports/paper.html").render(context)
    return page.encode()


@cache
def _style_source() -> str:
    """How a content security policy names exactly this style."""
    style: str = engines["jinja2"].get_template("reports/paper.css").render()
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"

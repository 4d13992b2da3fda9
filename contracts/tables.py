"""People as a table over frozen rows."""

import re
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.ui.formats import day_short
from config.ui.tables import Column, LinkColumn, Table
from contracts.queries.people import PersonRow

PART: Final = re.compile(r"[^.@]*[.@]?")


def roles_cell(row: PersonRow) -> SafeString | str:
    if not row.roles:
        return ""
    return format_html(
        "<span>{}</span>", format_html_join(" ", '<span class="app-each">{}</span>', ((role,) for role in row.roles))
    )


def email_cell(row: PersonRow) -> SafeString:
    """An address that is long breaks where its parts end."""
    return format_html("<span>{}</span>", format_html_join("", "{}<wbr>", ((p,) for p in PART.findall(row.email))))


def state_cell(row: PersonRow) -> str:
    return "Active" if row.is_active else "Left"


def last_login_cell(row: PersonRow) -> str:
    return day_short(row.last_login) if row.last_login else "Never"


def second_factor_cell(row: PersonRow) -> str:
    return "Set" if row.has_second_factor else "Not set"


class PeopleTable(Table):
    """Everybody the list was asked for, by job title unless sorted otherwise."""

    caption = "People"
    is_caption_hidden = True
    noun = "person"
    nouns = "people"

    job_title = LinkColumn("Person", href="href", is_row_header=True)
    email = Column("E-mail address", cell=email_cell)
    roles = Column("Roles", cell=roles_cell, orderable=False)
    last_login = Column("Last signed in", cell=last_login_cell)
    has_second_factor = Column("Second factor", cell=second_factor_cell)
    is_active = Column("State", cell=state_cell)

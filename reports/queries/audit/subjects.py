"""Which fields say of a thing which one it is, where it has no name of its own."""

from collections.abc import Mapping
from typing import Final

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "contracts.assignment": ("role", "person", "contract", "service_area"),
    "contracts.closedday": ("closed_on",),
    "contracts.mutedkind": ("kind",),
    "kpis.entry": ("kpi", "area_return"),
    "kpis.evidence": ("name", "kpi", "month", "relief"),
    "kpis.level": ("kpi", "effective_from"),
    "kpis.dispute": ("result",),
    "kpis.rebase": ("kpi", "from_month"),
    "kpis.warninganswer": ("result", "warning"),
    "projects.dependency": ("holder", "held_up"),
    "projects.funding": ("contract", "purpose", "begins_on"),
    "projects.keyentry": ("project", "key_list"),
    "projects.keyexit": ("project", "key_list"),
    "projects.milestoneforecast": ("milestone", "update"),
    "projects.nearmiss": ("project", "key_list"),
    "projects.nomination": ("project", "scrutiny_area"),
    "projects.rebaseline": ("project", "agreed_on"),
    "projects.scrutinychair": ("contract", "scrutiny_area"),
    "reports.exemptappendix": ("title", "narrative"),
    "reports.exemptmark": ("section", "narrative"),
    "reports.paperact": ("paper",),
    "reports.papertemplate": ("board", "name"),
    "reports.publishablemonth": ("contract", "month"),
    "reports.remark": ("subject", "narrative"),
    "reports.reviewperiod": ("contract", "meeting"),
    "reports.typedwords": ("place", "paper"),
    "reports.uploadededition": ("name", "paper"),
}
"""By the key of the table; a test wants each of them to be called something."""

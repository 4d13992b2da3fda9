"""The forms about projects and the key projects."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.urls import reverse

from contracts.models import Contract, ServiceArea
from tests import builders
from tests.posts.form import NINES, Form, People


def forms(contract: Contract, area: ServiceArea, people: People) -> Iterator[Form]:
    """The forms about the projects of a contract."""
    project = builders.project(contract, manager_person=people["project_manager"], scrutiny_area="Value for Money")
    step = builders.milestone(project, "Pilot", original_on=date(2018, 2, 1))
    told = builders.update(project, date(2018, 2, 14), forecast_finish=date(2018, 3, 30), next="Testing.")
    other, gone = (
        builders.project(contract, "P002", scrutiny_area="Value for Money"),
        builders.project(contract, "P003", archived_on=date(2018, 3, 1), archived_reason="Entered twice."),
    )
    joined = builders.dependency(project, builders.project(contract, "P004"))

    def at(name: str, *of: str) -> tuple[str, str]:
        return f"projects:{name}", reverse(f"projects:{name}", args=[contract.reference, *of])

    def form(
        who: str, at: tuple[str, str], fields: dict[str, str], *besides: str, shared: tuple[str, ...] = ()
    ) -> Form:
        return Form(at[0], who, at[1], fields, besides, shared)

    told_of = {"title": "Payroll link", "kind": "transformation", "stage": "in flight", "new_rows": "1"}
    money = {"budget": "£342,000", "forecast_cost": "371000.50", "spent_to_date": ""}
    people_of = {"service_area": str(area.pk), "manager_person": str(people["project_manager"].pk)}
    dates = _day("original_start", 2, 10, 2017) | _day("original_finish", 30, 3, 2018)
    begun = {"reference": "P014", **told_of, **money, **people_of, **dates, "new_1_title": "Design agreed"}
    yield form("administrator", at("add"), begun, "more", "archived_on", "contract", f"milestone_{step.pk}_title")
    changed = {**told_of, **people_of, "title": "Payroll link to schools", "version": str(project.version)}
    yield form("administrator", at("edit", "P001"), changed, f"milestone_{NINES}_title", "reference", "original_finish")
    reason = {"reason": "Entered twice."}
    yield form("administrator", at("archive", other.reference), reason | {"version": str(other.version)})
    yield form("administrator", at("take_back", gone.reference), reason | {"version": str(gone.version)})
    joins = {"relation": "holds up", "other": other.reference, "note": "The lines."}
    yield form("administrator", at("dependencies", "P001"), joins, "kind")
    yield form("administrator", at("remove_dependency", "P001"), {"dependency": str(joined.pk)})
    agreed = _day("agreed_finish", 25, 5, 2018) | _day("agreed_on", 1, 3, 2018) | _day("step_0", 1, 5, 2018)
    agreed |= {"agreed_by": "Contract Manager", "reason": "The upgrade came late."}
    yield form("contract_manager", at("rebaseline", "P001"), agreed, "shown")
    name, address = at("change_several")
    several = {"stage": "on hold", "sponsor": "Head of Schools", "service_area": str(area.pk), "why": "Paused."}
    ticked = f"{address}?project={project.pk}&project={other.pk}&project={NINES[:20]}"
    yield form("administrator", (name, ticked), several, "sealed")
    says = {
        "copied_from": str(told.pk), "confidence": "green", "done": "Trained many.", "next": "The lines move.",
        "forecast_finish": "30/3/2018",
    }  # fmt: skip
    steps = (f"forecast-{step.pk}", f"actual-{step.pk}", f"forecast-{NINES}", "is_green_unknown", "delay_cause")
    yield form("project_manager", at("update", "P001"), says, *steps)
    fund = builders.funding(contract)
    set_aside = {"begins_on": "2018-04-01", "amount": "£3,000,000", "purpose": "IT budget", "agreed_by": "Full Council"}
    yield form(
        "administrator", at("add_funding"), set_aside | _day("agreed_on", 1, 3, 2018), "why", "source", "contract"
    )
    cut = {"begins_on": "2017-04-01", "amount": "2900000", "purpose": "IT budget", "why": "Cut in February."}
    of_fund = {"version": str(fund.version)}
    yield form("administrator", at("change_funding", str(fund.pk)), cut | of_fund, "source", "contract")
    yield form("administrator", at("remove_funding", str(fund.pk)), {"why": "Entered twice."} | of_fund)
    builders.chair(contract, people["board_member"])
    yield form("board_member", at("nominate", "P001"), {"reason": "Residents ask about it at every surgery."})
    yield form("administrator", at("scrutiny_chairs"), {"area_0": ""}, "area_1", "area_x")
    asked_for = builders.nomination(other, people["board_member"], datetime(2018, 3, 1, 10, tzinfo=UTC))
    declining = at("decline_nomination", str(asked_for.pk))
    yield form("officer", declining, reason, shared=("contract_manager",))


def key_forms(contract: Contract, drafting: Contract, people: People) -> Iterator[Form]:
    """The forms about the key list: what is done with a proposal before its meeting, and what after it."""
    put = builders.key_list(
        contract, contract.projects.get(reference="P001"), put_to_board_on=date(2018, 3, 14), board="B"
    )
    chosen = builders.project(drafting)
    draft = builders.key_list(drafting, chosen)

    def form(
        who: str, name: str, of: Contract, fields: dict[str, str], *besides: str, shared: tuple[str, ...] = ()
    ) -> Form:
        address = reverse(f"projects:{name}", args=[of.reference])
        return Form(f"projects:{name}", who, address, fields, besides, shared)

    def listed(pk: int, version: int) -> dict[str, str]:
        return {
            "entry": str(pk),
            f"rank_{pk}": "1",
            f"rationale_{pk}": "Residents ask about it at every surgery.",
            "version": str(version),
        }

    buttons = ("order", "find", "up", "near_miss", "add", f"rank_{NINES}", "near", "size_reason", "words")
    managers, minuters = ("contract_manager",), ("contract_manager",)
    yield form("officer", "propose_key", drafting, listed(chosen.pk, draft.version), *buttons, shared=managers)
    yield form("officer", "discard_key", drafting, {"version": str(draft.version)}, shared=managers)
    yield form("officer", "take_back_key", contract, {"version": str(put.version)}, shared=managers)
    decided = {**_day("decided_on", 14, 3, 2018), "decision": "Agreed.", "version": str(put.version)}
    yield form("clerk", "decide_key", contract, decided, shared=minuters)
    amended = decided | listed(contract.projects.get(reference="P001").pk, put.version)
    yield form("clerk", "amend_key", contract, amended, *buttons, shared=minuters)


def _day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}

"""The forms about KPIs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import parse_month
from kpis.models import Entry, Return
from kpis.queries.desk import digest, load_desk
from tests import builders
from tests.posts.form import NINES, Form, People


def forms(contract: Contract, area: ServiceArea, people: People) -> Iterator[Form]:
    """The forms about the KPIs of a contract, its returns, reliefs, disputes, evidence and levels."""
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-09", ["95", "85", "93", "92", "94"])
    builders.returns(area, "2017-09", "2017-12")
    builders.returns(area, "2018-01", "2018-01", "submitted")
    builders.returns(area, "2018-02", "2018-02", "open")
    disputed = builders.dispute(kpi.results.get(month="2017-12-01"), people["supplier"])
    asked = builders.relief(
        contract, kpi, first="2017-10", last="2017-10", decision="requested", requester=people["supplier"]
    )
    granted = builders.relief(contract, kpi, first="2017-12")
    draft, shown = (
        builders.evidence(kpi, people["officer"], "2018-02"),
        builders.evidence(kpi, people["officer"], "2018-01"),
    )
    ref, month, last = contract.reference, parse_month("2018-02"), parse_month("2018-01")

    def form(
        who: str,
        name: str,
        args: tuple[object, ...],
        fields: Mapping[str, str],
        besides: tuple[str, ...] = (),
        shared: tuple[str, ...] = (),
        **more: Any,
    ) -> Form:
        return Form(f"kpis:{name}", who, at(name, *args), fields, besides, shared, **more)

    def at(name: str, *args: object) -> str:
        return reverse(f"kpis:{name}", args=[ref, *args])

    askers = ("officer", "contract_manager")
    Entry.objects.create(area_return=Return.objects.get(service_area=area, month=month), kpi=kpi, value="92")
    desk = load_desk(area, month)
    standing = desk.lines[0].standing
    as_read = f"{standing.version} {digest(standing.typed)}"
    row = {f"{kpi.pk}-version": as_read, f"{kpi.pk}-value": "91", f"{kpi.pk}-cause": "Why"}
    sheet = (("file", "results.csv", f"kpi,month,value\n{kpi.code},2018-02,90.5\n".encode()),)
    names = (f"{NINES}-version", f"{'9' * 20}-version", f"{kpi.pk}-choice", f"{kpi.pk}-seen", "take", "as", "evidence")
    first, to = {"from_month_month": "10", "from_month_year": "2017"}, {"to_month_month": "11", "to_month_year": "2017"}
    version = {"version": "1"}
    reason = {"reason": "Because."}
    agreed = {"reason": "Agreed.", "agreed_by": "Contract Manager"}
    levels = {"target": "91", "minimum": "81"}
    yield form(
        "officer",
        "return_form",
        (
            "CSC",
            month,
        ),
        row,
        names,
        ("supplier",),
    )
    yield form(
        "officer",
        "return_save",
        (
            "CSC",
            month,
        ),
        row,
        names,
        ("supplier",),
    )
    answers = (f"answer-{NINES}-same", f"answer-{'9' * 20}-same", f"answer-{kpi.pk}-same", f"was-{kpi.pk}-same", "keep")
    yield form("officer", "return_check", ("CSC", month), {"version": desk.version}, answers)
    yield form("officer", "return_upload", ("CSC", month), {}, ("file",), ("supplier",), files=sheet)
    upload = {"files": sheet, "preview": at("return_upload", "CSC", month)}
    yield form("officer", "return_upload_confirm", ("CSC", month), {}, ("sealed", "file"), ("supplier",), **upload)
    log = (("chosen", "log.csv", b"call,answered\n"),)
    yield form("officer", "evidence", ("CSC", month, kpi.code), {}, ("chosen",), ("supplier",), files=log)
    yield form("supplier", "relief_evidence", (asked.reference,), {}, ("chosen",), askers, files=log)
    yield form("officer", "remove_evidence", (draft.pk,), {}, shared=("supplier",))
    yield form("officer", "remove_evidence", (shown.pk,), reason, shared=("supplier",))
    clean = {f"return-{Return.objects.get(service_area=area, month=last).pk}": "1", "how": "source seen"}
    yield form("contract_manager", "verify_clean", (last,), clean, (f"return-{NINES}", f"return-{'9' * 20}"))
    how = {**version, "how": "sample re-performed", "sample_size": "2"}
    yield form(
        "contract_manager",
        "verify",
        (
            last,
            "CSC",
        ),
        how,
    )
    yield form(
        "contract_manager",
        "send_back",
        (
            last,
            "CSC",
        ),
        version | reason,
    )
    yield form(
        "contract_manager",
        "reopen",
        (
            parse_month("2017-12"),
            "CSC",
        ),
        version | reason,
    )
    asking = {"scope": "some", "kpis": kpi.code, "cause": "third party", "narrative": "A lorry.", **first, **to}
    yield form("supplier", "ask_relief", (), asking, shared=askers)
    deciding = {"decision": "granted", **first, **to, **reason, **version, "shown": ""}
    yield form("contract_manager", "decide_relief", (asked.reference,), deciding, ("preview",))
    ending = {**to, "to_month_month": "12", **reason, **version, "shown": ""}
    yield form("contract_manager", "end_relief", (granted.reference,), ending, ("preview",))
    yield form("supplier", "withdraw_relief", (asked.reference,), version | reason)
    note = {"note": "Counted wrongly.", "claimed": "96%", "version": "1"}
    yield form(
        "supplier",
        "raise_dispute",
        (
            kpi.code,
            parse_month("2017-11"),
        ),
        note,
    )
    said = {"decision": "upheld", "answer": "The log bears it out.", "version": "1"}
    yield form("contract_manager", "answer_dispute", (disputed.pk,), said)
    yield form("supplier", "withdraw_dispute", (disputed.pk,), version)
    adding = {
        "code": "CSC_KPI_09", "name": "Letters", "definition": "All", "service_area": str(area.pk), "unit": "percent",
        "polarity": "higher", "decimals": "2", "due_months": "1", "in_force_from_month": "4",
        "in_force_from_year": "2018", **levels, **agreed,
    }  # fmt: skip
    yield form("contract_manager", "add_kpi", (), adding, ("accepts",), ("administrator",))
    since = {"effective_from_month": "4", "effective_from_year": "2018"}
    yield form("contract_manager", "set_level", (kpi.code,), since | levels | agreed, ("accepts",), ("administrator",))
    until = {"in_force_to_month": "4", "in_force_to_year": "2018"}
    yield form("contract_manager", "end_kpi", (kpi.code,), until | agreed, ("accepts",), ("administrator",))
    restarted = {"from_month_month": "11", "from_month_year": "2017", **agreed}
    yield form("contract_manager", "rebase", (kpi.code,), restarted, ("preview",))
    yield form("contract_manager", "withdraw_rebase", (kpi.code, builders.rebase(kpi, "2017-10").pk), reason)

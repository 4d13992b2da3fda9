"""
What every address of the project answers to whom: to GET in ``PAGES``, to an empty POST in ``ACTIONS``.

Anonymous: to the sign-in page. Not yours to see: 404. Not yours to do: 403. :mod:`tests.test_permissions` tries it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from contracts.models import Contract, Message
from kpis.models import Dispute, Evidence
from reports.models import Paper

Statuses = dict[str, int]

ANONYMOUS = "anonymous"
STRANGERS = ("outsider", "other_officer")
WATCHERS = ("contract_manager", "clerk", "board_member", "project_manager", "supplier", "officer", "administrator")
DRAFTERS = ("officer", "contract_manager", "clerk", "administrator")

SIGN_IN = 302
# What is sent names no version of what was looked at, so it is taken for a stale page.
CONFLICT = 409
# A leaver cannot sign in, and a session that was open ends: for the site that is nobody.
NOBODY: Statuses = {ANONYMOUS: SIGN_IN, "leaver": SIGN_IN}
FREE: Statuses = dict.fromkeys((ANONYMOUS, "leaver", *WATCHERS, *STRANGERS), 200)
SIGNED_IN: Statuses = FREE | NOBODY
OF_THE_CONTRACT: Statuses = SIGNED_IN | dict.fromkeys(STRANGERS, 404)
OF_ITS_DRAFTS: Statuses = OF_THE_CONTRACT | {name: 404 for name in WATCHERS if name not in DRAFTERS}
# Whoever has exactly one contract is led to it; clerk and administrator see both, the outsider none.
LED_TO_THE_CONTRACT: Statuses = SIGNED_IN | {
    name: 302 for name in (*WATCHERS, "other_officer") if name not in ("clerk", "administrator")
}
# Pages for who is not signed in send who is on to the start page, and the other way round.
ONLY_ANONYMOUS: Statuses = dict.fromkeys(FREE, 302) | {ANONYMOUS: 200, "leaver": 200}
# They have nothing to do here: one has a password already, one was sent no code.
ELSEWHERE: Statuses = dict.fromkeys(FREE, 302)


# Everybody who is signed in does it and is led on.
DOES: Statuses = dict.fromkeys(FREE, 302)
OF_THE_OFFICER: Statuses = dict.fromkeys(FREE, 404) | NOBODY | {"officer": 200, "administrator": 200}
NOT_TO_DO: Statuses = OF_THE_CONTRACT | dict.fromkeys(WATCHERS, 403)
ASKS_RELIEF: Statuses = NOT_TO_DO | dict.fromkeys(("officer", "supplier", "contract_manager"), 200)
DISPUTES: Statuses = NOT_TO_DO | {"supplier": 200}
DECIDES_RELIEF: Statuses = NOT_TO_DO | {"contract_manager": 200}
DEFINES: Statuses = NOT_TO_DO | dict.fromkeys(("contract_manager", "administrator"), 200)
OF_THE_ADMINISTRATOR: Statuses = dict.fromkeys(FREE, 403) | NOBODY | {"administrator": 200}

# The months of a contract: for those who enter, verify or look after everything.
OF_THE_RETURNS: Statuses = OF_THE_CONTRACT | dict.fromkeys(("clerk", "board_member", "project_manager"), 404)
BACK_TO_THE_MONTH: Statuses = {who: 302 if status == 200 else status for who, status in OF_THE_RETURNS.items()}
# Only the contract manager decides, and not without saying what.
DECIDES: Statuses = {who: 403 if status == 200 else status for who, status in OF_THE_RETURNS.items()} | {
    "contract_manager": 422
}
# What is typed into an area's month: its officers and the supplier's people enter, officers submit, some may look.
CHECKS: Statuses = OF_THE_RETURNS | {"contract_manager": 403}
ENTERS: Statuses = OF_THE_RETURNS | dict.fromkeys(("contract_manager", "administrator"), 403)
SAVES: Statuses = ENTERS | dict.fromkeys(("officer", "supplier"), 302)
# Files nobody submitted yet are the area's own; an empty form adds nothing.
OF_THE_DESK: Statuses = OF_THE_RETURNS | {"contract_manager": 404}
REMOVES: Statuses = OF_THE_DESK | {"administrator": 403}
ADDS: Statuses = ENTERS | dict.fromkeys(("officer", "supplier"), 422)
ADDS_TO_RELIEF: Statuses = (
    OF_THE_RETURNS | dict.fromkeys(("officer", "supplier", "contract_manager"), 422) | {"administrator": 403}
)
REMOVES_OWN: Statuses = OF_THE_RETURNS | dict.fromkeys(("supplier", "contract_manager", "administrator"), 403)
UPLOADS: Statuses = ENTERS | dict.fromkeys(("officer", "supplier"), 422)
# A closed month takes no figures: its page says so.
NO_MORE: Statuses = SAVES
SUBMITS: Statuses = ENTERS | {"supplier": 403, "officer": 409}


@dataclass(frozen=True, slots=True)
class Stage:
    """What the addresses lead to."""

    contract: Contract
    draft: Paper
    published: Paper
    message: Message
    dispute: Dispute
    shared_file: Evidence
    draft_file: Evidence
    relief_file: Evidence


Address = Callable[[Stage], str]


def at(name: str, *of: Callable[[Stage], object]) -> Address:
    return lambda stage: reverse(name, args=[each(stage) for each in of])


def reference(stage: Stage) -> str:
    return stage.contract.reference


def dispute(stage: Stage) -> int:
    return stage.dispute.pk


def shared_file(stage: Stage) -> int:
    """Of a verified month."""
    return stage.shared_file.pk


def draft_file(stage: Stage) -> int:
    """Of a month that nobody has submitted yet."""
    return stage.draft_file.pk


def relief_file(stage: Stage) -> int:
    """The officer added it to the relief that is asked for."""
    return stage.relief_file.pk


def message(stage: Stage) -> int:
    return stage.message.pk


def asked_relief(stage: Stage) -> str:
    return "R001"


def granted_relief(stage: Stage) -> str:
    return "R002"


def of_entry(name: str, month: str) -> Address:
    return at(name, reference, lambda _: "CSC", lambda _: month)


def of_return(name: str) -> Address:
    return at(name, reference, lambda _: "2018-01", lambda _: "CSC")


# What an address answers to GET, by name. An address that answers differently for different things has several rows.
PAGES: Mapping[str, tuple[tuple[Address, Statuses], ...]] = {
    "home": ((at("home"), LED_TO_THE_CONTRACT),),
    "accessibility": ((at("accessibility"), FREE),),
    "privacy": ((at("privacy"), FREE),),
    "glossary": ((at("glossary"), FREE),),
    "kpis:matrix": ((at("kpis:matrix", reference), OF_THE_CONTRACT),),
    "kpis:kpi": ((at("kpis:kpi", reference, lambda _: "CSC_KPI_01"), OF_THE_CONTRACT),),
    "kpis:reliefs": ((at("kpis:reliefs", reference), OF_THE_CONTRACT),),
    "kpis:relief": ((at("kpis:relief", reference, asked_relief), OF_THE_CONTRACT),),
    "kpis:ask_relief": ((at("kpis:ask_relief", reference), ASKS_RELIEF),),
    "kpis:decide_relief": ((at("kpis:decide_relief", reference, asked_relief), DECIDES_RELIEF),),
    "kpis:end_relief": ((at("kpis:end_relief", reference, granted_relief), DECIDES_RELIEF),),
    "kpis:withdraw_relief": ((at("kpis:withdraw_relief", reference, asked_relief), ASKS_RELIEF),),
    "kpis:decisions": ((at("kpis:decisions", reference), OF_THE_RETURNS),),
    "kpis:dispute": ((at("kpis:dispute", reference, dispute), OF_THE_CONTRACT),),
    "kpis:raise_dispute": (
        (at("kpis:raise_dispute", reference, lambda _: "CSC_KPI_01", lambda _: "2018-01"), DISPUTES),
    ),
    "kpis:answer_dispute": ((at("kpis:answer_dispute", reference, dispute), DECIDES_RELIEF),),
    "kpis:withdraw_dispute": ((at("kpis:withdraw_dispute", reference, dispute), DISPUTES),),
    "kpis:evidence": (
        (at("kpis:evidence", reference, lambda _: "CSC", lambda _: "2018-02", lambda _: "CSC_KPI_01"), OF_THE_RETURNS),
        (at("kpis:evidence", reference, lambda _: "CSC", lambda _: "2018-01", lambda _: "CSC_KPI_01"), OF_THE_RETURNS),
    ),
    "kpis:relief_evidence": (
        (at("kpis:relief_evidence", reference, asked_relief), OF_THE_RETURNS),
        (at("kpis:relief_evidence", reference, granted_relief), OF_THE_RETURNS),
    ),
    "kpis:evidence_file": (
        (at("kpis:evidence_file", reference, shared_file), OF_THE_RETURNS),
        (at("kpis:evidence_file", reference, draft_file), OF_THE_DESK),
        (at("kpis:evidence_file", reference, relief_file), OF_THE_RETURNS),
    ),
    "kpis:remove_evidence": (
        (at("kpis:remove_evidence", reference, draft_file), REMOVES),
        (at("kpis:remove_evidence", reference, relief_file), REMOVES_OWN),
    ),
    "kpis:definitions": ((at("kpis:definitions", reference), DEFINES),),
    "kpis:add_kpi": ((at("kpis:add_kpi", reference), DEFINES),),
    "kpis:set_level": ((at("kpis:set_level", reference, lambda _: "CSC_KPI_01"), DEFINES),),
    "kpis:end_kpi": ((at("kpis:end_kpi", reference, lambda _: "CSC_KPI_01"), DEFINES),),
    "projects:register": ((at("projects:register", reference), OF_THE_CONTRACT),),
    "projects:project": ((at("projects:project", reference, lambda _: "P001"), OF_THE_CONTRACT),),
    "reports:exceptions": ((at("reports:exceptions", reference), OF_THE_CONTRACT),),
    "reports:meetings": ((at("reports:meetings", reference), OF_THE_CONTRACT),),
    "reports:meeting": ((at("reports:meeting", reference, lambda stage: stage.draft.meeting_id), OF_THE_CONTRACT),),
    "reports:progress": ((at("reports:progress", reference, lambda stage: stage.draft.meeting_id), OF_ITS_DRAFTS),),
    "reports:paper": (
        (at("reports:paper", reference, lambda stage: stage.published.pk), OF_THE_CONTRACT),
        (at("reports:paper", reference, lambda stage: stage.draft.pk), OF_ITS_DRAFTS),
    ),
    "reports:file": (
        (at("reports:file", reference, lambda stage: stage.published.pk, lambda _: "report-r1.csv"), OF_THE_CONTRACT),
        (at("reports:file", reference, lambda stage: stage.draft.pk, lambda _: "report-r1.csv"), OF_ITS_DRAFTS),
    ),
    "kpis:returns": ((at("kpis:returns", reference), OF_THE_RETURNS),),
    "kpis:return_form": (
        (of_entry("kpis:return_form", "2018-02"), OF_THE_RETURNS),
        (of_entry("kpis:return_form", "2018-01"), OF_THE_RETURNS),
    ),
    "kpis:return_check": ((of_entry("kpis:return_check", "2018-02"), CHECKS),),
    "kpis:return_sheet": (
        (of_entry("kpis:return_sheet", "2018-02"), ENTERS),
        (of_entry("kpis:return_sheet", "2018-01"), NO_MORE),
    ),
    "kpis:return_upload": (
        (of_entry("kpis:return_upload", "2018-02"), ENTERS),
        (of_entry("kpis:return_upload", "2018-01"), NO_MORE),
    ),
    "kpis:month": ((at("kpis:month", reference, lambda _: "2018-01"), OF_THE_RETURNS),),
    "kpis:completeness": ((at("kpis:completeness", reference), OF_THE_RETURNS),),
    "kpis:verify_clean": ((at("kpis:verify_clean", reference, lambda _: "2018-01"), BACK_TO_THE_MONTH),),
    "kpis:verify": ((of_return("kpis:verify"), BACK_TO_THE_MONTH),),
    "kpis:send_back": ((of_return("kpis:send_back"), BACK_TO_THE_MONTH),),
    "kpis:reopen": ((of_return("kpis:reopen"), BACK_TO_THE_MONTH),),
    "messages": ((at("messages"), SIGNED_IN),),
    # Nothing is kept for anybody: who looks or throws it away is led on.
    "kept": ((at("kept"), DOES),),
    "all_messages": ((at("all_messages"), OF_THE_ADMINISTRATOR),),
    "message": ((at("message", message), OF_THE_OFFICER),),
    # allauth's pages
    "account_login": ((at("account_login"), ONLY_ANONYMOUS),),
    "account_logout": ((at("account_logout"), SIGNED_IN),),
    "account_inactive": ((at("account_inactive"), FREE),),
    "account_signup": ((at("account_signup"), ONLY_ANONYMOUS),),
    "account_reauthenticate": ((at("account_reauthenticate"), SIGNED_IN),),
    "account_email": ((at("account_email"), SIGNED_IN),),
    "account_email_verification_sent": ((at("account_email_verification_sent"), FREE),),
    "account_change_password": ((at("account_change_password"), SIGNED_IN),),
    "account_set_password": ((at("account_set_password"), ELSEWHERE),),
    "account_reset_password": ((at("account_reset_password"), FREE),),
    "account_reset_password_done": ((at("account_reset_password_done"), FREE),),
    "account_reset_password_from_key": (
        (at("account_reset_password_from_key", lambda _: "1", lambda _: "no-such-key"), FREE),
    ),
    "account_reset_password_from_key_done": ((at("account_reset_password_from_key_done"), FREE),),
    "account_confirm_email": ((at("account_confirm_email", lambda _: "no-such-key"), FREE),),
    "account_confirm_login_code": ((at("account_confirm_login_code"), ELSEWHERE),),
}
# What an address that changes something answers to an empty POST. Unless it is a page too, it answers nothing else.
ACTIONS: Mapping[str, tuple[tuple[Address, Statuses], ...]] = {
    "kept": PAGES["kept"],
    "kpis:ask_relief": PAGES["kpis:ask_relief"],
    "kpis:decide_relief": PAGES["kpis:decide_relief"],
    "kpis:end_relief": PAGES["kpis:end_relief"],
    "kpis:withdraw_relief": PAGES["kpis:withdraw_relief"],
    "kpis:raise_dispute": PAGES["kpis:raise_dispute"],
    "kpis:answer_dispute": PAGES["kpis:answer_dispute"],
    "kpis:withdraw_dispute": ((at("kpis:withdraw_dispute", reference, dispute), DISPUTES | {"supplier": CONFLICT}),),
    "kpis:evidence": (
        (at("kpis:evidence", reference, lambda _: "CSC", lambda _: "2018-02", lambda _: "CSC_KPI_01"), ADDS),
    ),
    "kpis:relief_evidence": ((at("kpis:relief_evidence", reference, asked_relief), ADDS_TO_RELIEF),),
    "kpis:remove_evidence": ((at("kpis:remove_evidence", reference, relief_file), REMOVES_OWN | {"officer": 422}),),
    "kpis:add_kpi": PAGES["kpis:add_kpi"],
    "kpis:set_level": PAGES["kpis:set_level"],
    "kpis:end_kpi": PAGES["kpis:end_kpi"],
    "kpis:return_form": ((of_entry("kpis:return_form", "2018-02"), SAVES),),
    "kpis:return_save": ((of_entry("kpis:return_save", "2018-02"), ENTERS),),
    "kpis:return_check": ((of_entry("kpis:return_check", "2018-02"), SUBMITS),),
    "kpis:return_upload": ((of_entry("kpis:return_upload", "2018-02"), UPLOADS),),
    "kpis:return_upload_confirm": ((of_entry("kpis:return_upload_confirm", "2018-02"), SAVES),),
    "kpis:verify_clean": ((at("kpis:verify_clean", reference, lambda _: "2018-01"), DECIDES),),
    "kpis:verify": ((of_return("kpis:verify"), DECIDES),),
    "kpis:send_back": ((of_return("kpis:send_back"), DECIDES),),
    "kpis:reopen": ((of_return("kpis:reopen"), DECIDES),),
    "choose_kinds": ((at("choose_kinds"), DOES),),
    "send_message_again": (
        (at("send_message_again", message), OF_THE_OFFICER | {"officer": 403, "administrator": 302}),
    ),
}

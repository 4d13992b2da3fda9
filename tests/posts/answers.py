"""
What every form is answered when it lies, and what it does when it is sent as it should be.

A form that is done leads on (302); what stands against that is said on a page (200, 409, 422). ``MOVED`` are the rows
that it writes, by kind: whatever is sent there, it writes nothing else.
"""

from collections.abc import Mapping
from typing import Final

RELIEF: Final = {"AreaMonth", "HistoricalRelief", "HistoricalRelief_kpis", "Message", "Relief"}
VERIFIED: Final = {"AreaMonth", "HistoricalReturn", "Message", "Return"}
DISPUTE: Final = {"Dispute", "HistoricalDispute", "Message"}
EVIDENCE: Final = {"Evidence", "HistoricalEvidence"}
LEVEL: Final = {"HistoricalLevel", "Level"}
KPI: Final = {"HistoricalKpi", "Kpi"}
REBASE: Final = {"HistoricalRebase", "Rebase"}
PROJECT: Final = {"HistoricalProject", "Project", "RegisterRow"}
MILESTONE: Final = {"HistoricalMilestone", "Milestone"}
DEPENDENCY: Final = {"Dependency", "HistoricalDependency"}
FUNDING: Final = {"Funding", "HistoricalFunding"}
NOMINATION: Final = {"HistoricalNomination", "Message", "Nomination"}
KEY_LIST: Final = {"HistoricalKeyList", "KeyList"}
KEY_ENTRIES: Final = {"HistoricalKeyEntry", "KeyEntry"}
QUESTION: Final = {"HistoricalQuestion", "Message", "Question"}

ANSWERED: Final[Mapping[str, set[int]]] = {
    "kpis:return_form": {302, 409},
    "kpis:return_save": {200, 401},
    "kpis:return_check": {200, 302, 409},
    "kpis:return_upload": {422},
    "kpis:return_upload_confirm": {302},
    "kpis:evidence": {422},
    "kpis:relief_evidence": {422},
    "kpis:remove_evidence": {302, 422},
    "kpis:verify_clean": {302, 422},
    "kpis:verify": {409, 422},
    "kpis:send_back": {302, 409, 422},
    "kpis:reopen": {302, 409, 422},
    "kpis:ask_relief": {302, 422},
    "kpis:decide_relief": {200, 422},
    "kpis:end_relief": {200, 422},
    "kpis:withdraw_relief": {302, 422},
    "kpis:raise_dispute": {200, 302, 409},
    "kpis:answer_dispute": {200, 302, 409},
    "kpis:withdraw_dispute": {409},
    "kpis:add_kpi": {302, 422},
    "kpis:set_level": {302, 422},
    "kpis:end_kpi": {302, 422},
    "kpis:rebase": {200, 302},
    "kpis:withdraw_rebase": {200, 302},
    "projects:add": {200, 302},
    "projects:edit": {200, 302},
    "projects:archive": {200, 302},
    "projects:take_back": {200, 302},
    "projects:dependencies": {200, 302},
    "projects:remove_dependency": {302},
    "projects:rebaseline": {200},
    "projects:change_several": {200, 302, 422},
    "projects:update": {302, 409, 422},
    "projects:add_funding": {200, 302},
    "projects:change_funding": {200, 302},
    "projects:remove_funding": {200, 302},
    "projects:nominate": {200},
    "projects:scrutiny_chairs": {200, 302},
    "projects:decline_nomination": {200, 302},
    "projects:propose_key": {200, 302},
    "projects:discard_key": {302},
    "projects:take_back_key": {302},
    "projects:decide_key": {200, 302},
    "projects:amend_key": {200, 302},
    "reports:ask_question": {200, 302},
    "reports:answer_question": {302, 409, 422},
    "reports:hand_question": {409, 422},
    "reports:withdraw_question": {302},
    "reports:minute_question": {200, 302},
    "reports:put_key_list": {200, 302},
    "reports:write_paper": {302},
    "reports:write_operational_report": {302},
    "reports:import_workbook": {302, 422},
    "choose_kinds": {302},
    "send_message_again": {302},
    "kept": {302},
}
MOVED: Final[Mapping[str, set[str]]] = {
    "kpis:return_form": {"Entry"},
    "kpis:return_save": {"Entry"},
    "kpis:return_check": {"AreaMonth", "Entry", "HistoricalResult", "HistoricalReturn", "Result", "Return"},
    "kpis:return_upload": set(),
    "kpis:return_upload_confirm": {"Entry"},
    "kpis:evidence": EVIDENCE,
    "kpis:relief_evidence": EVIDENCE,
    "kpis:remove_evidence": EVIDENCE,
    "kpis:verify_clean": VERIFIED,
    "kpis:verify": VERIFIED,
    "kpis:send_back": {"HistoricalReturn", "Message", "Return"},
    "kpis:reopen": VERIFIED | {"HistoricalResult", "Result"},
    "kpis:ask_relief": {"HistoricalRelief", "HistoricalRelief_kpis", "Message", "Relief", "Relief_kpis"},
    "kpis:decide_relief": RELIEF,
    "kpis:end_relief": RELIEF,
    "kpis:withdraw_relief": {"HistoricalRelief", "HistoricalRelief_kpis", "Message", "Relief"},
    "kpis:raise_dispute": DISPUTE,
    "kpis:answer_dispute": DISPUTE,
    "kpis:withdraw_dispute": DISPUTE,
    "kpis:add_kpi": LEVEL | KPI,
    "kpis:set_level": LEVEL,
    "kpis:end_kpi": KPI,
    "kpis:rebase": REBASE,
    "kpis:withdraw_rebase": REBASE,
    "projects:add": PROJECT | MILESTONE,
    "projects:edit": PROJECT,
    "projects:archive": PROJECT,
    "projects:take_back": PROJECT,
    "projects:dependencies": DEPENDENCY,
    "projects:remove_dependency": DEPENDENCY,
    "projects:rebaseline": MILESTONE | {"HistoricalRebaseline", "Rebaseline", "RegisterRow"},
    "projects:change_several": PROJECT,
    "projects:update": {"HistoricalUpdate", "RegisterRow", "Update"},
    "projects:add_funding": FUNDING,
    "projects:change_funding": FUNDING,
    "projects:remove_funding": FUNDING,
    "projects:nominate": NOMINATION,
    "projects:scrutiny_chairs": {"HistoricalScrutinyChair", "ScrutinyChair"},
    "projects:decline_nomination": NOMINATION,
    "projects:propose_key": KEY_LIST | KEY_ENTRIES,
    "projects:discard_key": KEY_LIST | KEY_ENTRIES | {"RegisterRow"},
    "projects:take_back_key": KEY_LIST,
    "projects:decide_key": KEY_LIST,
    "projects:amend_key": KEY_LIST | KEY_ENTRIES,
    "reports:ask_question": QUESTION,
    "reports:answer_question": QUESTION,
    "reports:hand_question": QUESTION,
    "reports:withdraw_question": QUESTION,
    "reports:minute_question": QUESTION | {"BoardRequest", "HistoricalBoardRequest"},
    "reports:put_key_list": KEY_LIST | {"Message"},
    "reports:write_paper": {"PaperRun"},
    "reports:write_operational_report": {"PaperRun"},
    "reports:import_workbook": PROJECT,
    "choose_kinds": {"MutedKind"},
    "send_message_again": {"Message"},
    "kept": set(),
}

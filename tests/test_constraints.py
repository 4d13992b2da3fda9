"""
What one row can get wrong is refused by the database itself, and by a form in words of ours.

Each constraint is broken in both ways: by a statement that goes past every form, and by the check that forms make. A
constraint that is not in the tables below fails a test.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, Model, UniqueConstraint

from contracts.models import Access, Assignment, BusinessDay, Contract, Message, MutedKind, Question, ServiceArea
from kpis.models import (
    AreaMonth,
    Correction,
    Dispute,
    Entry,
    Evidence,
    Kpi,
    Level,
    Rebase,
    Relief,
    Result,
    Return,
    WarningAnswer,
)
from projects.models import (
    Dependency,
    Funding,
    KeyEntry,
    KeyExit,
    KeyList,
    Milestone,
    MilestoneForecast,
    NearMiss,
    Nomination,
    Project,
    RegisterRow,
    ScrutinyChair,
    Update,
)
from reports.models import Board, BoardRequest, Meeting, Paper, PaperFile, PaperRun, ReviewPeriod, WorkbookUpload
from tests import issued_constraints

OURS = ("contracts", "kpis", "projects", "reports")
MARCH_2 = date(2018, 3, 2)

# A valid row of the model, changed like this, breaks the rule.
CHANGES: Mapping[str, tuple[type[Model], Mapping[str, Any]]] = {
    **issued_constraints.CHANGES,
    "access_kind_is_known": (Access, {"kind": "slept"}),
    "access_names_a_person": (Access, {"person_id": None}),
    "business_day_is_one_row": (BusinessDay, {"id": 2}),
    "contract_ends_after_it_commences": (Contract, {"ends_on": date(2017, 1, 1)}),
    "contract_history_is_1_to_36_months": (Contract, {"history_months": 37}),
    "contract_operational_report_within_20_days": (Contract, {"operational_report_working_days": 21}),
    "message_state_is_known": (Message, {"state": "lost"}),
    "message_is_claimed_while_sending": (Message, {"state": "sending", "claim": ""}),
    "message_sent_has_a_time": (Message, {"state": "sent", "sent_at": None}),
    "kpi_in_force_is_months": (Kpi, {"in_force_to": MARCH_2}),
    "kpi_ends_after_it_begins": (Kpi, {"in_force_to": date(2016, 12, 1)}),
    "kpi_has_at_most_6_decimals": (Kpi, {"decimals": 7}),
    "kpi_is_due_in_some_month": (Kpi, {"due_mask": 0}),
    "kpi_unit_is_known": (Kpi, {"unit": "furlongs"}),
    "kpi_polarity_is_known": (Kpi, {"polarity": "sideways"}),
    "level_takes_effect_in_a_month": (Level, {"effective_from": MARCH_2}),
    "rebase_begins_with_a_month": (Rebase, {"from_month": MARCH_2}),
    "rebase_has_a_reason": (Rebase, {"reason": ""}),
    "rebase_is_withdrawn_with_a_reason": (Rebase, {"withdrawn_reason": "A mistake."}),
    "relief_spans_months": (Relief, {"from_month": date(2017, 10, 2)}),
    "relief_ends_after_it_begins": (Relief, {"to_month": date(2017, 9, 1)}),
    "relief_decision_is_known": (Relief, {"decision": "perhaps"}),
    "relief_cause_is_known": (Relief, {"cause": "bad luck"}),
    "relief_is_not_decided_by_who_asked": (Relief, {"requester_id": 1, "decider_id": 1}),
    "return_is_for_a_month": (Return, {"month": MARCH_2}),
    "return_state_is_known": (Return, {"state": "lost"}),
    "return_goes_back_with_a_reason": (Return, {"state": "returned", "returned_reason": ""}),
    "return_sample_has_a_size": (Return, {"checked_how": "sample re-performed", "sample_size": None}),
    "area_month_is_a_month": (AreaMonth, {"month": MARCH_2}),
    "area_month_has_a_kpi_in_force": (AreaMonth, {"in_force": 0, "target_met": 0}),
    "area_month_adds_up": (AreaMonth, {"below_target": 1}),
    "area_month_provisional_is_reported": (AreaMonth, {"provisional": 2, "is_verified": False}),
    "area_month_verified_is_closed": (AreaMonth, {"is_handed_in": False}),
    "result_is_for_a_month": (Result, {"month": MARCH_2}),
    "result_source_is_known": (Result, {"source": "hearsay"}),
    "return_check_is_known": (Return, {"checked_how": "glanced at"}),
    "result_rate_is_whole": (Result, {"numerator": Decimal(9)}),
    "result_denominator_is_positive": (Result, {"numerator": Decimal(0), "denominator": Decimal(0)}),
    "result_is_a_figure_or_a_reason": (Result, {"value": None}),
    "warning_answer_says_something": (WarningAnswer, {"answer": ""}),
    "dispute_state_is_known": (Dispute, {"state": "shelved"}),
    "dispute_says_what_is_wrong": (Dispute, {"note": ""}),
    "dispute_is_answered_with_words": (Dispute, {"answer": ""}),
    "dispute_is_settled_by_somebody": (Dispute, {"settled_at": None}),
    "dispute_is_not_answered_by_who_raised_it": (Dispute, {"settled_by_id": 1, "raised_by_id": 1}),
    "evidence_is_of_a_month_or_a_relief": (Evidence, {"relief_id": 1}),
    "evidence_is_for_a_month": (Evidence, {"month": MARCH_2}),
    "evidence_kind_is_known": (Evidence, {"kind": "exe"}),
    "evidence_has_a_name": (Evidence, {"name": ""}),
    "evidence_is_not_empty": (Evidence, {"size": 0}),
    "evidence_sha256_is_whole": (Evidence, {"sha256": "a" * 63}),
    "evidence_is_removed_by_somebody_for_a_reason": (Evidence, {"removed_reason": "Wrong file."}),
    "correction_has_a_reason": (Correction, {"reason": ""}),
    "project_finishes_after_it_starts": (Project, {"original_finish": date(2017, 10, 1)}),
    "project_stage_is_known": (Project, {"stage": "limbo"}),
    "project_money_is_not_negative": (Project, {"spent_to_date": Decimal("-0.01")}),
    "project_source_is_known": (Project, {"source": "hearsay"}),
    "project_archived_with_a_reason": (Project, {"archived_on": MARCH_2}),
    "dependency_joins_two_projects": (Dependency, {"holder_id": 1, "held_up_id": 1}),
    "dependency_kind_is_known": (Dependency, {"kind": "helps"}),
    "project_kind_is_known": (Project, {"kind": "magical"}),
    "funding_year_begins_on_1_april": (Funding, {"begins_on": date(2017, 4, 2)}),
    "funding_is_not_negative": (Funding, {"amount": Decimal("-0.01")}),
    "funding_says_what_it_is_for": (Funding, {"purpose": ""}),
    "funding_source_is_known": (Funding, {"source": "hearsay"}),
    "register_row_ends_after_it_begins": (RegisterRow, {"until_on": date(2018, 3, 14)}),
    "update_confidence_is_known": (Update, {"confidence": "blue"}),
    "update_returns_to_green_or_does_not_know": (
        Update,
        {"is_green_unknown": True, "returns_to_green_on": MARCH_2},
    ),
    "update_number_counts_from_1": (Update, {"number": 0}),
    "key_entry_rank_counts_from_1": (KeyEntry, {"rank": 0}),
    "key_entry_has_a_rationale": (KeyEntry, {"rationale": ""}),
    "key_exit_has_a_reason": (KeyExit, {"reason": ""}),
    "near_miss_has_a_reason": (NearMiss, {"reason": ""}),
    "scrutiny_chair_names_an_area": (ScrutinyChair, {"scrutiny_area": ""}),
    "nomination_has_a_reason": (Nomination, {"reason": ""}),
    "nomination_outcome_is_known": (Nomination, {"outcome": "lost", "answered_on": MARCH_2}),
    "nomination_taken_up_names_the_list": (Nomination, {"outcome": "taken up", "answered_on": MARCH_2}),
    "nomination_is_declined_with_a_reason": (Nomination, {"outcome": "declined", "answered_on": MARCH_2}),
    "nomination_is_answered_on_a_day": (Nomination, {"outcome": "declined", "answer": "It is small."}),
    "board_clear_days_are_1_to_20": (Board, {"clear_days": 0}),
    "board_drafts_before_it_signs_off": (Board, {"sign_off_days": 6}),
    "board_offsets_are_not_far_off": (Board, {"addendum_cut_off_days": 21}),
    "board_keeps_papers_1_to_100_years": (Board, {"paper_years": 0}),
    "meeting_moved_from_another_day": (Meeting, {"moved_from": date(2018, 3, 29)}),
    "meeting_status_is_known": (Meeting, {"status": "postponed"}),
    "review_period_is_months": (ReviewPeriod, {"review_to": MARCH_2}),
    "review_period_ends_after_it_begins": (ReviewPeriod, {"review_to": date(2017, 10, 1)}),
    "paper_run_kind_is_known": (PaperRun, {"kind": "leaflet"}),
    "paper_run_stage_is_known": (PaperRun, {"stage": "dreaming"}),
    "paper_run_is_for_a_meeting_or_a_month": (PaperRun, {"month": date(2018, 2, 1)}),
    "paper_run_month_is_a_month": (PaperRun, {"kind": "operational", "meeting_id": None, "month": MARCH_2}),
    "paper_is_for_a_meeting_or_a_month": (Paper, {"meeting_id": None}),
    "paper_month_is_a_month": (Paper, {"kind": "operational", "meeting_id": None, "month": MARCH_2}),
    "paper_kind_is_known": (Paper, {"kind": "leaflet"}),
    "paper_status_is_known": (Paper, {"status": "leaked"}),
    "paper_run_state_is_known": (PaperRun, {"state": "asleep"}),
    "paper_run_is_claimed_while_running": (PaperRun, {"state": "running", "claim": ""}),
    "paper_review_ends_after_it_begins": (Paper, {"review_to": date(2017, 10, 1)}),
    "question_is_about_a_month": (Question, {"month": MARCH_2}),
    "question_is_about_one_thing": (Question, {"project": "P001"}),
    "question_state_is_known": (Question, {"state": "ignored"}),
    "question_asks_something": (Question, {"text": ""}),
    "question_answered_has_an_answer": (Question, {"state": "answered"}),
    "question_minuted_names_the_meeting": (Question, {"minuted_on": date(2018, 3, 1)}),
    "board_request_kind_is_known": (BoardRequest, {"kind": "wish"}),
    "board_request_status_is_known": (BoardRequest, {"status": "forgotten", "answer": "Yes."}),
    "board_request_is_closed_with_an_answer": (BoardRequest, {"status": "closed", "answer": ""}),
}

# A second row like the first, but for these changes, breaks the rule.
COPIES: Mapping[str, tuple[type[Model], Mapping[str, Any]]] = {
    **issued_constraints.COPIES,
    "service_area_code_once_per_contract": (ServiceArea, {"name": "Another"}),
    "assignment_once_per_area": (Assignment, {}),
    "assignment_once_per_contract": (Assignment, {"service_area_id": None}),
    "message_once_per_person_and_occasion": (Message, {"subject": "Another"}),
    "muted_kind_once_per_person": (MutedKind, {}),
    "kpi_code_once_per_contract": (Kpi, {"name": "Another"}),
    "level_once_per_month": (Level, {"target": Decimal(99)}),
    "rebase_once_per_month": (Rebase, {"reason": "Another"}),
    "relief_reference_once_per_contract": (Relief, {"narrative": "Another"}),
    "area_month_once": (AreaMonth, {"missing": 1, "in_force": 2}),
    "return_once_per_area_and_month": (Return, {"state": "open"}),
    "entry_once_per_kpi_and_return": (Entry, {"value": "96"}),
    "dispute_is_open_once_per_result": (Dispute, {"note": "Another"}),
    "evidence_once_per_month": (Evidence, {"path": "elsewhere"}),
    "evidence_once_per_relief": (Evidence, {"path": "elsewhere"}),
    "result_once_per_kpi_and_month": (Result, {"value": Decimal(1)}),
    "project_reference_once_per_contract": (Project, {"title": "Another"}),
    "funding_once_per_year_and_purpose": (Funding, {"amount": Decimal(1)}),
    "register_row_once_per_project_and_day": (RegisterRow, {"title": "Another"}),
    "workbook_upload_once_per_person": (WorkbookUpload, {"name": "another.csv"}),
    "update_once_per_project_day_and_number": (Update, {"confidence": "red"}),
    "milestone_forecast_once_per_update": (MilestoneForecast, {"forecast_on": MARCH_2}),
    "dependency_once_per_pair_and_kind": (Dependency, {"note": "Another"}),
    "milestone_title_once_per_project": (Milestone, {"original_on": MARCH_2}),
    "key_list_has_one_proposal": (KeyList, {}),
    "key_list_decided_once_a_day": (KeyList, {"decided_on": MARCH_2}),
    "key_entry_once_per_project": (KeyEntry, {"rank": 99}),
    "key_entry_once_per_rank": (KeyEntry, {"project_id": 2}),
    "key_exit_once_per_project": (KeyExit, {"reason": "Another."}),
    "near_miss_once_per_project": (NearMiss, {"reason": "Another."}),
    "scrutiny_chair_once_per_area": (ScrutinyChair, {}),
    "nomination_open_once_per_project_and_area": (Nomination, {"reason": "Another."}),
    "meeting_once_per_board_and_day": (Meeting, {"status": "held"}),
    "review_period_once_per_contract_and_meeting": (ReviewPeriod, {"review_from": date(2018, 1, 1)}),
    "paper_run_once_per_revision": (PaperRun, {"state": "queued"}),
    "paper_run_once_per_month": (PaperRun, {"state": "queued"}),
    "paper_once_per_revision": (Paper, {"run_id": 99}),
    "paper_once_per_month": (Paper, {"run_id": 99}),
    "paper_file_once_per_name": (PaperFile, {"path": "elsewhere.csv"}),
    "question_reference_once_per_contract": (Question, {"text": "Another"}),
    "board_request_once_per_question": (BoardRequest, {"reference": "B099"}),
    "board_request_reference_once_per_contract": (BoardRequest, {"text": "Another", "question_id": None}),
}


def constraints() -> dict[str, BaseConstraint]:
    models = (model for label in OURS for model in apps.get_app_config(label).get_models())
    return {constraint.name: constraint for model in models for constraint in model._meta.constraints}


def test_every_constraint_is_broken_here() -> None:
    assert constraints().keys() == CHANGES.keys() | COPIES.keys()
    assert not CHANGES.keys() & COPIES.keys()


def test_every_constraint_says_what_is_wrong_in_words_of_its_own() -> None:
    said = [str(constraint.violation_error_message) for constraint in constraints().values()]
    assert not [words for words in said if words.startswith("Constraint") or not words.endswith(".")]


@pytest.mark.usefixtures("lasting_ground", "db")
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_breaks_the_rule_is_refused(name: str) -> None:
    model, changes = CHANGES[name]
    row = model._default_manager.order_by("pk")[0]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(**changes)
    assert name in str(refusal.value)
    refused_by_a_form(row, changes, name)


@pytest.mark.usefixtures("lasting_ground", "db")
@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_breaks_the_rule_is_refused(name: str) -> None:
    model, changes = COPIES[name]
    row = row_to_copy(model, name)
    row.pk = None
    row._state.adding = True
    refused_by_a_form(row, changes, name)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model._default_manager.bulk_create([row])
    assert names(refusal.value, name)


def row_to_copy(model: type[Model], name: str) -> Model:
    rows = model._default_manager.order_by("pk")
    if name == "assignment_once_per_area":
        rows = rows.exclude(service_area=None)
    elif name == "assignment_once_per_contract":
        rows = rows.filter(service_area=None)
    elif name == "dispute_is_open_once_per_result":
        rows = rows.filter(state="open")
    elif name == "evidence_once_per_relief":
        rows = rows.exclude(relief=None)
    elif name in ("paper_run_once_per_month", "paper_once_per_month"):
        rows = rows.exclude(month=None)
    elif name == "key_list_decided_once_a_day":
        rows = rows.exclude(decided_on=None)
    return rows[0]


def refused_by_a_form(row: Model, changes: Mapping[str, Any], name: str) -> None:
    for field, value in changes.items():
        setattr(row, field, value)
    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    assert str(constraints()[name].violation_error_message) in refusal.value.messages


def names(refusal: IntegrityError, name: str) -> bool:
    """Whether the database names this constraint; SQLite names the columns of a unique one instead."""
    if connection.vendor != "sqlite":
        return name in str(refusal)
    constraint = constraints()[name]
    assert isinstance(constraint, UniqueConstraint)
    found = re.findall(r"\w+\.(\w+?)(?:_id)?\b", str(refusal).partition("failed: ")[2])
    return sorted(found) == sorted(constraint.fields)

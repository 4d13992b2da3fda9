"""How the rules of papers, their words and their life are broken, for tests/test_constraints.py to break them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Model

from reports.models import (
    ActOrigin,
    CheckedCorrection,
    Erratum,
    ExemptAppendix,
    ExemptMark,
    FrozenFile,
    FrozenPaper,
    Narrative,
    Paper,
    PaperAct,
    PaperFile,
    PaperRun,
    PublishableMonth,
    Remark,
    TypedWords,
    UploadedEdition,
)

MARCH_2: Final = date(2018, 3, 2)

CHANGES: Mapping[str, tuple[type[Model], Mapping[str, Any]]] = {
    "narrative_kind_is_known": (Narrative, {"kind": "operational"}),
    "remark_is_about_a_kpi_or_project": (Remark, {"about": "weather"}),
    "remark_says_something": (Remark, {"text": ""}),
    "exempt_mark_names_a_paragraph": (ExemptMark, {"paragraph": 8}),
    "exempt_mark_gives_the_public_interest": (ExemptMark, {"public_interest": ""}),
    "exempt_appendix_names_a_paragraph": (ExemptAppendix, {"paragraph": 8}),
    "exempt_appendix_says_something": (ExemptAppendix, {"text": ""}),
    "exempt_appendix_gives_the_public_interest": (ExemptAppendix, {"public_interest": ""}),
    "typed_words_say_where_and_what": (TypedWords, {"says": ""}),
    "typed_words_are_worded_or_stay_for_a_reason": (TypedWords, {"state": "stays"}),
    "typed_words_audience_is_known": (TypedWords, {"audience": "secret"}),
    "frozen_paper_audience_is_known": (FrozenPaper, {"audience": "secret"}),
    "uploaded_edition_audience_is_known": (UploadedEdition, {"audience": "secret"}),
    "act_origin_is_of_one_act": (ActOrigin, {"upload_id": None, "act_id": None}),
    "paper_act_kind_is_known": (PaperAct, {"kind": "burnt"}),
    "paper_act_gives_its_reason": (PaperAct, {"kind": "withdrawn", "words": ""}),
    "paper_act_of_publication_says_when_and_where": (PaperAct, {"address": "https://example.org/"}),
    "erratum_names_its_place": (Erratum, {"place": ""}),
    "erratum_audience_is_known": (Erratum, {"audience": "secret"}),
    "publishable_month_is_a_month": (PublishableMonth, {"month": MARCH_2}),
    "publishable_month_gives_a_reason": (PublishableMonth, {"reason": ""}),
    "publishable_month_is_withdrawn_by_somebody": (PublishableMonth, {"withdrawn_by_id": 1}),
    "paper_is_bound_where_it_has_a_number": (Paper, {"number": 1}),
    "paper_file_edition_is_known": (PaperFile, {"edition": "final"}),
    "paper_file_audience_is_known": (PaperFile, {"audience": "secret"}),
    "paper_run_is_bound_where_it_has_a_number": (PaperRun, {"number": 1}),
    "paper_run_edition_is_known": (PaperRun, {"edition": "second"}),
}

COPIES: Mapping[str, tuple[type[Model], Mapping[str, Any]]] = {
    "narrative_once_per_paper": (Narrative, {"headline": "Another"}),
    "remark_once_per_subject": (Remark, {"text": "Another"}),
    "exempt_mark_once_per_section": (ExemptMark, {"paragraph": 1}),
    "exempt_appendix_once_per_place": (ExemptAppendix, {"title": "Another"}),
    "typed_words_once_per_place_and_correction": (TypedWords, {"says": "Another sentence."}),
    "frozen_paper_once_per_audience": (FrozenPaper, {"address": "elsewhere"}),
    "frozen_file_once_per_name": (FrozenFile, {"path": "elsewhere.csv"}),
    "uploaded_edition_once_per_content": (UploadedEdition, {"name": "another.txt"}),
    "erratum_once_per_place_and_correction": (Erratum, {"printed": "28"}),
    "correction_checked_once_per_paper": (CheckedCorrection, {}),
    "publishable_month_once": (PublishableMonth, {"reason": "Another"}),
}

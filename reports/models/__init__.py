"""Boards and their meetings, the requests they make, the papers written for them and what became of each."""

from reports.models.acts import ActOrigin, PaperAct
from reports.models.board import Board, Meeting, ReviewPeriod
from reports.models.errata import CheckedCorrection, Erratum, PublishableMonth, TypedWords
from reports.models.frozen import FrozenFile, FrozenPaper, FrozenSnapshot, UploadedEdition
from reports.models.narrative import ExemptAppendix, ExemptMark, Narrative, PaperTemplate, Remark
from reports.models.paper import Paper, PaperFile
from reports.models.request import BoardRequest
from reports.models.run import Edition, PaperRun
from reports.models.upload import WorkbookUpload

__all__ = [
    "ActOrigin",
    "Board",
    "BoardRequest",
    "CheckedCorrection",
    "Edition",
    "Erratum",
    "ExemptAppendix",
    "ExemptMark",
    "FrozenFile",
    "FrozenPaper",
    "FrozenSnapshot",
    "Meeting",
    "Narrative",
    "Paper",
    "PaperAct",
    "PaperFile",
    "PaperRun",
    "PaperTemplate",
    "PublishableMonth",
    "Remark",
    "ReviewPeriod",
    "TypedWords",
    "UploadedEdition",
    "WorkbookUpload",
]

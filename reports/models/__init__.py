"""Boards and their meetings, the requests they make, and the papers written for them."""

from reports.models.board import Board, Meeting, ReviewPeriod
from reports.models.paper import Paper, PaperFile, PaperRun
from reports.models.request import BoardRequest
from reports.models.upload import WorkbookUpload

__all__ = ["Board", "BoardRequest", "Meeting", "Paper", "PaperFile", "PaperRun", "ReviewPeriod", "WorkbookUpload"]

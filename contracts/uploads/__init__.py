"""
What judges a file that somebody hands in, before anything else touches it.

:func:`judge_upload` says what a file is, by its content, or raises :class:`UploadRefused` in words for the person.
:func:`refuse_oversize` and :func:`refuse_bombs` are the parts of it that readers of a workbook need as well:

>>> refuse_oversize(upload.size, "figures.xlsx")
>>> refuse_bombs(upload, "figures.xlsx")

:func:`scan` has the malware scanner of the installation look at a file, where there is one.
"""

from contracts.uploads.archives import refuse_bombs
from contracts.uploads.judging import Judged, judge_upload, refuse_oversize
from contracts.uploads.kinds import KINDS, Kind, size_in_words
from contracts.uploads.names import cleaned_name, suffix_of
from contracts.uploads.refusals import UploadRefused
from contracts.uploads.scanning import scan

__all__ = [
    "KINDS",
    "Judged",
    "Kind",
    "UploadRefused",
    "cleaned_name",
    "judge_upload",
    "refuse_bombs",
    "refuse_oversize",
    "scan",
    "size_in_words",
    "suffix_of",
]

"""
Importing a workbook from the page: looked at first, then imported exactly as it was shown.

The preview is the importer's own check of the file. What is confirmed is that file, by its hash, and only as long as it
would still do what was shown.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person
from contracts.queries import load_ground
from contracts.rules.roles import IMPORTS
from reports.models import WorkbookUpload
from reports.workbook import ImportOutcome, import_workbook

KEPT_FOR: Final = timedelta(hours=1)


class NotYours(PermissionDenied):
    """Somebody tried to import who may not."""


class UploadGone(Exception):
    """What was previewed is not kept any more: too old, replaced by another file, or imported already."""


class ShownOtherwise(Exception):
    """The file would do something else now than was shown: nothing was imported, it is to be looked at again."""

    def __init__(self, upload: WorkbookUpload) -> None:
        super().__init__()
        self.upload = upload


def preview_workbook(
    *, contract: Contract, by: Person, name: str, content: bytes, reason: str, at: datetime
) -> tuple[ImportOutcome, WorkbookUpload | None]:
    """What the file would do to the contract. It is kept for the person to confirm, unless it is refused."""
    _must_import(by, contract)
    WorkbookUpload.objects.filter(uploaded_at__lt=at - KEPT_FOR).delete()
    outcome = _import(contract, by, name, content, reason, check=True)
    if outcome.is_refused or not outcome.has_changes:
        return outcome, None
    kept, _ = WorkbookUpload.objects.update_or_create(
        contract=contract,
        person=by,
        defaults={
            "name": name,
            "content": content,
            "sha256": sha256(content).hexdigest(),
            "reason": reason,
            "shown": _fingerprint(outcome),
            "uploaded_at": at,
        },
    )
    return outcome, kept


@transaction.atomic
def import_previewed(*, contract: Contract, by: Person, digest: str, at: datetime) -> ImportOutcome:
    """
    Imports the file that was shown to this person. The whole of it, or nothing.

    Raises :class:`UploadGone`, or :class:`ShownOtherwise` where somebody changed meanwhile what the file is about.
    """
    _must_import(by, contract)
    own = WorkbookUpload.objects.select_for_update().filter(contract=contract, person=by)
    upload = own.filter(uploaded_at__gte=at - KEPT_FOR).first()
    if upload is None or upload.sha256 != digest:
        raise UploadGone
    with transaction.atomic():
        outcome = _import(contract, by, upload.name, bytes(upload.content), upload.reason, check=False)
        is_as_shown = not outcome.is_refused and _fingerprint(outcome) == upload.shown
        transaction.set_rollback(not is_as_shown)
    if not is_as_shown:
        raise ShownOtherwise(upload)
    upload.delete()
    return outcome


def _must_import(by: Person, contract: Contract) -> None:
    if not load_ground(by).held.holds(IMPORTS, contract.reference):
        raise NotYours("The contract manager and administrators import workbooks.")


def _import(contract: Contract, by: Person, name: str, content: bytes, reason: str, *, check: bool) -> ImportOutcome:
    """The importer reads a file: its ending says which kind it is, and the name of a CSV file which sheet."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        return import_workbook(path, contract_reference=contract.reference, check=check, reason=reason, by=by)


def _fingerprint(outcome: ImportOutcome) -> str:
    """Of all that a preview shows."""
    counts = [(sheet, each.created, each.changed, each.left_alone) for sheet, each in sorted(outcome.tallies.items())]
    return sha256(repr((counts, [str(change) for change in outcome.changes])).encode()).hexdigest()

"""
A paper's file as the council edited it, kept beside ours with its hash: what it says is the council's own.

It is judged by its content before anything is kept, and never changed afterwards: the next edition is another row.
"""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import transaction

from contracts.models import Person
from contracts.rules.roles import UPLOADS
from contracts.uploads import judge_upload, scan
from reports.models import ActOrigin, Paper, UploadedEdition
from reports.models.paper import Audience
from reports.services.acts import FROZEN, ActRefused, hold, must_hold, refuse_unless, said


class AlreadyThere(ActRefused):
    """The very same file was uploaded before."""

    field = "file"


class NoSuchPart(ActRefused):
    """It is said to be of the exempt part, and the paper has none."""

    field = "audience"


def upload_edition(
    paper: Paper, *, file: IO[bytes], name: str, audience: Audience | str, note: str, by: Person, at: datetime
) -> UploadedEdition:
    """
    Keeps a file beside those that were frozen; ``note`` says what was edited.

    Raises :class:`NotYours`, :class:`NotAsItStands`, :class:`AlreadyThere`, :class:`ActRefused`, or
    :class:`contracts.uploads.UploadRefused` for the file itself.
    """
    must_hold(by, paper, UPLOADS, "The clerk and the contract manager keep edited files beside a paper.")
    what = said(note, "what was edited", "note")
    judged = judge_upload(file, name)
    content = file.read()
    _scan(content, judged.name)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        held = hold(paper)
        refuse_unless(held, FROZEN, "A file is kept beside a paper that is with the clerk or published.")
        if not held.frozen.filter(audience=audience).exists():
            raise NoSuchPart("This paper has no part that is not for publication.")
        if held.uploaded.filter(sha256=digest).exists():
            raise AlreadyThere(f"“{judged.name}” was uploaded already.")
        kept = UploadedEdition(
            paper=held,
            audience=audience,
            name=judged.name,
            content=content,
            content_type=judged.kind.content_type,
            size=judged.size,
            sha256=digest,
            note=what,
            uploaded_at=at,
            uploaded_by=by,
        )
        kept.full_clean()
        kept.save()
        ActOrigin.objects.create(upload=kept)
    return kept


def _scan(content: bytes, name: str) -> None:
    """The installation's malware scanner looks at a file on the disk."""
    with tempfile.TemporaryDirectory(prefix="edition-") as folder:
        path = Path(folder) / "edition"
        path.write_bytes(content)
        scan(path, name)

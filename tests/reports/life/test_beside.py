"""What lies beside a frozen paper: the clerk's zip, files the council edited; and whether all of it is as it was."""

import hashlib
import io
from zipfile import ZipFile

import pytest
from django.conf import settings

from contracts.uploads import UploadRefused
from reports.models import FrozenFile, FrozenSnapshot, Paper, UploadedEdition
from reports.queries.bundle import BundleDamaged, bundle, clerk_bundle
from reports.queries.integrity import damaged_papers
from reports.services.acts import ActRefused, NotAsItStands, NotYours
from reports.services.uploaded import AlreadyThere, NoSuchPart, upload_edition
from tests.fixtures.thaw import guards_asleep
from tests.people import Cast
from tests.reports.life.conftest import AT

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def upload(paper: Paper, by: object, content: bytes = b"Edited by the clerk.\n", **changes: str) -> UploadedEdition:
    given = {"name": "agenda.txt", "audience": "public", "note": "Page numbers."} | changes
    return upload_edition(paper, file=io.BytesIO(content), by=by, at=AT, **given)  # type: ignore[arg-type]


def test_one_half_is_one_zip_with_the_hash_of_everything_in_it(with_clerk: Paper) -> None:
    name, content = bundle(with_clerk, "public")
    half = with_clerk.frozen.get()
    assert name == f"{half.address}.zip"
    with ZipFile(io.BytesIO(content)) as archive:
        lines = [line.partition("  ") for line in archive.read("SHA256SUMS.txt").decode().splitlines()]
        sums = {each: digest for digest, _, each in lines}
        assert archive.namelist() == [*sums, "SHA256SUMS.txt"]
        assert list(sums) == sorted(half.files.values_list("name", flat=True))
        for each, digest in sums.items():
            assert hashlib.sha256(archive.read(each)).hexdigest() == digest
            assert half.files.get(name=each).sha256 == digest


def test_the_same_paper_gives_the_same_bytes(with_clerk: Paper) -> None:
    assert bundle(with_clerk, "public") == bundle(with_clerk, "public")
    assert clerk_bundle(with_clerk) == clerk_bundle(with_clerk)


def test_the_clerks_zip_keeps_what_is_exempt_apart(frozen: Paper) -> None:
    name, content = clerk_bundle(frozen)
    assert name.endswith("-report-r1-for-the-clerk.zip")
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert [each.partition("/")[0] for each in names] == ["public", "exempt", "SHA256SUMS.txt"]
        public = b"".join(archive.read(each) for each in names if each.startswith("public/"))
    assert b"A tender is at stake." not in public


def test_nothing_damaged_is_handed_out(with_clerk: Paper) -> None:
    file = FrozenFile.objects.all()[0]
    path = settings.PAPERS_DIR / file.path
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(BundleDamaged, match="was changed"):
        bundle(with_clerk, "public")
    path.unlink()
    with pytest.raises(BundleDamaged, match="cannot be read"):
        clerk_bundle(with_clerk)


def test_an_edited_file_is_kept_with_its_hash(with_clerk: Paper, cast: Cast) -> None:
    for number, by in enumerate((cast.clerk, cast.contract_manager)):
        content = f"Edited {number}.\n".encode()
        kept = upload(with_clerk, by, content)
        assert kept.sha256 == hashlib.sha256(content).hexdigest()
        assert (bytes(kept.content), kept.size, kept.content_type) == (content, len(content), "text/plain")
    assert with_clerk.uploaded.count() == 2
    assert list(damaged_papers()) == []


def test_what_is_not_what_it_is_called_or_was_there_before_is_refused(with_clerk: Paper, cast: Cast) -> None:
    with pytest.raises(UploadRefused, match="named as a Word document"):
        upload(with_clerk, cast.clerk, PDF, name="agenda.docx")
    with pytest.raises(UploadRefused, match="empty"):
        upload(with_clerk, cast.clerk, b"")
    with pytest.raises(ActRefused, match="edited"):
        upload(with_clerk, cast.clerk, note=" ")
    with pytest.raises(NoSuchPart):
        upload(with_clerk, cast.clerk, audience="exempt")
    upload(with_clerk, cast.clerk)
    with pytest.raises(AlreadyThere):
        upload(with_clerk, cast.clerk, name="another.txt")
    assert with_clerk.uploaded.count() == 1


def test_only_clerk_and_manager_upload(with_clerk: Paper, cast: Cast) -> None:
    for who in (cast.officer, cast.board_member, cast.supplier, cast.outsider):
        with pytest.raises(NotYours):
            upload(with_clerk, who)


def test_a_draft_takes_no_edited_file(draft: Paper, cast: Cast) -> None:
    with pytest.raises(NotAsItStands):
        upload(draft, cast.clerk)


@pytest.mark.parametrize("what", ["snapshot", "file", "uploaded", "missing"])
def test_a_flipped_byte_is_found_wherever_it_lies(what: str, with_clerk: Paper, cast: Cast) -> None:
    upload(with_clerk, cast.clerk)
    assert list(damaged_papers()) == []
    file = FrozenFile.objects.all()[0]
    path = settings.PAPERS_DIR / file.path
    with guards_asleep():
        if what == "snapshot":
            row = FrozenSnapshot.objects.get()
            FrozenSnapshot.objects.update(text=row.text.replace("2018", "2019", 1))
        elif what == "uploaded":
            UploadedEdition.objects.update(content=b"Edited by the clerk!\n")
        elif what == "missing":
            FrozenSnapshot.objects.all().delete()
    if what == "file":
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    (line,) = damaged_papers()
    assert {"snapshot": "frozen snapshot was", "file": file.path, "uploaded": "agenda.txt", "missing": "is gone"}[
        what
    ] in line

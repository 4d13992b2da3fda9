"""A packed file that unpacks to more than anybody can bear is refused, whether it says so or lies."""

import io
import struct
import zipfile
import zlib

import pytest

from contracts.uploads import UploadRefused, judge_upload, refuse_bombs
from contracts.uploads.archives import MAX_ENTRIES, MAX_UNPACKED
from tests.contracts.uploads.samples import office, packed, workbook

MEGABYTE = 1024 * 1024


def refused(content: bytes, **limits: int) -> str:
    with pytest.raises(UploadRefused) as refusal:
        refuse_bombs(io.BytesIO(content), "a.xlsx", **limits)
    return str(refusal.value)


def central(content: bytes, number: int = 0) -> int:
    """Where an entry of the list of contents begins."""
    place = -1
    for _ in range(number + 1):
        place = content.index(b"PK\x01\x02", place + 1)
    return place


def saying(content: bytes, size: int) -> bytes:
    """The archive, its first part said to have this size, with the checksum of that much of it."""
    place = central(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        begin = archive.read(archive.namelist()[0])[:size]
    changed = bytearray(content)
    struct.pack_into("<I", changed, place + 16, zlib.crc32(begin))
    struct.pack_into("<I", changed, place + 24, size)
    return bytes(changed)


def test_a_workbook_is_bearable_and_left_at_its_beginning() -> None:
    file = io.BytesIO(workbook())
    refuse_bombs(file, "a.xlsx")
    assert file.tell() == 0


def test_gigabytes_are_refused_by_what_the_file_says_before_anything_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = office(xl__sheet=bytes(MEGABYTE))
    place = central(content, 1)
    bomb = bytearray(content)
    struct.pack_into("<I", bomb, place + 24, 4_000 * MEGABYTE)
    monkeypatch.setattr(zlib, "decompressobj", lambda *_: pytest.fail("nothing is to be unpacked"))
    said = refused(bytes(bomb))
    assert "unpacks to 4000 MB, more than the 256 MB that are taken" in said
    with pytest.raises(UploadRefused, match="unpacks to 4000 MB"):
        judge_upload(io.BytesIO(bytes(bomb)), "a.docx")


def test_many_parts_of_which_none_is_large_add_up() -> None:
    content = packed({f"{number}.xml": bytes(100) for number in range(10)})
    assert "unpacks to 1000 bytes, more than the 999 bytes" in refused(content, max_unpacked=999)
    refuse_bombs(io.BytesIO(content), "a.xlsx", max_unpacked=1000)


def test_more_parts_than_any_office_writes_are_refused_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed({f"{number}": "" for number in range(11)})
    monkeypatch.setattr("contracts.uploads.archives.ZipFile", lambda _: pytest.fail("nothing is to be listed"))
    assert "more than 10 packed files" in refused(content, max_entries=10)
    assert MAX_ENTRIES < 10_000
    assert MAX_UNPACKED < 1024 * MEGABYTE


def test_a_mark_across_two_pieces_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contracts.uploads.archives.PIECE", 7)
    assert "more than 10 packed files" in refused(packed({f"{number}": "" for number in range(11)}), max_entries=10)


@pytest.mark.parametrize("said", [0, 10, MEGABYTE - 1])
def test_a_part_that_holds_more_than_it_says_is_refused_while_it_is_read(said: int) -> None:
    assert "holds more than it says" in refused(saying(packed({"a.xml": bytes(MEGABYTE)}), said))


def test_a_part_that_holds_less_than_it_says_is_refused() -> None:
    content = bytearray(packed({"a.xml": bytes(1000)}))
    struct.pack_into("<I", content, central(bytes(content)) + 24, 2000)
    assert "holds more than it says, or less" in refused(bytes(content))


def test_parts_that_share_their_bytes_are_refused() -> None:
    content = packed({"a.xml": bytes(100_000), "b.xml": bytes(100_000)})
    changed = bytearray(content)
    end = content.rindex(b"PK\x05\x06")
    for number in range(2):
        struct.pack_into("<I", changed, central(content, number) + 20, end)
    assert "holds more than it says" in refused(bytes(changed))


def test_a_part_that_is_locked_or_packed_otherwise_is_refused() -> None:
    content = bytearray(packed({"a.xml": "x"}))
    place = central(bytes(content))
    content[place + 8] |= 1
    assert "locked by a password" in refused(bytes(content))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "x" * 100)
    assert "packed in a way that cannot be looked into" in refused(made.getvalue())


def test_what_is_cut_short_is_damaged() -> None:
    content = workbook()
    for length in (30, 300, len(content) // 2, len(content) - 1):
        assert "is damaged and cannot be opened" in refused(content[:length])


def test_a_part_that_does_not_begin_where_it_should_is_damaged() -> None:
    content = bytearray(packed({"a.xml": "x"}))
    struct.pack_into("<I", content, central(bytes(content)) + 42, 3)
    assert "is damaged" in refused(bytes(content))

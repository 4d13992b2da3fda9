"""
Packed files (.docx, .xlsx, .odt and the like) that unpack to more than anybody can bear.

What the file says of itself is looked at first, which costs milliseconds whatever it would unpack to. As it may lie,
every part is then unpacked in pieces, which are thrown away, and may not hold more than was said.
"""

import zlib
from collections.abc import Iterator
from os import SEEK_END
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from contracts.uploads.kinds import size_in_words
from contracts.uploads.refusals import UploadRefused, damaged, locked

MAX_UNPACKED: Final = 256 * 1024 * 1024
MAX_ENTRIES: Final = 4_000
PIECE: Final = 256 * 1024

LISTED: Final = b"PK\x01\x02"
"""Begins each entry of the list of contents."""
LOCAL: Final = b"PK\x03\x04"
LOCAL_LENGTH: Final = 30
LOCKED: Final = 0x1
UNREADABLE: Final = (BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
"""What reading a packed file raises when it is not what it should be."""


def refuse_bombs(
    file: IO[bytes], name: str, *, max_unpacked: int = MAX_UNPACKED, max_entries: int = MAX_ENTRIES
) -> None:
    """
    Raises :class:`UploadRefused` for a packed file that holds too much, lies about it, or cannot be looked into.

    Limits are in bytes and entries. The file is left at its beginning.
    """
    with open_archive(file, name, max_unpacked=max_unpacked, max_entries=max_entries):
        pass
    file.seek(0)


def open_archive(
    file: IO[bytes], name: str, *, max_unpacked: int = MAX_UNPACKED, max_entries: int = MAX_ENTRIES
) -> ZipFile:
    """The archive, once it is known to be bearable. Raises :class:`UploadRefused`."""
    # Listing the entries costs memory and time for each of them, so they are counted first, by their mark.
    if _count(file, LISTED, max_entries) > max_entries:
        raise UploadRefused(f"“{name}” holds more than {max_entries:,} packed files: it is not taken.")
    try:
        archive = ZipFile(file)
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > max_unpacked:
            raise UploadRefused(
                f"“{name}” unpacks to {size_in_words(unpacked)}, more than the {size_in_words(max_unpacked)} that are"
                " taken. Take out what is not needed, or hand it in as a PDF."
            )
        # Parts that share their bytes would let a small file ask for any amount of unpacking.
        if sum(entry.compress_size for entry in entries) > file.seek(0, SEEK_END):
            raise UploadRefused(f"“{name}” holds more than it says, or less: it is not taken.")
        for entry in entries:
            _look_through(file, entry, name)
    except UploadRefused:
        raise
    except UNREADABLE as error:
        raise damaged(name) from error
    return archive


def _count(file: IO[bytes], mark: bytes, most: int) -> int:
    """How often the mark occurs; it stops counting beyond ``most``."""
    found, rest = 0, b""
    for piece in pieces(file):
        found += (rest + piece).count(mark)
        rest = piece[1 - len(mark) :]
        if found > most:
            break
    return found


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The whole file from its beginning, a piece at a time."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def _look_through(file: IO[bytes], entry: ZipInfo, name: str) -> None:
    """Unpacks one part, keeping nothing; what its local header says counts for nothing but its own length."""
    if entry.flag_bits & LOCKED:
        raise locked(name)
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UploadRefused(
            f"“{name}” is packed in a way that cannot be looked into. Save it again and choose it anew."
        )
    file.seek(entry.header_offset)
    header = file.read(LOCAL_LENGTH)
    if header[:4] != LOCAL or len(header) < LOCAL_LENGTH:
        raise BadZipFile("A part does not begin where the list of contents says.")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    held = entry.compress_size if entry.compress_type == ZIP_STORED else _inflated(file, entry)
    if held != entry.file_size:
        raise UploadRefused(f"“{name}” holds more than it says, or less: it is not taken.")


def _inflated(file: IO[bytes], entry: ZipInfo) -> int:
    """How much the part holds, given up one byte above what it says."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    held, packed = 0, entry.compress_size
    while packed > 0 and not engine.eof:
        data = file.read(min(PIECE, packed))
        if not data:
            raise BadZipFile("A part is cut short.")
        packed -= len(data)
        while data and not engine.eof:
            held += len(engine.decompress(data, min(PIECE, entry.file_size - held + 1)))
            if held > entry.file_size:
                return held
            data = engine.unconsumed_tail
    return held + len(engine.flush())

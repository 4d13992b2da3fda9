"""
The file system inside an Office 97 document or an Outlook e-mail: just enough of it to see what lies in there.

A compound file is a small disk: sectors, a table that chains them, and a directory of streams and storages. Every chain
is followed for as many sectors as the file has and no further, so that one bitten by its own tail ends. The layout is
that of [MS-CFB].
"""

from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from
from typing import Final

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END: Final = 0xFFFF_FFFA
"""Sector numbers from here on mark ends and free places."""
TABLES_IN_HEADER: Final = 109
RECORD: Final = 128
SECTOR_SHIFTS: Final = (9, 12)
ROOT: Final = 5


class BrokenCompound(ValueError):
    """It begins like a compound file and is none."""


class Compound:
    """A compound file in memory."""

    def __init__(self, content: bytes) -> None:
        try:
            self._content = content
            self._shift: int = unpack_from("<H", content, 30)[0]
            if content[:8] != SIGNATURE or self._shift not in SECTOR_SHIFTS:
                raise BrokenCompound("no compound file")
            self._table = self._read_table()
            self._streams = dict(self._read_directory(unpack_from("<I", content, 48)[0]))
        except (StructError, IndexError, ValueError) as problem:
            raise BrokenCompound("a compound file that cannot be read") from problem

    @property
    def names(self) -> frozenset[str]:
        """Of all its streams and storages, however deep."""
        return frozenset(self._streams)

    def beginning_of(self, name: str, most: int) -> bytes:
        """The first bytes of a stream that is too large for the small sectors, as those of the main streams are."""
        found = bytearray()
        for sector in self._chain(self._streams[name]):
            found += self._sector(sector)
            if len(found) >= most:
                break
        return bytes(found[:most])

    @property
    def _most(self) -> int:
        """How many sectors the file has."""
        return (len(self._content) >> self._shift) + 1

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) << self._shift
        return self._content[begin : begin + (1 << self._shift)]

    def _numbers(self, sector: bytes) -> tuple[int, ...]:
        return unpack_from(f"<{len(sector) // 4}I", sector)

    def _read_table(self) -> list[int]:
        """What follows each sector. Its own sectors are listed in the header, and in a chain of sectors for more."""
        places = list(unpack_from(f"<{TABLES_IN_HEADER}I", self._content, 76))
        further = unpack_from("<I", self._content, 68)[0]
        for _ in range(self._most):
            if further >= END:
                break
            *more, further = self._numbers(self._sector(further))
            places += more
        table: list[int] = []
        for place in places[: self._most]:
            if place < END:
                table += self._numbers(self._sector(place))
        return table

    def _chain(self, first: int) -> Iterator[int]:
        for _ in range(self._most):
            if first >= END:
                return
            yield first
            first = self._table[first]

    def _read_directory(self, first: int) -> Iterator[tuple[str, int]]:
        for sector in self._chain(first):
            content = self._sector(sector)
            for place in range(0, len(content) - RECORD + 1, RECORD):
                length, kind = unpack_from("<HB", content, place + 64)
                if kind and kind != ROOT and 2 <= length <= 64:
                    name = content[place : place + length - 2].decode("utf-16-le")
                    yield name, unpack_from("<I", content, place + 116)[0]

"""What a backup says of itself: which files it holds, their sizes and checksums, and what it was taken from."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

NAME: Final = "MANIFEST.json"
FORMAT: Final = 1


class BackupDamaged(ValueError):
    """A backup that is not complete, or not what was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the backup, by its path inside it; ``size`` in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``engine`` is `postgresql` or `sqlite`, ``migrations`` the last one applied of each app."""

    format: int
    taken_at: str
    engine: str
    migrations: dict[str, str]
    parts: tuple[Part, ...]

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises :class:`BackupDamaged` where there is none, or one that this version does not understand."""
        try:
            plain = json.loads((folder / NAME).read_text(encoding="utf-8"))
            parts = tuple(Part(**part) for part in plain.pop("parts"))
            found = cls(**plain, parts=parts)
        except FileNotFoundError:
            raise BackupDamaged(f"{folder} holds no backup: it has no {NAME}.") from None
        except (ValueError, KeyError, TypeError) as trouble:
            raise BackupDamaged(f"{folder / NAME} cannot be read: {trouble}.") from trouble
        if found.format != FORMAT:
            raise BackupDamaged(f"{folder} has format {found.format}; this version reads format {FORMAT}.")
        return found

    def damage(self, folder: Path) -> Iterator[str]:
        """A plain line for each part that is missing or is not what was written, and for each file that is none."""
        for part in self.parts:
            path = folder / part.path
            if not path.is_file():
                yield f"{part.path}: it is missing"
            elif path.stat().st_size != part.size or digest(path) != part.sha256:
                yield f"{part.path}: it was changed after the backup was taken"


def part(folder: Path, path: Path) -> Part:
    """A file of the backup as its manifest names it."""
    return Part(path.relative_to(folder).as_posix(), path.stat().st_size, digest(path))


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

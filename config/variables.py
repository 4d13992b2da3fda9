"""
The environment variables that the settings read, found in the settings themselves, so that the list is never behind.

What one is for is said in the comment above it there.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SETTINGS: Final = Path(__file__).with_name("settings.py")
SECRET: Final = ("KEY", "SECRET", "PASSWORD", "URL", "TOKEN")
"""Parts of names whose values are not shown: an URL may hold a password."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its type as it is read, its default as the settings write it, and what it is for."""

    name: str
    type: str
    default: str
    about: str

    def value(self, environment: Mapping[str, str]) -> str:
        """What is set here, but for secrets."""
        if self.name not in environment:
            return ""
        return "(set)" if any(part in self.name for part in SECRET) else environment[self.name]


def variables(source: str | None = None) -> tuple[Variable, ...]:
    """All of them, in the order of the settings; one that is read twice stands once."""
    text = SETTINGS.read_text(encoding="utf-8") if source is None else source
    lines = text.splitlines()
    found: dict[str, Variable] = {}
    for line, reader, call in sorted(_reads(ast.parse(text)), key=lambda read: read[0]):
        name = ast.literal_eval(call.args[0])
        default = next((word.value for word in call.keywords if word.arg == "default"), None)
        said = "" if default is None else _in_words(default)
        found.setdefault(name, Variable(name, reader, said, _comment_above(lines, line)))
    return tuple(found.values())


def _reads(tree: ast.Module) -> Iterator[tuple[int, str, ast.Call]]:
    """Each call of a reader: `env.int("NAME", default=60)`, with its line and the type it reads."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "env"
        ):
            yield node.lineno, node.func.attr, node


def _in_words(default: ast.expr) -> str:
    """A plain value as it would be typed; anything else as the settings work it out."""
    try:
        value = ast.literal_eval(default)
    except ValueError:
        return ast.unparse(default)
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _comment_above(lines: list[str], number: int) -> str:
    """The comment that ends on the line before; a heading of a part is none."""
    said: list[str] = []
    for line in reversed(lines[: number - 1]):
        text = line.strip()
        if not text.startswith("#") or text.startswith("# ---"):
            break
        said.insert(0, text.removeprefix("#").strip())
    return " ".join(said)

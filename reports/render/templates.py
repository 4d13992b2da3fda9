"""
What can be asked about a Word template: whether it can be one, what a paper takes of it, what it says itself.

Only a template that is looked over opens a Word file; the pages that speak of templates load nothing that does.
"""

from dataclasses import dataclass


class TemplateUnfit(ValueError):
    """The file cannot be a template; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a paper wants a style for, and the template's own that it takes; empty where ours is added."""

    purpose: str
    name: str
    found: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What a paper takes of a template: styles, the place of its text, and the fields that have one."""

    matches: tuple[Match, ...]
    has_marker: bool
    fields: tuple[str, ...]

    @property
    def found(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if match.found)

    @property
    def lacking(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matches if not match.found)


def examine(content: bytes) -> Examined:
    """Looks a Word file over. Raises :class:`TemplateUnfit`."""
    from reports.render.docx import fitness

    return fitness.examine(content)


def words_of(content: bytes) -> str:
    """All that the template says itself, whatever paper fills it."""
    from reports.render.reading import words_in

    return words_in("template.docx", content)

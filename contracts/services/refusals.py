"""What all refusals of a write have in common: nothing was written, and the words are for whoever tried."""


class Refused(ValueError):
    """The words say why and what to do. ``field`` is the one of the form to look at, if it is one."""

    field: str | None = None


class NothingTyped(Refused):
    """Something that has to be said was left blank: `Say why it ends.`"""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"Say {what}.")
        self.field = field

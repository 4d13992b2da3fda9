"""What may stand in an address for a code or reference: anything printable."""


class PrintableConverter:
    """Text without slashes and control characters, which no code has and PostgreSQL refuses to compare."""

    regex = r"[^/\x00-\x1f\x7f]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PrintablePathConverter(PrintableConverter):
    """The same with slashes, which some councils have in their references."""

    regex = r"[^\x00-\x1f\x7f]+"

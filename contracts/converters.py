"""How codes, references and months stand in addresses."""

from contracts.rules.months import Month, month_key, parse_month


class MonthConverter:
    """`<month:month>` in an address; what is no month of the calendar leads nowhere."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return parse_month(value)  # a ValueError, as for the year 0000, is no match

    def to_url(self, value: Month | str) -> str:
        return value if isinstance(value, str) else month_key(value)


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

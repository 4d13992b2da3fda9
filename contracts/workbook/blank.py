"""
A new spreadsheet, to be written.

The library is loaded by the first that is: most processes that show pages never write one.
"""

from typing import Any, Final

PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What somebody typed stays text, whatever it looks like."""


def new_spreadsheet(out: Any, **options: bool) -> Any:
    """An `xlsxwriter.Workbook` that is written to a path or a file; closed, it is whole."""
    import xlsxwriter

    return xlsxwriter.Workbook(out, PLAIN | options)

"""
One service area's month as a spreadsheet: out of the entry form, filled in elsewhere, and back into it.

What goes out are the rows of the form; what comes back is read by the rules of the sheet `results`, compared with what
stands in the form, and saved as if somebody had typed it.
"""

from kpis.workbook.month.preview import Change, Changed, Preview, preview
from kpis.workbook.month.reading import Reading, Said, read_month
from kpis.workbook.month.writing import write_month

__all__ = ["Change", "Changed", "Preview", "Reading", "Said", "preview", "read_month", "write_month"]

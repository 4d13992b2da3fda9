"""The contract workbook as a whole: `import_workbook` and `export_workbook`, with the sheets about boards.

Each app understands and writes its own sheets; here they are put in order, under one transaction.
"""

from reports.workbook.exporting import export_workbook
from reports.workbook.importing import ImportOutcome, import_workbook

__all__ = ["ImportOutcome", "export_workbook", "import_workbook"]

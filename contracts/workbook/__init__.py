"""The contract workbook: one format in and out, of which each app contributes its own sheets.

The kernel reads files (:mod:`.files`) into sheets of rows (:mod:`.sheets`), cell by cell (:mod:`.cells`), collects
every mistake (:mod:`.problems`), and writes what is new or different with its history (:mod:`.saving`). No cell ever
raises anything but a refusal that says what is wrong and what would be right.
"""

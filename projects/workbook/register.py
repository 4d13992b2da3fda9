"""The register after an import: its rows are restated in the same transaction."""

from typing import Final

from contracts.workbook.saving import Import
from projects.services.register import restate_contract

MOVES: Final = frozenset(
    {
        "projects",
        "milestones",
        "milestone_forecasts",
        "updates",
        "rebaselines",
        "key list",
        "key_lists",
        "key_entries",
        "archived",
    }
)
"""What an import tallies that the register shows."""


def restate_imported(importing: Import) -> None:
    """Restates the contract's register where the workbook moved something of it."""
    moved = [importing.tallies[name] for name in MOVES & importing.tallies.keys()]
    if importing.may_write and any(tally.created or tally.changed for tally in moved):
        restate_contract(importing.contract, on=importing.on)

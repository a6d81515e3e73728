"""The decisions behind the bulletin: what is tallied, and whether it adds up."""

from .footing import Check, DoesNotFoot, Outcome, checks, require_footing
from .tally import ALL, MEASURES, OTHERS, Item, Ledger, Measure

__all__ = [
    "ALL", "MEASURES", "OTHERS", "Check", "DoesNotFoot", "Item", "Ledger", "Measure", "Outcome", "checks", "require_footing",
]  # fmt: skip

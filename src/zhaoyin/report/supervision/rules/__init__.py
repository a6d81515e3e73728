"""The decisions behind the bulletin: what is tallied, and whether it adds up."""

from .footing import Check, DoesNotFoot, Outcome, checks, require_footing
from .tally import ALL, MEASURES, Item, Measure, items_of

__all__ = [
    "ALL",
    "MEASURES",
    "Check",
    "DoesNotFoot",
    "Item",
    "Measure",
    "Outcome",
    "checks",
    "items_of",
    "require_footing",
]

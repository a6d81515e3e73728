"""What a line of the journal says, how it is sealed and chained, and what is wrong with a chain. Plain values only."""

from .lines import ALGORITHMS, Keyed, Line, Linked, canonical, settled
from .walking import Finding, Kind, Mark, Walk

__all__ = ["ALGORITHMS", "Finding", "Keyed", "Kind", "Line", "Linked", "Mark", "Walk", "canonical", "settled"]

"""Pure decisions about plans: which project a row speaks of, where a project stands on entry, which plan an edition is of."""

from .editions import same_plan
from .entry import known_from, stage_on_entry
from .matching import Promise, match_promises

__all__ = [
    "Promise", "known_from", "match_promises", "same_plan", "stage_on_entry",
]  # fmt: skip

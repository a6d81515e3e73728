"""Pure decisions about plans: which project a row speaks of, where a project stands on entry, which plan an edition is of."""

from .editions import same_plan
from .entry import known_from, stage_on_entry
from .matching import Named, Promise, match, match_promises, repeated, same_project

__all__ = [
    "Named", "Promise", "known_from", "match", "match_promises", "repeated", "same_plan", "same_project", "stage_on_entry",
]  # fmt: skip

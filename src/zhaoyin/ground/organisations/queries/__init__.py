"""Every read of jurisdictions, units, officials, groups and teams."""

from .cards import OfficialCard, UnitCard, official_card, unit_card
from .groups import TeamRow, groups_on, lead_on, leading_on, seats_now, still, team_rows
from .places import jurisdiction_ids, jurisdiction_of, officials_of, open_in, open_on, units_of, units_to_choose
from .posts import held_on, holders_of, kinds_held
from .tree import Branch, Found, Tree, branch, search, tree
from .visible import (
    editable,
    groups_visible_to,
    leading_groups_visible_to,
    may_edit,
    officials_visible_to,
    places_of,
    posts_visible_to,
    teams_visible_to,
    visible_to,
)

__all__ = [
    "Branch", "Found", "OfficialCard", "TeamRow", "Tree", "UnitCard", "branch", "editable", "groups_on", "groups_visible_to",
    "held_on", "holders_of", "jurisdiction_ids", "jurisdiction_of", "kinds_held", "lead_on", "leading_groups_visible_to",
    "leading_on", "may_edit", "official_card", "officials_of", "officials_visible_to", "open_in", "open_on", "places_of",
    "posts_visible_to", "search", "seats_now", "still", "team_rows", "teams_visible_to", "tree", "unit_card", "units_of",
    "units_to_choose", "visible_to",
]  # fmt: skip

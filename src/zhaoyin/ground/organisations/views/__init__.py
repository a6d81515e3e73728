"""The pages of organisations."""

from .groups import (
    group_close,
    group_edit,
    group_lead,
    group_new,
    groups,
    leading,
    leading_close,
    leading_edit,
    leading_new,
    seat_end,
    seat_new,
    team_close,
    team_edit,
    team_new,
    teams,
)
from .officials import official, official_edit, official_new, officials, post_edit, post_end, post_new
from .units import branch, index, unit, unit_close, unit_edit, unit_move, unit_new, unit_reopen
from .workbook import bring, export, import_do, import_preview

__all__ = [
    "branch", "bring", "export", "group_close", "group_edit", "group_lead", "group_new", "groups", "import_do",
    "import_preview", "index", "leading", "leading_close", "leading_edit", "leading_new", "official", "official_edit",
    "official_new", "officials", "post_edit", "post_end", "post_new", "seat_end", "seat_new", "team_close", "team_edit",
    "team_new", "teams", "unit", "unit_close", "unit_edit", "unit_move", "unit_new", "unit_reopen",
]  # fmt: skip

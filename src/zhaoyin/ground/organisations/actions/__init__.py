"""Making and changing jurisdictions, units, officials, groups and teams. Every act asks for its permission and is journalled.

Raises `Forbidden` for whoever may not, `Refused` (Chinese sentences) for what the rules refuse, `StaleVersion` where somebody
else saved first; then nothing was written.
"""

from .applying import Change, Fault
from .changing import Refused, StaleVersion
from .groups import (
    add_group,
    add_group_lead,
    add_leading_group,
    close_group,
    edit_group,
    edit_leading_group,
    end_group_lead,
    end_seat,
    give_seat,
    set_group_lead,
)
from .importing import (
    LARGEST,
    Outcome,
    forget_workbook,
    import_workbook,
    keep_workbook,
    preview_workbook,
    record_export,
)
from .officials import add_appointment, add_official, add_officials, edit_appointment, edit_official, end_appointment
from .teams import add_team, edit_team, end_member, seat_member
from .units import add_jurisdiction, add_unit, add_units, close_unit, edit_unit, move_unit, reopen_unit

__all__ = [
    "LARGEST", "Change", "Fault", "Outcome", "Refused", "StaleVersion", "add_appointment", "add_group", "add_group_lead",
    "add_jurisdiction", "add_leading_group", "add_official", "add_officials", "add_team", "add_unit", "add_units", "close_group",
    "close_unit", "edit_appointment", "edit_group", "edit_leading_group", "edit_official", "edit_team", "edit_unit",
    "end_appointment", "end_group_lead", "end_member", "end_seat", "forget_workbook", "give_seat", "import_workbook",
    "keep_workbook", "move_unit", "preview_workbook", "record_export", "reopen_unit", "seat_member", "set_group_lead",
]  # fmt: skip

"""Every write to the project library."""

from .contacts import NoReason, add_contact, edit_contact, open_phone, remove_contact
from .editing import (
    PhaseFacts,
    ProjectDraft,
    StaleVersion,
    correct_entry_stage,
    create_project,
    create_projects,
    edit_project,
    replace_phases,
    revise_project,
    set_leaders,
)
from .files import attach_file, remove_file, take_file
from .recording import (
    NotAllowed,
    advance_stage,
    raise_problem,
    record_foreign_capital,
    record_movement,
    settle_problem,
    write_note,
)
from .sharing import CannotShare, share_project, unshare_project

__all__ = [
    "CannotShare",
    "NoReason",
    "NotAllowed",
    "PhaseFacts",
    "ProjectDraft",
    "StaleVersion",
    "add_contact",
    "advance_stage",
    "attach_file",
    "correct_entry_stage",
    "create_project",
    "create_projects",
    "edit_contact",
    "edit_project",
    "open_phone",
    "raise_problem",
    "record_foreign_capital",
    "record_movement",
    "remove_contact",
    "remove_file",
    "replace_phases",
    "revise_project",
    "set_leaders",
    "settle_problem",
    "share_project",
    "take_file",
    "unshare_project",
    "write_note",
]

"""Every write to the project library."""

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
from .recording import (
    NotAllowed,
    advance_stage,
    raise_problem,
    record_foreign_capital,
    record_movement,
    settle_problem,
    write_note,
)

__all__ = [
    "NotAllowed",
    "PhaseFacts",
    "ProjectDraft",
    "StaleVersion",
    "advance_stage",
    "correct_entry_stage",
    "create_project",
    "create_projects",
    "edit_project",
    "raise_problem",
    "record_foreign_capital",
    "record_movement",
    "replace_phases",
    "revise_project",
    "set_leaders",
    "settle_problem",
    "write_note",
]

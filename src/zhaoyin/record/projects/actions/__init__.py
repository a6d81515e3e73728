"""Every write to the project library."""

from .capital import record_foreign_capital, remove_foreign_capital
from .contacts import NoReason, add_contact, edit_contact, open_phone, remove_contact
from .duties import GONE, hang_evidence, take_evidence_off, tick_duty
from .economy import ECONOMY_FIELDS, record_yield, remove_leading_industry, set_economy, set_leading_industry
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
from .gates import set_gates
from .investing import TooMuch, add_alias, link_investor, link_printed, remove_alias, unlink_investor
from .merging import Joined, merge_projects, preview_merging, undo_merging
from .moving import NotAllowed, NotSure, advance_stage, answer_request, request_return, withdraw_request
from .recording import PROBLEM_FIELDS, edit_problem, raise_problem, record_movement, settle_problem, write_note
from .restricting import CannotRestrict, lift_restriction, restrict_project
from .sharing import CannotShare, share_project, unshare_project
from .standing import turn_project
from .team import join_team, leave_team, set_origin

__all__ = [
    "ECONOMY_FIELDS",
    "GONE",
    "PROBLEM_FIELDS",
    "CannotRestrict",
    "CannotShare",
    "Joined",
    "NoReason",
    "NotAllowed",
    "NotSure",
    "PhaseFacts",
    "ProjectDraft",
    "StaleVersion",
    "TooMuch",
    "add_alias",
    "add_contact",
    "advance_stage",
    "answer_request",
    "attach_file",
    "correct_entry_stage",
    "create_project",
    "create_projects",
    "edit_contact",
    "edit_problem",
    "edit_project",
    "hang_evidence",
    "join_team",
    "leave_team",
    "lift_restriction",
    "link_investor",
    "link_printed",
    "merge_projects",
    "open_phone",
    "preview_merging",
    "raise_problem",
    "record_foreign_capital",
    "record_movement",
    "record_yield",
    "remove_alias",
    "remove_contact",
    "remove_file",
    "remove_foreign_capital",
    "remove_leading_industry",
    "replace_phases",
    "request_return",
    "restrict_project",
    "revise_project",
    "set_economy",
    "set_gates",
    "set_leaders",
    "set_leading_industry",
    "set_origin",
    "settle_problem",
    "share_project",
    "take_evidence_off",
    "take_file",
    "tick_duty",
    "turn_project",
    "undo_merging",
    "unlink_investor",
    "unshare_project",
    "withdraw_request",
    "write_note",
]

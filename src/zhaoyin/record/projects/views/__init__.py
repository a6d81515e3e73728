"""The forms of one project. Each is a page of its own; the project's page shows the same forms in dialogs."""

from .duties import duty, evidence, remove_evidence
from .facts import edit, new
from .figures import add_capital, add_yield, economy, edit_yield, remove_capital
from .files import attach, download, remove_file
from .gates import edit_gates, gates, gates_file
from .investors import edit as edit_investor
from .investors import investor, investors, leading, remove_leading
from .joining import merge, merging, undo_merging
from .moving import (
    answer_move,
    moves,
    send_back,
    stage,
    withdraw_move,
)
from .people import add_contact, edit_contact, phone, remove_contact, share, unshare
from .record import (
    add_alias,
    dossier,
    join_team,
    leave_team,
    link_investor,
    link_printed,
    origin,
    remove_alias,
    restrict,
    unlink_investor,
    unrestrict,
)  # fmt: skip
from .recording import edit_problem, note, problem, settle
from .standing import turn

__all__ = [
    "add_alias",
    "add_capital",
    "add_contact",
    "add_yield",
    "answer_move",
    "attach",
    "dossier",
    "download",
    "duty",
    "economy",
    "edit",
    "edit_contact",
    "edit_gates",
    "edit_investor",
    "edit_problem",
    "edit_yield",
    "evidence",
    "gates",
    "gates_file",
    "investor",
    "investors",
    "join_team",
    "leading",
    "leave_team",
    "link_investor",
    "link_printed",
    "merge",
    "merging",
    "moves",
    "new",
    "note",
    "origin",
    "phone",
    "problem",
    "remove_alias",
    "remove_capital",
    "remove_contact",
    "remove_evidence",
    "remove_file",
    "remove_leading",
    "restrict",
    "send_back",
    "settle",
    "share",
    "stage",
    "turn",
    "undo_merging",
    "unlink_investor",
    "unrestrict",
    "unshare",
    "withdraw_move",
]

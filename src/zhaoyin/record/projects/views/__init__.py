"""The forms of one project. Each is a page of its own; the project's page shows the same forms in dialogs."""

from .facts import edit, new
from .files import attach, download, remove_file
from .gates import edit_gates, gates, gates_file
from .moving import answer_move, send_back, stage, withdraw_move
from .people import add_contact, edit_contact, phone, remove_contact, share, unshare
from .recording import note, problem, settle

__all__ = [
    "add_contact",
    "answer_move",
    "attach",
    "download",
    "edit",
    "edit_contact",
    "edit_gates",
    "gates",
    "gates_file",
    "new",
    "note",
    "phone",
    "problem",
    "remove_contact",
    "remove_file",
    "send_back",
    "settle",
    "share",
    "stage",
    "unshare",
    "withdraw_move",
]

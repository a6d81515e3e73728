"""The forms of one project. Each is a page of its own; the project's page shows the same forms in dialogs."""

from .facts import edit, new
from .files import attach, download, remove_file
from .people import add_contact, edit_contact, phone, remove_contact, share, unshare
from .recording import note, problem, settle, stage

__all__ = [
    "add_contact", "attach", "download", "edit", "edit_contact", "new", "note", "phone", "problem", "remove_contact",
    "remove_file", "settle", "share", "stage", "unshare",
]  # fmt: skip

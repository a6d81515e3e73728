"""Every write to accounts: people and their roles, passwords and sessions, the second factor."""

from .factor import renew_recovery_codes, reset_second_factor, set_second_factor, use_code
from .limits import count_use
from .people import AccountExists, add_user, close_user, edit_user, reopen_user
from .roles import GrantRefused, grant_role, revoke_role
from .roster import RosterRefused, import_people, record_export, record_refusal
from .security import (
    LinkRefused,
    change_password,
    end_other_sessions,
    end_session,
    end_sessions,
    link_subject,
    reset_password,
    unlock,
)

__all__ = [
    "AccountExists", "GrantRefused", "LinkRefused", "RosterRefused", "add_user", "change_password", "close_user", "count_use",
    "edit_user", "end_other_sessions", "end_session", "end_sessions", "grant_role", "import_people", "link_subject",
    "record_export", "record_refusal", "renew_recovery_codes", "reopen_user", "reset_password", "reset_second_factor",
    "revoke_role", "set_second_factor", "unlock", "use_code",
]  # fmt: skip

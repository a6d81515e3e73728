"""Every write to accounts: people and their roles, passwords and sessions, the second factor."""

from .factor import renew_recovery_codes, reset_second_factor, set_second_factor, use_code
from .people import AccountExists, GrantRefused, add_user, grant_role, revoke_role
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
    "AccountExists", "GrantRefused", "LinkRefused", "add_user", "change_password", "end_other_sessions", "end_session",
    "end_sessions", "grant_role", "link_subject", "renew_recovery_codes", "reset_password", "reset_second_factor",
    "revoke_role", "set_second_factor", "unlock", "use_code",
]  # fmt: skip

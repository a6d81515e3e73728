"""Reading accounts."""

from .entrance import (
    SHOWN,
    VOUCHED,
    SignIn,
    account_by_claim,
    demo_account,
    entrance_of,
    has_second_factor,
    jurisdiction_for,
    needs_second_factor,
    providers,
    recovery_codes,
    recovery_codes_left,
    session_handle,
    sessions_of,
)

__all__ = [
    "SHOWN", "VOUCHED", "SignIn", "account_by_claim", "demo_account", "entrance_of", "has_second_factor",
    "jurisdiction_for", "needs_second_factor", "providers", "recovery_codes", "recovery_codes_left",
    "session_handle", "sessions_of",
]  # fmt: skip

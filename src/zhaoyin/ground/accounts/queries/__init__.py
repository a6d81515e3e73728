"""Reading accounts."""

# What every room asks of ground.access, kept here too while rooms still look for it here.
from zhaoyin.ground.access.queries import area_of, holding_of, may, permit

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
    "SHOWN", "VOUCHED", "SignIn", "account_by_claim", "area_of", "demo_account", "entrance_of", "has_second_factor", "holding_of",
    "jurisdiction_for", "may", "needs_second_factor", "permit", "providers", "recovery_codes", "recovery_codes_left",
    "session_handle", "sessions_of",
]  # fmt: skip

"""Decisions about signing in."""

# Who may do what stands one room below, so that organisations can ask too.
from zhaoyin.ground.access.rules import (
    ROLES,
    THREE,
    Area,
    Forbidden,
    Grant,
    Holding,
    Permission,
    Reach,
    Role,
    Scope,
    reasons,
    role_of,
    scope_of,
)  # fmt: skip

__all__ = [
    "ROLES", "THREE", "Area", "Forbidden", "Grant", "Holding", "Permission", "Reach", "Role", "Scope", "reasons", "role_of",
    "scope_of",
]  # fmt: skip

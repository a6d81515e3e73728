"""Who may do what, decided on plain values: permissions, the roles that carry them, and how far a grant reaches."""

from .permissions import Forbidden, Permission
from .roles import ROLES, THREE, Role, role_of
from .scope import Area, Grant, Holding, Reach, Scope, reasons, scope_of

__all__ = [
    "ROLES", "THREE", "Area", "Forbidden", "Grant", "Holding", "Permission", "Reach", "Role", "Scope", "reasons", "role_of",
    "scope_of",
]  # fmt: skip

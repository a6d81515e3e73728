"""Who may do what, decided on plain values: permissions, the roles that carry them, and how far a grant reaches."""

from .permissions import Forbidden, Permission
from .roles import ROLES, THREE, Role, role_of
from .scope import Area, Grant, Holding, Reach, Scope, scope_of
from .words import GROUPS, reach_words, reasons, scope_words

__all__ = [
    "GROUPS", "ROLES", "THREE", "Area", "Forbidden", "Grant", "Holding", "Permission", "Reach", "Role", "Scope",
    "reach_words", "reasons", "role_of", "scope_of", "scope_words",
]  # fmt: skip

"""Every page names what it needs; a page that names nothing is open to nobody.

    @needs(Permission.PLAN_COMMIT)
    def upload(request): ...

    @needs()                # whoever is signed in
    def password(request): ...

The permission is asked for before the view runs. Over which records it holds is the matter of the room's `visible_to`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from .rules import Permission

View = TypeVar("View", bound=Callable[..., Any])


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Mark a view with what it needs: one of `permissions`, or nothing but a sign-in where none is given."""

    def mark(view: View) -> View:
        view.needs = permissions  # type: ignore[attr-defined]
        return view

    return mark

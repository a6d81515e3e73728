"""Pages that cost much say so; how often a minute one person may ask for them stands in the settings (LIMITS).

    @limited("export")
    @require_safe
    def export(request): ...

    @limited("search", asked="q")       # counts only where something is sought
    def index(request): ...

The count is kept by ground.accounts (limits.py), before the view runs.
"""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def limited(kind: str, *, asked: str = "", method: str = "") -> Callable[[View], View]:
    """Mark a view as one of a kind that is limited; only where the field `asked` is filled in, or by that `method`."""

    def mark(view: View) -> View:
        view.limited = (kind, asked, method)  # type: ignore[attr-defined]
        return view

    return mark

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.http import HttpRequest


class LibraryConfig(AppConfig):
    name = "zhaoyin.report.library"
    label = "library"
    verbose_name = "项目库视图"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zhaoyin.ground.journal import sentences
        from zhaoyin.ground.ui import navigation

        from .sentences import NAMES, SENTENCES

        sentences.provide(SENTENCES, names=NAMES)
        navigation.count("library", _known)


def _known(request: "HttpRequest") -> int:
    """How many projects the library knew on the page's day; the list's own page has counted them already."""
    from zhaoyin.ground.access.queries import holding_of
    from zhaoyin.record.projects.queries import sight_of

    from .memory import recall
    from .queries import library_total

    counted: int | None = getattr(request, "library_total", None)
    if counted is not None:
        return counted
    user: Any = request.user
    as_of: Any = request.as_of  # type: ignore[attr-defined]
    return recall(("total", holding_of(user), as_of), lambda: library_total(sight_of(user), as_of))

"""Projects that went into others: where an old number leads, what was merged."""

from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.journal.sentences import sentence

from ..models import Merging, Project
from ..rules import bare_name, bare_project
from .finding import matching
from .scope import Permission, visible_to

MOST, MOST_LINES = 12, 500


def successor_of(number: int) -> int | None:
    """The project that the project of that number went into, through as many mergings as there were; None for none."""
    found: int | None = None
    seen: set[int] = set()
    while number not in seen:
        seen.add(number)
        rows = Merging.objects.filter(gone=number, undone_at__isnull=True).order_by()
        after = rows.values_list("project_id", flat=True).first()
        if after is None:
            break
        found = number = after
    return found


def mergings_visible_to(user: Any) -> QuerySet[Merging]:
    """The mergings into projects that are seen."""
    return Merging.objects.filter(project__in=visible_to(user)).select_related(
        "project__jurisdiction", "by", "undone_by"
    )


def candidates(user: Any, project: Project, words: str) -> list[Project]:
    """Projects of the same place that `project` may go into: those that contain `words`, or else those that look like it; a
    dozen at most, each of which the person may edit.
    """
    rows = visible_to(user, Permission.PROJECT_EDIT).filter(jurisdiction_id=project.jurisdiction_id)
    rows = rows.exclude(pk=project.pk).select_related("unit").order_by("name", "pk")
    if words:
        number = Q(pk=int(words)) if words.isascii() and words.isdecimal() and len(words) < 10 else Q(pk__in=[])
        return list(rows.filter(matching(words) | number)[:MOST])
    alike = Q(name__icontains=bare_project(project.name)[:4])
    if project.investor:
        alike |= Q(investor__icontains=bare_name(project.investor)[:8])
    return list(rows.filter(alike)[:MOST])


def history_before(merging: Merging) -> list[tuple[Any, str, str]]:
    """What was done to the project that is gone, newest first: when, in words, by whom."""
    rows = Entry.objects.filter(subject_kind=Project._meta.label_lower, subject_id=merging.gone).order_by("-id")
    return [(row.at, sentence(row), row.by_name) for row in rows[:MOST_LINES]]


def merged_into(number: int) -> list[Merging]:
    """What went into the project of that number and stands, the newest first."""
    return list(Merging.objects.filter(project=number, undone_at__isnull=True).defer("changes"))

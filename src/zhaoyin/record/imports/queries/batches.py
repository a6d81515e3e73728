"""Lists that were brought in, their rows by what becomes of them, and what hangs on a project."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from zhaoyin.ground.access.queries import area_of
from zhaoyin.ground.access.rules import Permission
from zhaoyin.record.projects.models import Project

from ..models import Batch, Line
from ..rules import Outcome

# What of a list was not written: it goes back to the person as a file.
LEFT = (Outcome.DOUBTFUL, Outcome.DUPLICATE, Outcome.REFUSED, Outcome.SKIPPED)


def batches_visible_to(user: Any) -> QuerySet[Batch]:
    """One's own lists, and all lists of the jurisdictions in which the person may edit every project."""
    area = area_of(user, Permission.PROJECT_EDIT)
    rows = Batch.objects.select_related("by", "undone_by", "jurisdiction")
    return rows if area.everything else rows.filter(Q(by=user) | Q(jurisdiction_id__in=area.jurisdictions))


def counts_of(batch: Batch) -> dict[str, int]:
    """How many rows have each outcome; every outcome is there."""
    found = dict(batch.lines.order_by().values_list("outcome").annotate(Count("pk")))
    return {outcome.value: found.get(outcome.value, 0) for outcome in Outcome}


def lines_of(batch: Batch, outcome: str) -> QuerySet[Line]:
    """The rows with one outcome, in the sheet's order."""
    return batch.lines.filter(outcome=outcome).select_related("project").order_by("number")


def left_over(batch: Batch) -> list[tuple[int, list[str], list[str]]]:
    """The rows that were not written: number, reasons, cells as they were read."""
    lines = {line.number: line for line in batch.lines.filter(outcome__in=LEFT)}
    rows: list[tuple[int, list[str], list[str]]] = []
    for number, cells in batch.table.get("rows", []):
        if line := lines.get(number):
            rows.append((number, list(line.reasons) or [line.get_outcome_display()], cells))
    return rows


def hanging(ids: Sequence[int]) -> Counter[int]:
    """How many rows of the records and of the plans hang on each project: more than before means that somebody worked on it."""
    found: Counter[int] = Counter()
    for relation in Project._meta.related_objects:
        model: Any = relation.related_model
        if model is Line or not model.__module__.startswith(("zhaoyin.record.", "zhaoyin.plan.")):
            continue
        name = relation.field.name
        rows = model._default_manager.filter(**{f"{name}__in": ids}).order_by().values_list(name).annotate(Count("pk"))
        for number, count in rows:
            found[number] += count
    return found

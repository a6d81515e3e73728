"""What somebody's lists are taken from on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Value

from zhaoyin.ground.access.queries import area_of, may
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.prepared import prepared
from zhaoyin.plan.plans.models import Entry, Plan
from zhaoyin.plan.schedules.queries import with_lights
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import (
    Numbers,
    Sight,
    changed_after,
    known_on,
    seen,
    sight_of,
    silence_on,
    unrestricted,
)
from zhaoyin.record.projects.rules import USUAL, Silence

from .choices import choices_of
from .mine import NOTHING, own_of


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan in force: its sections ({title, declared, read}) in the order printed."""

    pk: int
    year: int
    sections: Sequence[dict[str, Any]]


@dataclass(frozen=True, eq=False, slots=True)
class Field:
    """What a user's lists are taken from on a day: what the user sees, plans in force, the values that filters can have.

    `sections`: those of the plans in their order, each with its projects on the day.

    One field is no other's equal: what is remembered of it is not taken for what a later one would give. `later`:
    something changed after the day, so that the history must be asked. `silence`: the days without movement that are
    allowed. `own`: what the person works on. `edits`, `notes`:
    what the rows offer to do.
    """

    sight: Sight
    plans: Sequence[PlanFacts]
    sections: Sequence[tuple[str, int]]
    choices: dict[str, list[tuple[str, str]]]
    as_of: date
    later: bool
    silence: Silence = USUAL
    own: Sight = NOTHING
    edits: bool = True
    notes: bool = True

    @property
    def projects(self) -> QuerySet[Project]:
        """Everything the user sees that the library knew on the day, with lights."""
        return projects_then(self.sight, self.as_of, self.later, self.silence)

    @property
    def entries(self) -> QuerySet[Entry]:
        """The rows of the plans in force, without those that a newer edition dropped."""
        return in_force([plan.pk for plan in self.plans])


def plans_in_force(jurisdictions: Sequence[int], as_of: date) -> list[PlanFacts]:
    """Of each jurisdiction the newest plan whose year is not after the day's: its sections are the library's tabs."""
    newest: dict[int, PlanFacts] = {}
    for pk, jurisdiction, year, sections in prepared(_plans, list(jurisdictions), as_of.year):
        newest.setdefault(jurisdiction, PlanFacts(pk, year, sections))
    return list(newest.values())


def _plans(jurisdictions: list[int], year: int) -> QuerySet[Any, Any]:
    rows = Plan.objects.filter(jurisdiction_id__in=jurisdictions, year__lte=year).order_by("-year", "-pk")
    return rows.values_list("pk", "jurisdiction_id", "year", "sections")


def field_of(user: Any, as_of: date, sight: Sight | None = None) -> Field:
    """What the user's lists are taken from on the day; `sight`, where the caller has it."""
    sight = sight_of(user) if sight is None else sight
    area = area_of(user, Permission.PLAN_SEE)
    plans = plans_in_force((sight.jurisdictions or ()) if area.everything else area.places, as_of)
    later = changed_after(as_of)
    return Field(
        sight, plans, _counted(plans, sight, as_of, later), choices_of(sight), as_of, later,
        silence_on(as_of), own_of(user, as_of),
        edits=may(user, Permission.PROJECT_EDIT), notes=may(user, Permission.PROGRESS_WRITE),
    )  # fmt: skip


def projects_then(sight: Sight, as_of: date, later: bool, silence: Silence) -> QuerySet[Project]:
    return with_lights(known_on(seen(*sight), as_of, later), as_of, later=later, silence=silence)


def in_force(plans: list[int]) -> QuerySet[Entry]:
    return Entry.objects.filter(plan_id__in=plans, dropped=False)


def _counted(plans: list[PlanFacts], sight: Sight, as_of: date, later: bool) -> list[tuple[str, int]]:
    """The plans' sections in their order, each with its projects on the day."""
    ids = [plan.pk for plan in plans]
    if not sight.whole:
        rows = prepared(_sections_seen, ids, *sight, as_of)
    else:
        rows = prepared(_sections_then, ids, as_of) if later else prepared(_sections, ids)
    counts = dict(rows)
    printed = dict.fromkeys(one["title"] for plan in plans for one in plan.sections)
    return [(title, counts[title]) for title in dict.fromkeys([*printed, *counts]) if title in counts]


def _sections(plans: list[int]) -> QuerySet[Any, Any]:
    """Where everything of a place is seen: everything but what is restricted to named people."""
    return _counted_by_section(plans).filter(unrestricted("project_id"))


def _counted_by_section(plans: list[int]) -> QuerySet[Any, Any]:
    rows = Entry.objects.filter(plan_id__in=plans, dropped=False).exclude(section="").order_by()
    return rows.values_list("section").annotate(count=Count("*"))


def _sections_then(plans: list[int], as_of: date) -> QuerySet[Any, Any]:
    return _entries_then(plans, as_of).filter(unrestricted("project_id"))


def _entries_then(plans: list[int], as_of: date) -> QuerySet[Any, Any]:
    return _counted_by_section(plans).filter(project__known_on__lte=as_of)


def _sections_seen(
    plans: list[int], jurisdictions: Numbers, units: Numbers, tied: Numbers, as_of: date
) -> QuerySet[Any, Any]:
    return _entries_then(plans, as_of).filter(project__in=seen(jurisdictions, units, tied).values("pk"))


def library_total(sight: Sight, as_of: date) -> int:
    """How many projects of those seen the library knew on the day."""
    counted = prepared(_known, *sight, as_of)
    return int(counted[0][0]) if counted else 0


def _known(jurisdictions: Numbers, units: Numbers, tied: Numbers, as_of: date) -> QuerySet[Any, Any]:
    rows = seen(jurisdictions, units, tied).filter(known_on__lte=as_of).order_by()
    return rows.values_list(Value(1)).annotate(count=Count("*")).values_list("count")

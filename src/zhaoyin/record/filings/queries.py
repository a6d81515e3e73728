"""Reading filings: who sees which, what looks like a lead, what is owed to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.access.queries import area_of
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Standing
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.rules import Alike, Lead, alike

from .models import Appeal, Filing, Status, Terms
from .rules import Due, Times, clock, protected

MOST = 5  # duplicates shown: whoever must read more reads none


@dataclass(frozen=True, slots=True)
class Found:
    """A project that a new lead looks like, and why; `unit` leads it, None where nobody does."""

    project: int
    name: str
    unit: int | None
    unit_name: str
    standing: str
    alike: Alike


@dataclass(frozen=True, slots=True)
class Row:
    """A filing as lists show it: whether its unit still holds it, and what is owed next (None: nothing)."""

    filing: Filing
    held: bool
    dues: tuple[Due, ...]

    @property
    def next(self) -> Due | None:
        """The first thing that is still owed."""
        return next((one for one in self.dues if one.done_on is None), None)


def visible_to(user: Any) -> QuerySet[Filing]:
    """The filings of the units and jurisdictions in which the person may see records; others do not exist."""
    area = area_of(user, Permission.RECORDS_SEE)
    rows = Filing.objects.select_related("project", "unit", "jurisdiction")
    if area.everything:
        return rows
    return rows.filter(Q(jurisdiction_id__in=area.jurisdictions) | Q(unit_id__in=area.units))


def appeals_visible_to(user: Any) -> QuerySet[Appeal]:
    """The appeals against filings that are seen."""
    return Appeal.objects.filter(filing__in=visible_to(user)).select_related("filing__jurisdiction", "filing__unit")


def times_of(jurisdiction: Unit, on: date) -> Times:
    """The days that hold there on a day."""
    row = Terms.objects.filter(jurisdiction=jurisdiction, since__lte=on).order_by("-since").first()
    return Times(row.protection, row.named, row.judged, row.answered, row.repeat) if row else Times()


def holder_of(jurisdiction: Unit, key: str) -> Filing | None:
    """The filing that holds a lead there, whether or not its period is over."""
    rows = Filing.objects.select_related("project", "unit")
    return rows.filter(jurisdiction=jurisdiction, key=key, status=Status.HOLDING).first() if key else None


def still_held(filing: Filing, as_of: date) -> bool:
    """Whether the filing's unit holds the lead as of the day."""
    return filing.status == Status.HOLDING and protected(filing.until, filing.project.stage, as_of)


def likely(jurisdiction: Unit, lead: Lead) -> list[Found]:
    """The projects of the jurisdiction that the lead looks like, the likeliest first: all are compared, at most MOST told."""
    groups = dict(Filing.objects.filter(jurisdiction=jurisdiction).exclude(group="").values_list("project_id", "group"))
    rows: Any = Project.objects.filter(jurisdiction=jurisdiction).exclude(standing=Standing.TERMINATED).order_by()
    found = []
    columns = ("pk", "name", "investor", "text__site", "unit_id", "unit__name", "standing")
    for pk, name, investor, site, unit, unit_name, standing in rows.values_list(*columns):
        if likeness := alike(lead, Lead(investor, groups.get(pk, ""), name, site or "")):
            found.append(Found(pk, name, unit, unit_name or "", standing, likeness))
    return sorted(found, key=lambda one: (not one.alike.same, -one.alike.points, one.project))[:MOST]


def row_of(filing: Filing, as_of: date) -> Row:
    """A filing with what is owed to it as of the day; nothing is owed by a unit that does not hold it."""
    held = still_held(filing, as_of)
    if filing.status != Status.HOLDING or filing.project.standing != Standing.ACTIVE:
        return Row(filing, held, ())
    done: dict[str, list[date]] = {}
    for step in filing.steps.all():
        done.setdefault(step.kind, []).append(step.on)
    times = times_of(filing.jurisdiction, filing.on)
    return Row(filing, held, clock(filing.on, times, done, as_of, introducer=bool(filing.introducer)))

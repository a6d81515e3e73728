"""Reading targets, and counting the record for them as of any day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.days import DayText, day
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import jurisdiction_ids
from zhaoyin.kernel.comparators import Comparator
from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.models import ForeignCapital, StageChange, holding
from zhaoyin.record.projects.queries import RESTRICTED, Sight, definitions_of, seen
from zhaoyin.record.projects.rules import definition_words
from zhaoyin.record.promotion.queries import events_between

from .models import Target
from .rules import Progress, Record, StageEntry, TargetFacts, first_entries, progress

# The stages whose first entry is an event of the year, by the name of the metric's source.
STAGES = {stage.value: stage for stage in (Stage.SIGNED, Stage.LANDED, Stage.CONSTRUCTION, Stage.PRODUCTION)}

REACHED = [stage.value for stage in Stage if stage.order >= Stage.SIGNED.order]

Records = dict[str, list[Record]]


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """The targets of one plan, held against the record as of a day."""

    plan_id: int
    plan: str
    place: str
    year: int
    progress: tuple[tuple[int, Progress], ...]  # with the target's number
    counted: tuple[str, ...]  # what counts there as signed, landed and started, and on which evidence


def facts_of(target: Target) -> TargetFacts:
    """A target as the rules take it; its plan is loaded with it."""
    return TargetFacts(
        target.label, target.metric, Comparator(target.comparator), target.value, target.unit, target.plan.year,
        target.floor_yi, target.scope,
    )  # fmt: skip


def targets_of(jurisdictions: Iterable[int], year: int) -> QuerySet[Target]:
    """The targets of the year's plans of these jurisdictions, plan by plan in order."""
    rows = Target.objects.filter(plan__jurisdiction_id__in=list(jurisdictions), plan__year=year)
    return rows.select_related("plan__jurisdiction").order_by("plan__jurisdiction__path", "plan_id", "position")


def progress_of(jurisdictions: Iterable[int], year: int, as_of: date, sight: Sight | None = None) -> list[PlanProgress]:
    """Every plan of the year with its targets counted as of the day; five queries a jurisdiction, whatever it holds.

    `sight`: only what somebody may see is counted; None counts everything.
    """
    plans: dict[int, list[Target]] = {}
    for target in targets_of(jurisdictions, year):
        plans.setdefault(target.plan_id, []).append(target)
    result = []
    counted: dict[int, Records] = {}
    for targets in plans.values():
        plan = targets[0].plan
        if plan.jurisdiction_id not in counted:
            counted[plan.jurisdiction_id] = records_of(plan.jurisdiction, year, as_of, sight)
        rows = tuple(
            (target.pk, progress(facts_of(target), counted[plan.jurisdiction_id], as_of)) for target in targets
        )
        result.append(
            PlanProgress(plan.pk, plan.title, plan.jurisdiction.name, year, rows, counted_as(plan.jurisdiction, as_of))
        )
    return result


def counted_as(jurisdiction: Unit, as_of: date, source: str = "") -> tuple[str, ...]:
    """What counts there on the day as signed, landed and started, in words; with `source` of a metric only that of its stage."""
    gates = definitions_of(jurisdiction, as_of)
    return tuple(definition_words(gate) for gate in gates if not source or gate.stage.value == source)


def years_of(jurisdictions: Iterable[int]) -> list[int]:
    """The years for which plans of these jurisdictions have targets, the newest first."""
    rows = Target.objects.filter(plan__jurisdiction_id__in=list(jurisdictions)).order_by("-plan__year")
    return list(rows.values_list("plan__year", flat=True).distinct())


def progress_of_one(
    jurisdictions: Iterable[int], pk: int, as_of: date, sight: Sight | None = None
) -> tuple[Target, Progress] | None:
    """One target of these jurisdictions' plans with its progress, or None where there is no such target."""
    rows = Target.objects.select_related("plan__jurisdiction").filter(plan__jurisdiction_id__in=list(jurisdictions))
    target = rows.filter(pk=pk).first()
    if target is None:
        return None
    records = records_of(target.plan.jurisdiction, target.plan.year, as_of, sight)
    return target, progress(facts_of(target), records, as_of)


def records_of(jurisdiction: Unit, year: int, as_of: date, sight: Sight | None = None) -> Records:
    """What happened in the year up to the day in `jurisdiction` and those below it, by the sources that metrics name; with
    `sight` only what that person may see.
    """
    start, end = Period(year, "year").start, min(Period(year, "year").end, as_of)
    area = jurisdiction_ids(jurisdiction)
    records: Records = stage_records(area, start, end, sight)
    capital = ForeignCapital.objects.filter(jurisdiction_id__in=area, on__range=(start, end))
    events = events_between(area, start, end)
    if sight is not None:
        whole, units = sight.jurisdictions or (), sight.units or ()
        capital = capital.filter(Q(jurisdiction_id__in=whole) | Q(project__in=seen(*sight)))
        events = events.filter(Q(jurisdiction_id__in=whole) | Q(unit_id__in=units))
    records["capital"] = [
        Record(
            "capital",
            pk,
            RESTRICTED if hidden and sight is None else project or note or "实际使用外资",
            on,
            amount,
            number,
        )
        for pk, project, note, on, amount, number, hidden in capital.values_list(
            "pk", "project__name", "note", "on", "amount_wan_usd", "project_id", "project__restriction"
        )
    ]
    for event in events:
        records.setdefault(f"event:{event.kind}", []).append(
            Record("event", event.pk, event.title, event.on, unit_id=event.unit_id)
        )
    return records


def stage_records(area: Iterable[int], start: date, end: date, sight: Sight | None = None) -> Records:
    """Projects by the stage that they first entered from `start` to `end`, each with the day and its investment (亿元)."""
    changes = StageChange.objects.filter(holding(end), stage__in=REACHED)
    moved = changes.filter(phase__project__jurisdiction_id__in=list(area), on__gte=start)
    if sight is not None:
        moved = moved.filter(phase__project__in=seen(*sight))
    touched = moved.values("phase__project")
    # Where a project stood when it was taken into the library (`entry`) is no event: a plan of 2022 lists projects signed before.
    rows: Any = changes.filter(phase__project__in=touched).order_by()
    projects: dict[int, tuple[str, Decimal | None, int | None]] = {}
    entries: list[StageEntry] = []
    facts = (
        "phase__project__investment_yi",
        "phase__project__unit",
        "phase__project__name",
        "phase__project__restriction",
    )
    for pk, stage, on, initial, *known in rows.values_list("phase__project", "stage", DayText("on"), "entry", *facts):
        entries.append(StageEntry(pk, stage, day(on), initial))
        projects[pk] = (RESTRICTED if known[3] and sight is None else known[2], known[0], known[1])
    return {
        source: [
            Record(
                "project",
                project,
                projects[project][0],
                on,
                projects[project][1],
                project,
                projects[project][2],
                certain,
            )
            for project, (on, certain) in sorted(
                first_entries(entries, stage, start, end).items(), key=lambda found: (found[1][0], found[0])
            )
        ]
        for source, stage in STAGES.items()
    }

"""Gathering one month's facts: the same number of queries however many projects there are."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from zhaoyin.ground.days import DayText, day
from zhaoyin.ground.organisations.models import Official, Unit, UnitKind
from zhaoyin.ground.organisations.queries import jurisdiction_ids, open_in
from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.plan.schedules.queries import milestones_as_of, open_on
from zhaoyin.plan.targets.queries import facts_of, records_of, targets_of
from zhaoyin.plan.targets.rules import progress
from zhaoyin.record.projects.models import ContactLeader, Note, Problem, ProblemKind, Project, StageChange, holding
from zhaoyin.record.projects.queries import RESTRICTED, changed_after, definitions_of, known_on
from zhaoyin.record.projects.rules import definition_words

from .facts import MonthFacts, ProblemFacts, ProjectFacts, Promise, UnitFacts


class NotYet(Exception):
    """The month has not begun by the day of asking. The message is one sentence for the person."""


def gather(jurisdiction: Unit, period: Period, today: date) -> MonthFacts:
    """The facts of a month of `jurisdiction` and those below it, as of its last day, or of `today` while it lasts.

    Raises NotYet for a month that begins after `today`.
    """
    if period.start > today:
        raise NotYet(f"{period.label}还没有开始，截至 {today} 不能编制这个月的通报")
    as_of = min(period.end, today)
    area = jurisdiction_ids(jurisdiction)
    later = changed_after(as_of)
    records = records_of(jurisdiction, period.year, as_of)
    units = _units(area, period, as_of)
    return MonthFacts(
        place=jurisdiction.name,
        office=_office(jurisdiction),
        demo=jurisdiction.demo,
        period=period,
        as_of=as_of,
        targets=tuple(
            (target.pk, progress(facts_of(target), records, as_of))
            for target in targets_of([jurisdiction.pk], period.year)
        ),
        projects=_projects(area, as_of, later),
        units=units,
        leaders=_leaders(area),
        events={source: tuple(records[source]) for source in ("signed", "landed", "construction")},
        reached=_reached(area, period.start, as_of, later),
        due=_due(area, as_of, period.next().end, later),
        problems=_problems(area, as_of),
        moved=_moved(area, period.start, as_of),
        counted=tuple(definition_words(gate) for gate in definitions_of(jurisdiction, as_of)),
    )


def months_to_report(jurisdiction: Unit | None, today: date) -> list[Period]:
    """The months with something to tell, the newest first: from the first project on, at most two years back."""
    if jurisdiction is None:
        return []
    first = (
        Project.objects.filter(jurisdiction_id__in=jurisdiction_ids(jurisdiction))
        .order_by("known_on")
        .values_list("known_on", flat=True)
        .first()
    )
    months: list[Period] = []
    month = Period.of(today, "month")
    while first is not None and month.end >= first and len(months) < 24:
        months.append(month)
        month = month.previous()
    return months


def _office(jurisdiction: Unit) -> str:
    """Who signs: the leading group's office where the tree names one, else an office by the place's name."""
    offices = Unit.objects.filter(jurisdiction=jurisdiction, kind=UnitKind.OFFICE, name__contains="领导小组")
    office = offices.order_by("path").values_list("name", flat=True).first()
    return office or f"{jurisdiction.name}招大引强工作领导小组办公室"


def _projects(area: list[int], as_of: date, later: bool) -> dict[int, ProjectFacts]:
    leaders: dict[int, tuple[int, ...]] = {}
    rows = ContactLeader.objects.filter(project__jurisdiction_id__in=area).order_by("position", "pk")
    for project, official in rows.values_list("project_id", "official_id"):
        leaders[project] = (*leaders.get(project, ()), official)
    stages = {stage.value: stage for stage in Stage}
    known: Any = known_on(Project.objects.filter(jurisdiction_id__in=area), as_of, later).order_by("pk")
    return {
        pk: ProjectFacts(
            pk, RESTRICTED if hidden else name, unit, () if hidden else leaders.get(pk, ()), stages[stage],
            standing == Standing.ACTIVE,
        )
        for pk, name, unit, stage, standing, hidden in known.values_list(
            "pk", "name", "unit_id", "stage_then", "standing_then", "restriction"
        )
    }  # fmt: skip


def _units(area: list[int], period: Period, as_of: date) -> tuple[UnitFacts, ...]:
    noted = set(
        Note.objects.filter(on__range=(period.start, as_of), project__jurisdiction_id__in=area, unit__isnull=False)
        .order_by()
        .values_list("unit_id", flat=True)
        .distinct()
    )
    rows = Unit.objects.filter(jurisdiction_id__in=area).exclude(kind=UnitKind.JURISDICTION).order_by("path")
    # Whoever was founded later or closed before owes this month no report, and keeps the projects it has.
    rows = rows.annotate(there=ExpressionWrapper(open_in(period), output_field=BooleanField()))
    return tuple(
        UnitFacts(pk, short or name, reports and there, pk in noted)
        for pk, name, short, reports, there in rows.values_list("pk", "name", "short_name", "reports", "there")
    )


def _leaders(area: list[int]) -> dict[int, str]:
    return dict(Official.objects.filter(jurisdiction_id__in=area).order_by("pk").values_list("pk", "name"))


def _reached(area: list[int], start: date, as_of: date, later: bool) -> tuple[Promise, ...]:
    rows = Milestone.objects.filter(project__jurisdiction_id__in=area, reached_on__range=(start, as_of))
    rows = rows.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=F("reached_on")))
    return _promises(milestones_as_of(as_of, rows, later).order_by("reached_on", "project_id", "position", "pk"), as_of)


def _due(area: list[int], as_of: date, until: date, later: bool) -> tuple[Promise, ...]:
    rows = Milestone.objects.filter(project__jurisdiction_id__in=area)
    if later:
        pursued = known_on(Project.objects.filter(jurisdiction_id__in=area), as_of, later)
        rows = rows.filter(project__in=pursued.filter(standing_then=Standing.ACTIVE).order_by().values("pk"))
    else:
        rows = rows.filter(project__standing=Standing.ACTIVE)
    due: Any = milestones_as_of(as_of, rows, later).filter(open_on(as_of))
    return _promises(due.filter(end_then__lte=until).order_by("end_then", "project_id", "position", "pk"), as_of)


def _promises(rows: Any, as_of: date) -> tuple[Promise, ...]:
    facts = rows.filter(project__known_on__lte=as_of).values_list(
        "pk", "project_id", "phase__name", "text", DayText("end_then"), "kind_then", DayText("reached_on"),
        "project__restriction",
    )  # fmt: skip
    return tuple(
        Promise(
            pk, project, "节点" if hidden else f"{phase}{text}" if phase and phase not in text else text,
            end and day(end), kind,
            _by(reached and day(reached), as_of),
        )
        for pk, project, phase, text, end, kind, reached, hidden in facts
    )  # fmt: skip


def _by(on: date | None, as_of: date) -> date | None:
    return on if on is not None and on <= as_of else None


def _problems(area: list[int], as_of: date) -> tuple[ProblemFacts, ...]:
    still_open = Q(settled_on__isnull=True) | Q(settled_on__gt=as_of)
    rows = Problem.objects.filter(
        still_open, project__jurisdiction_id__in=area, project__known_on__lte=as_of, raised_on__lte=as_of
    ).order_by(F("due_on").asc(nulls_last=True), "raised_on", "pk")
    kinds = dict(ProblemKind.choices)
    return tuple(
        ProblemFacts(pk, project, kinds[kind], "内容不公开" if hidden else text, short or name or "", raised, due)
        for pk, project, kind, text, short, name, raised, due, hidden in rows.values_list(
            "pk", "project_id", "kind", "text", "unit__short_name", "unit__name", "raised_on", "due_on",
            "project__restriction",
        )
    )  # fmt: skip


def _moved(area: list[int], start: date, as_of: date) -> frozenset[int]:
    """The projects that came into the library in the month or whose stage changed in it."""
    changes = StageChange.objects.filter(
        holding(as_of), entry=False, phase__project__jurisdiction_id__in=area, on__gte=start
    )
    new = Project.objects.filter(jurisdiction_id__in=area, known_on__range=(start, as_of))
    return frozenset(changes.order_by().values_list("phase__project", flat=True)) | set(
        new.values_list("pk", flat=True)
    )

"""Every write to milestones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.inserting import insert_rows
from zhaoyin.ground.journal import actions as journal
from zhaoyin.kernel.events import PhaseReturned, ProjectsJoined, StageMoved
from zhaoyin.record.projects import actions as projects
from zhaoyin.record.projects.actions import NotAllowed, StaleVersion
from zhaoyin.record.projects.models import Project, StageChange
from zhaoyin.record.projects.queries import permit_on

from .models import Milestone, MilestoneKind, Move
from .rules import may_change_dates, may_reach

# What a promise says besides what and how firmly; left out, it is unknown.
UNSAID: dict[str, Any] = {"when": "", "stage": "", "start": None, "end": None, "phase": None, "plan": None}
SAID = itemgetter("text", "kind", "when", "stage", "start", "end")


@transaction.atomic
def add_milestones(
    *, by: models.Model | None, promises: Iterable[tuple[Project, Mapping[str, Any]]], known_on: date
) -> None:
    """Add dated promises to projects of one jurisdiction, in a constant number of statements.

    Each is a project and a mapping of `Milestone` fields: text and kind, and what is known of `UNSAID`. Raises KeyError
    without the first two.
    """
    given = list(promises)
    if not given:
        return
    projects = {project.pk: project for project, _ in given}
    for project in projects.values():
        permit_on(by, Permission.MILESTONE_MOVE, project)
    positions = Counter(
        dict(
            Milestone.objects.filter(project__in=projects)
            .order_by()
            .values("project")
            .annotate(count=Count("pk"))
            .values_list("project", "count")
        )
    )
    rows = []
    for project, fields in given:
        known = {**UNSAID, **fields}
        rows.append((project.pk, positions[project.pk], _pk(known["phase"]), _pk(known["plan"]), *SAID(known)))
        positions[project.pk] += 1
    insert_rows(
        Milestone,
        ["project_id", "position", "phase_id", "plan_id", "text", "kind", "when", "stage", "start", "end"],
        rows,
        known_on=known_on,
    )
    refresh_outlooks(project_ids=projects)
    journal.record_many(
        by=by,
        act="schedules.milestones_added",
        subjects=projects.values(),
        jurisdiction_id=given[0][0].jurisdiction_id,
    )


@transaction.atomic
def reach_milestone(*, by: models.Model | None, milestone: Milestone, on: date, as_of: date) -> None:
    """Mark a milestone reached on a day. Raises NotAllowed with the reasons."""
    permit_on(by, Permission.STAGE_ADVANCE, milestone.project)
    milestone = _locked(milestone)
    verdict = may_reach(reached_on=on, as_of=as_of, open_=_open(milestone))
    if not verdict.ok:
        raise NotAllowed(verdict.reasons)
    _reach([milestone], on=on, by=by)


@transaction.atomic
def move_milestone(
    *,
    by: models.Model | None,
    milestone: Milestone,
    start: date | None,
    end: date | None,
    reason: str,
    on: date,
    kind: MilestoneKind | str | None = None,
    seen: tuple[date | None, date | None, str] | None = None,
) -> Move:
    """Change a milestone's dates on a day, with a reason; the dates before stay in its history.

    `seen` is the start, end and kind that the person had before them. Raises NotAllowed, and StaleVersion where they are
    not the stored ones any more.
    """
    permit_on(by, Permission.MILESTONE_MOVE, milestone.project)
    milestone = _locked(milestone)
    if seen is not None and seen != (milestone.start, milestone.end, milestone.kind):
        raise StaleVersion("这个节点刚被别人改期，请对照后再保存")
    verdict = may_change_dates(
        start=start, end=end, reason=reason, on=on, since=_dated_on(milestone), open_=_open(milestone)
    )
    if not verdict.ok:
        raise NotAllowed(verdict.reasons)
    after: MilestoneKind | str
    if end is None:
        after = MilestoneKind.UNDATED
    else:
        after = kind or (MilestoneKind.PLANNED if milestone.kind == MilestoneKind.UNDATED else milestone.kind)
    move = Move.objects.create(
        milestone=milestone, on=on, reason=reason.strip(), by_id=by.pk if by is not None else None,
        from_start=milestone.start, from_end=milestone.end, from_kind=milestone.kind,
        to_start=start, to_end=end, to_kind=after,
    )  # fmt: skip
    milestone.start, milestone.end, milestone.kind = start, end, after
    milestone.save(update_fields=["start", "end", "kind"])
    refresh_outlooks(project_ids=[milestone.project_id])
    journal.record(
        by=by,
        act="schedules.milestone_moved",
        subject=milestone.project,
        jurisdiction_id=milestone.project.jurisdiction_id,
        detail={
            "milestone": milestone.text,
            "end": [move.from_end and move.from_end.isoformat(), end and end.isoformat()],
            "reason": move.reason,
        },
    )
    return move


@transaction.atomic
def renew_milestones(
    *, by: models.Model | None, renewed: Iterable[tuple[Milestone, Mapping[str, Any]]], reason: str, on: date
) -> None:
    """Let open milestones say what a newer edition of the plan says of them; those that were reached stay as they are.

    Each is a milestone and what it now says: start, end, kind, text and when.
    """
    given = list(renewed)
    locked = {milestone.pk: milestone for milestone in _all_locked(milestone for milestone, _ in given)}
    for milestone, now in ((locked[milestone.pk], now) for milestone, now in given):
        if not _open(milestone):
            continue
        start, end, kind, text, when = (now[name] for name in ("start", "end", "kind", "text", "when"))
        if (milestone.start, milestone.end, milestone.kind) != (start, end, kind):
            since = max(on, _dated_on(milestone))
            move_milestone(by=by, milestone=milestone, start=start, end=end, kind=kind, reason=reason, on=since)
        if (milestone.text, milestone.when) != (text, when):
            before, milestone.text, milestone.when = milestone.text, text, when
            milestone.save(update_fields=["text", "when"])
            journal.record(
                by=by,
                act="schedules.milestone_reworded",
                subject=milestone.project,
                jurisdiction_id=milestone.project.jurisdiction_id,
                detail={"text": [before, text]},
            )


@transaction.atomic
def withdraw_milestones(*, by: models.Model | None, milestones: Iterable[Milestone], on: date) -> None:
    """Take promises back that a newer edition of the plan no longer makes; they stay in the history."""
    milestones = list(milestones)
    for project in {milestone.project for milestone in milestones}:
        permit_on(by, Permission.MILESTONE_MOVE, project)
    still_open = [milestone for milestone in _all_locked(milestones) if _open(milestone)]
    for milestone in still_open:
        milestone.withdrawn_on = on
        milestone.save(update_fields=["withdrawn_on"])
        journal.record(
            by=by,
            act="schedules.milestone_withdrawn",
            subject=milestone.project,
            jurisdiction_id=milestone.project.jurisdiction_id,
            detail={"milestone": milestone.text},
        )
    refresh_outlooks(project_ids={milestone.project_id for milestone in still_open})


def fulfil(event: StageMoved) -> None:
    """A phase reached a stage: the open milestones that promised just that are reached on the same day."""
    rows = Milestone.objects.select_related("project").filter(
        Q(phase_id=event.phase_id) | Q(phase__isnull=True),
        project_id=event.project_id, stage=event.stage, reached_on__isnull=True, withdrawn_on__isnull=True,
    )  # fmt: skip
    _reach(list(rows), on=event.on, by=event.by)


def reopen(event: PhaseReturned) -> None:
    """A phase was sent back: what it had reached beyond is open again with the dates it had.

    The milestone that was reached is withdrawn on that day and one like it is listed, with every date it ever had: earlier
    days go on telling that it had been reached.
    """
    rows = Milestone.objects.select_for_update(of=("self",)).select_related("project").filter(
        Q(phase_id=event.phase_id) | Q(phase__isnull=True),
        project_id=event.project_id, stage__in=event.beyond, reached_on__isnull=False, withdrawn_on__isnull=True,
    )  # fmt: skip
    # What the project promised as a whole stays reached while another phase holds the stage.
    held = StageChange.objects.filter(phase__project_id=event.project_id, annulled_on=None).values("stage")
    for milestone in rows.exclude(phase__isnull=True, stage__in=held):
        moves, on = list(milestone.moves.all()), max(event.on, milestone.reached_on or event.on)
        Milestone.objects.filter(pk=milestone.pk).update(withdrawn_on=on)
        milestone.pk, milestone.reached_on = None, None
        milestone.known_on = on
        milestone.save(force_insert=True)
        for move in moves:
            move.pk, move.milestone = None, milestone
        Move.objects.bulk_create(moves)
        journal.record(
            by=event.by,
            act="schedules.milestone_reopened",
            subject=milestone.project,
            jurisdiction_id=milestone.project.jurisdiction_id,
            detail={"milestone": milestone.text, "on": event.on.isoformat()},
        )
    refresh_outlooks(project_ids=[event.project_id])


def recount(event: ProjectsJoined) -> None:
    """Milestones went over with their project: its next days are others now."""
    refresh_outlooks(project_ids=[event.project_id, event.gone_id])


def refresh_outlooks(*, project_ids: Iterable[int]) -> None:
    """Recompute the stored facts of these projects' milestones. Called by every action that touches one."""
    mine = Milestone.objects.filter(project=OuterRef("pk")).order_by().values("project")
    still_open = mine.filter(reached_on__isnull=True, withdrawn_on__isnull=True)
    strive = Q(kind=MilestoneKind.STRIVE)

    def last(path: str) -> Coalesce:
        return Coalesce(Subquery(mine.annotate(last=Max(path)).values("last")), F("known_on"))

    ids = sorted(project_ids)
    # In a statement of its own: who waits for another's act must then count with what that act left.
    list(Project.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    Project.objects.filter(pk__in=ids).update(
        due_on=Subquery(still_open.exclude(strive).annotate(first=Min("end")).values("first")),
        strive_on=Subquery(still_open.filter(strive).annotate(first=Min("end")).values("first")),
        recorded_on=Greatest(
            "recorded_on", last("known_on"), last("reached_on"), last("withdrawn_on"), last("moves__on")
        ),
    )


def _reach(milestones: list[Milestone], *, on: date, by: models.Model | None) -> None:
    for milestone in milestones:
        milestone.reached_on = on
        milestone.save(update_fields=["reached_on"])
        projects.record_movement(project=milestone.project, on=on)
        journal.record(
            by=by,
            act="schedules.milestone_reached",
            subject=milestone.project,
            jurisdiction_id=milestone.project.jurisdiction_id,
            detail={
                "milestone": milestone.text,
                "on": on.isoformat(),
                "end": milestone.end and milestone.end.isoformat(),
            },
        )
    refresh_outlooks(project_ids={milestone.project_id for milestone in milestones})


def _locked(milestone: Milestone) -> Milestone:
    return Milestone.objects.select_for_update(of=("self",)).select_related("project").get(pk=milestone.pk)


def _all_locked(milestones: Iterable[Milestone]) -> list[Milestone]:
    keys = sorted({milestone.pk for milestone in milestones})
    rows = Milestone.objects.select_for_update(of=("self",)).select_related("project").order_by("pk")
    # In parts, because SQLite takes only so many values in one statement.
    return [row for start in range(0, len(keys), 5000) for row in rows.filter(pk__in=keys[start : start + 5000])]


def _dated_on(milestone: Milestone) -> date:
    """The day since which the milestone's dates are what they are."""
    last: date | None = milestone.moves.aggregate(last=Max("on"))["last"]
    return last or milestone.known_on


def _open(milestone: Milestone) -> bool:
    return milestone.reached_on is None and milestone.withdrawn_on is None


def _pk(row: models.Model | None) -> Any:
    return row.pk if row is not None else None

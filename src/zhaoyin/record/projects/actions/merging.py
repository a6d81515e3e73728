"""Making one project of two, and two of one again."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError, RestrictedError
from django.utils import timezone

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.journal import actions as journal
from zhaoyin.kernel.events import ProjectsJoined, dispatch
from zhaoyin.kernel.stages import Stage, Standing

from ..models import (
    Alias,
    AliasKind,
    ContactLeader,
    Merging,
    Movement,
    MoveRequest,
    Phase,
    Project,
    ProjectText,
    Restriction,
    StageChange,
    StandingChange,
)
from ..queries import permit_on
from ..rules import Reached, furthest, one_course
from .carrying import Carrier, put_back
from .editing import PLAIN_FIELDS, TEXT_FIELDS
from .moving import NotAllowed

FILLED = [name for name in PLAIN_FIELDS if name not in ("name", "standing")]
APART = frozenset({Phase, ProjectText, StandingChange})  # which have a way of their own to become one


@dataclass(frozen=True, slots=True)
class Joined:
    """What a merging did or would do: how many rows of each kind go over, how many are left out because the other has them
    already, and which blank fields it fills (label, value).
    """

    merging: Merging
    moved: Mapping[str, int]
    left: Mapping[str, int]
    filled: list[tuple[str, str]]


@transaction.atomic
def merge_projects(*, by: models.Model | None, gone: Project, into: Project, on: date) -> Joined:
    """Let `gone` go into `into`: everything that hangs on it goes over, blank facts are filled from it, its row goes and its
    number leads on. What both have is kept once, so that nothing counts twice.

    Raises NotAllowed for a project and itself or of two places, one that named people only may see, two moves of one phase
    that wait for an answer; Forbidden.
    """
    permit_on(by, Permission.PROJECT_EDIT, gone)
    permit_on(by, Permission.PROJECT_EDIT, into)
    if gone.pk == into.pk:
        raise NotAllowed(("不能把项目并入它自己",))
    if gone.jurisdiction_id != into.jurisdiction_id:
        raise NotAllowed(("两个项目不在同一个行政区划，不能合并",))
    rows = {one.pk: one for one in Project.objects.select_for_update().filter(pk__in=[gone.pk, into.pk]).order_by("pk")}
    if len(rows) < 2:
        raise NotAllowed(("其中一个项目刚被合并，请回到项目库再看",))
    gone, into = rows[gone.pk], rows[into.pk]
    if Restriction.objects.filter(project__in=rows).exists():
        raise NotAllowed(("限定查看范围的项目不能合并，请先取消限定",))
    waiting = MoveRequest.objects.filter(phase__project__in=rows, answer="").values_list("phase__name", flat=True)
    if len(waiting) != len(set(waiting)):
        raise NotAllowed(("两个项目都有等待确认的阶段变动，请先确认或撤回其中一个",))
    number, name = gone.pk, gone.name
    carrier = Carrier(ordered=frozenset({ContactLeader}))
    _join_phases(carrier, gone, into)
    carrier.carry_all(gone, into, apart=APART)
    # How the other stood is told by its own history: between the days of this one it would say what never was.
    for one in gone.standings.all():
        carrier.remove(one)
    _join_files(carrier, gone, into)
    filled = _fill(carrier, gone, into, on)
    journal.record(
        by=by, act="projects.merged_away", subject=gone, jurisdiction_id=gone.jurisdiction_id,
        detail={"into": into.name, "number": into.pk},
    )  # fmt: skip
    try:
        carrier.remove(gone, count=False)
    except (ProtectedError, RestrictedError) as held:
        named = "、".join(sorted({str(one._meta.verbose_name) for one in held.args[1]}))
        raise NotAllowed((f"“{name}”还被这些资料引用，不能合并：{named}",)) from None
    dispatch(ProjectsJoined(gone_id=number, project_id=into.pk))
    alias = None
    if name != into.name and not Alias.objects.filter(project=into, name=name).exists():
        alias = Alias.objects.create(project=into, name=name, kind=AliasKind.MERGED).pk
    merging = Merging.objects.create(
        project=into, gone=number, gone_name=name, by_id=by.pk if by is not None else None,
        changes={**carrier.changes(), "moved": carrier.moved, "left": carrier.left, "filled": filled, "alias": alias},
    )  # fmt: skip
    journal.record(
        by=by, act="projects.merged", subject=into, jurisdiction_id=into.jurisdiction_id,
        detail={"gone": name, "number": number, "moved": sum(carrier.moved.values())},
    )  # fmt: skip
    return Joined(merging, carrier.moved, carrier.left, filled)


def preview_merging(*, by: models.Model | None, gone: Project, into: Project, on: date) -> Joined:
    """What `merge_projects` would do, found by doing it and taking it back; raises what that raises."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            return merge_projects(by=by, gone=gone, into=into, on=on)
        finally:
            transaction.savepoint_rollback(point)


@transaction.atomic
def undo_merging(*, by: models.Model | None, merging: Merging, on: date) -> list[str]:
    """Make two projects of one again, as they were. Returns the names of what stays where it is because it was touched since.

    Raises NotAllowed for a merging that is undone, one on which a newer one stands, and where something is missing.
    """
    into = Project.objects.select_for_update().get(pk=merging.project_id)
    permit_on(by, Permission.PROJECT_EDIT, into)
    merging = Merging.objects.select_for_update(of=("self",)).get(pk=merging.pk)
    if merging.undone_at is not None:
        raise NotAllowed(("这次合并已经撤销过了",))
    if Merging.objects.filter(project=into, pk__gt=merging.pk, undone_at__isnull=True).exists():
        raise NotAllowed(("后来又有项目并入这个项目，请先撤销后一次合并",))
    try:
        with transaction.atomic():
            Alias.objects.filter(pk=merging.changes["alias"], project=into, name=merging.gone_name).delete()
            kept = put_back(merging.changes)
    except IntegrityError:
        raise NotAllowed(("恢复时要用到的单位、干部或方案已经不在，不能撤销",)) from None
    into.refresh_from_db()
    back = Project.objects.get(pk=merging.gone)
    changes = StageChange.objects.filter(phase__project=into, entry=False)
    since = (into.notes.all(), changes, into.standings.filter(standing=Standing.ACTIVE))
    for day in {day for rows in since for day in rows.filter(at__gt=merging.at).values_list("on", flat=True)}:
        Movement.objects.get_or_create(project=into, on=day)  # also where the day was the other's already
    for project in (into, back):
        last = project.movements.aggregate(last=Max("on"))["last"]
        project.moved_on = max(project.known_on, last or project.known_on)
        _go_on(project, on)
    dispatch(ProjectsJoined(gone_id=back.pk, project_id=into.pk, apart=True))
    merging.undone_by_id, merging.undone_at, merging.kept = by.pk if by is not None else None, timezone.now(), kept
    merging.save(update_fields=["undone_by", "undone_at", "kept"])
    journal.record_many(
        by=by, act="projects.parted", subjects=[into, back], jurisdiction_id=into.jurisdiction_id,
        detail={"gone": back.name, "number": back.pk, "into": into.name, "kept": kept},
    )  # fmt: skip
    return kept


def _go_on(project: Project, on: date) -> None:
    """What follows from the phases and from having been changed on a day."""
    project.stage = furthest(project.phases.values_list("stage", flat=True))
    project.recorded_on = max(project.recorded_on, on)
    project.version += 1
    project.save(update_fields=["stage", "moved_on", "recorded_on", "version"])


def _join_phases(carrier: Carrier, gone: Project, into: Project) -> None:
    """Phases of one name become one, with one course; the others go over behind those that are there."""
    own = {phase.name: phase for phase in into.phases.all()}
    offset = max((phase.position for phase in own.values()), default=-1) + 1
    for phase in gone.phases.all():
        twin = own.get(phase.name)
        if twin is None:
            carrier.move(phase, {"project_id": into.pk, "position": phase.position + offset})
            continue
        both = StageChange.objects.filter(phase__in=[phase, twin])
        changes = {one.pk: one for one in both.filter(annulled_on=None)}
        course = one_course(
            Reached(pk, Stage(one.stage), one.on, one.entry, one.phase_id == twin.pk) for pk, one in changes.items()
        )
        staying = {one.key for one in course}
        for pk, one in changes.items():
            if pk not in staying:
                carrier.remove(one)
            elif one.phase_id != twin.pk:
                carrier.move(one, {"phase_id": twin.pk})
        # What was taken back counts on earlier days still: of a stage that the twin ever reached, once.
        reached = {one.stage for one in both if one.phase_id == twin.pk or one.pk in staying}
        for one in both.filter(phase=phase).exclude(annulled_on=None):
            if one.stage in reached:
                carrier.remove(one)
            else:
                carrier.move(one, {"phase_id": twin.pk})
        carrier.carry_all(phase, twin, apart=frozenset({StageChange}))
        blanks = {name: getattr(phase, name) for name in ("investment_yi", "land_mu") if getattr(twin, name) is None}
        if course:
            blanks |= {"stage": course[-1].stage.value, "stage_on": course[-1].on}
        carrier.change(twin, blanks)
        carrier.remove(phase, count=False)


def _join_files(carrier: Carrier, gone: Project, into: Project) -> None:
    """Files of one name become versions of it, in the order in which they came."""
    kind = Project._meta.label_lower
    files = Attachment.objects.filter(subject_kind=kind, subject_id__in=[gone.pk, into.pk]).order_by("at", "pk")
    versions: Counter[str] = Counter()
    for file in files:
        versions[file.name] += 1
        if file.subject_id == gone.pk:
            carrier.move(file, {"subject_id": into.pk, "version": versions[file.name]})
        else:
            carrier.change(file, {"version": versions[file.name]})


def _fill(carrier: Carrier, gone: Project, into: Project, on: date) -> list[tuple[str, str]]:
    """What is blank in `into` and known in `gone` is filled in; what both know stays as `into` has it."""
    filled: dict[str, tuple[models.Model, str]] = {}
    text, _ = ProjectText.objects.get_or_create(project=into)
    other = ProjectText.objects.filter(project=gone).first()
    after: dict[str, Any] = {}
    for name in FILLED:
        column = Project._meta.get_field(name).attname  # type: ignore[union-attr]
        if getattr(into, column) in (None, "") and getattr(gone, column) not in (None, ""):
            after[column], filled[name] = getattr(gone, column), (gone, name)
    carrier.change(into, {**after, "known_on": min(gone.known_on, into.known_on)})
    into.moved_on, into.version = max(gone.moved_on, into.moved_on), max(gone.version, into.version)
    _go_on(into, max(gone.recorded_on, on))
    if other is not None:
        words = {name: getattr(other, name) for name in TEXT_FIELDS if not getattr(text, name) and getattr(other, name)}
        filled |= {name: (other, name) for name in words}
        if text.extra and other.extra:
            words["extra"] = {**other.extra, **text.extra}
        carrier.change(text, words)
    return [
        (str(row._meta.get_field(name).verbose_name), str(getattr(row, name))[:60])  # type: ignore[union-attr]
        for row, name in filled.values()
    ]

"""Reading the project library, as of any day.

`known_on(visible_to(user), as_of)` is the door for every list and page: what the user may see of what was known on the day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from zhaoyin.ground.access.queries import area_of
from zhaoyin.ground.access.rules import Area, Forbidden, Permission
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.ground.organisations.models import SpecialTeam, TeamMember, Unit
from zhaoyin.ground.organisations.queries import held_on, jurisdiction_ids, open_on, still, units_of
from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.stages import ORDER, Stage
from zhaoyin.record.resources.models import Platform

from .models import Contact, ContactLeader, Movement, Note, Phase, Project, ProjectText, Share, StageChange

STAGE_RANK = Case(
    *[When(stage=stage.value, then=Value(order)) for stage, order in ORDER.items()], output_field=IntegerField()
)
# Which projects: their numbers, or the query that finds them.
Ids = Sequence[int] | QuerySet[Any, Any]
OPENED_BY_SHARE = {Permission.RECORDS_SEE, Permission.RECORDS_EXPORT, Permission.PROGRESS_WRITE}
ON_A_PROJECT = (
    Permission.PROJECT_EDIT, Permission.PROGRESS_WRITE, Permission.STAGE_ADVANCE, Permission.MILESTONE_MOVE,
    Permission.PROJECT_SHARE, Permission.PHONE_SEE,
)  # fmt: skip
STAGE_BY_RANK = {order: stage for stage, order in ORDER.items()}


Numbers = tuple[int, ...] | None


class Sight(NamedTuple):
    """Which projects somebody may see: those of whole jurisdictions, those of single units and of the platforms that these
    keep, and those `tied` to the person; by number, None where there is no such.

    As three values it goes into a prepared query, and as one into the key of what is remembered.
    """

    jurisdictions: Numbers
    units: Numbers
    tied: Numbers

    @property
    def whole(self) -> bool:
        """Whether nothing but whole jurisdictions is seen."""
        return not self.units and not self.tied


def sight_of(user: Any, permission: Permission = Permission.RECORDS_SEE) -> Sight:
    """Where the person holds the permission, as the queries of projects take it."""
    area = area_of(user, permission)
    whole = tuple(jurisdiction_ids(None)) if area.everything else area.jurisdictions
    return Sight(whole or None, area.units or None, tuple(tied_to(user, permission)) or None)


def seen(jurisdictions: Numbers, units: Numbers, tied: Numbers) -> QuerySet[Project]:
    """The projects of a `Sight`."""
    inside = Q(jurisdiction_id__in=jurisdictions) if jurisdictions else Q(pk__in=[])
    if units:
        platforms = Platform.objects.filter(unit_id__in=units)
        inside |= Q(unit_id__in=units) | Q(platform_id__in=platforms.values("pk"))
    return Project.objects.filter(inside | Q(pk__in=tied) if tied else inside)


def visible_to(user: Any, permission: Permission = Permission.RECORDS_SEE) -> QuerySet[Project]:
    """The projects on which the person holds the permission: by default those that may be seen; others do not exist."""
    return Project.objects.all() if area_of(user, permission).everything else seen(*sight_of(user, permission))


def permit_on(by: Any, permission: Permission, project: Project) -> None:
    """Raise Forbidden unless `by` holds the permission on the project. None is the machine's operator."""
    if by is None:
        return
    area = area_of(by, permission)
    if area.everything or project.jurisdiction_id in area.jurisdictions:
        return  # a plan of a thousand projects asks a thousand times
    if not visible_to(by, permission).filter(pk=project.pk).exists():
        raise Forbidden(permission)


def allowed_on(user: Any, number: int) -> frozenset[Permission]:
    """What the person may do with the project of that number; a query for each scope that differs."""
    inside: dict[Sight, bool] = {}
    for permission in ON_A_PROJECT:
        sight = sight_of(user, permission)
        if sight not in inside:
            inside[sight] = seen(*sight).filter(pk=number).exists()
    return frozenset(permission for permission in ON_A_PROJECT if inside[sight_of(user, permission)])


def units_to_add_in(user: Any, jurisdiction: Unit, on: date) -> tuple[QuerySet[Unit], bool]:
    """The units there on the day for which the person may make a project, and whether that is anywhere in the jurisdiction."""
    area = area_of(user, Permission.PROJECT_ADD)
    anywhere = area.everything or jurisdiction.pk in area.jurisdictions
    units = units_of(jurisdiction).filter(open_on(on))
    return (units if anywhere else units.filter(pk__in=area.units)), anywhere


def contacts_visible_to(user: Any) -> QuerySet[Contact]:
    """The contact persons of the projects that are seen."""
    return Contact.objects.filter(project__in=visible_to(user)).select_related("project__jurisdiction")


def files_visible_to(user: Any) -> QuerySet[Attachment]:
    """The files of the projects that are seen."""
    return attached_to(Project, visible_to(user).order_by().values("pk"))


def shares_visible_to(user: Any) -> QuerySet[Share]:
    """The shares of the projects that are seen."""
    return Share.objects.filter(project__in=visible_to(user)).select_related("project__jurisdiction", "unit")


def tied_to(user: Any, permission: Permission) -> list[int]:
    """The projects that the person leads, that are of a special team in which the person sits that day, or that were shared with
    the person's units; by their numbers. Asked once per loaded account and permission. A share opens sight, and reporting if
    it says so, as long as the unit is there.
    """
    tied: dict[Permission, list[int]] = user.__dict__.setdefault("_tied", {})
    if permission not in tied:
        area = area_of(user, permission)
        tied[permission] = [] if area.everything else _tied(area, permission)
    return tied[permission]


def _tied(area: Area, permission: Permission) -> list[int]:
    """Without those of jurisdictions that are inside whole: there no project need be looked at singly."""
    whole = {"project__jurisdiction_id__in": area.jurisdictions}
    asked: list[QuerySet[Any, Any]] = []
    if area.person:
        led = ContactLeader.objects.filter(official=area.person).exclude(**whole)
        asked.append(led.order_by().values_list("project_id"))
        member = TeamMember.objects.filter(held_on(area.on), official=area.person).values("team_id")
        teams = SpecialTeam.objects.filter(still(area.on), pk__in=member).exclude(
            jurisdiction_id__in=area.jurisdictions
        )
        asked.append(Project.objects.filter(team_id__in=teams.values("pk")).order_by().values_list("pk"))
    if permission in OPENED_BY_SHARE and (units := {*area.units, *area.shared_with}):
        shares = Share.objects.filter(open_on(area.on, "unit__"), unit_id__in=units).exclude(**whole)
        if permission is Permission.PROGRESS_WRITE:
            shares = shares.filter(reports=True)
        asked.append(shares.order_by().values_list("project_id"))
    if not asked:
        return []
    return [number for (number,) in asked[0].union(*asked[1:])]


def changed_after(as_of: date) -> bool:
    """Whether any project's stored facts changed after the day, so that its history must be asked. One look at an index."""
    return bool(prepared(_changed, as_of))


def _changed(as_of: date) -> QuerySet[Any, Any]:
    return Project.objects.filter(recorded_on__gt=as_of).order_by().values_list("pk")[:1]


def known_on(projects: QuerySet[Project], as_of: date, later: bool | None = None) -> QuerySet[Project]:
    """Those of `projects` that the library knew on the day, with `stage_then`, `rank_then` and `moved_then` at its end.

    `later` is the answer of `changed_after`, where the caller has asked already; here as in the queries below.
    """
    known = projects.filter(known_on__lte=as_of)
    if not _later(later, as_of):
        return known.annotate(stage_then=F("stage"), rank_then=STAGE_RANK, moved_then=F("moved_on"))
    changed_later = Q(recorded_on__gt=as_of)
    changes = StageChange.objects.filter(phase__project=OuterRef("pk"), on__lte=as_of)
    furthest = changes.annotate(rank=STAGE_RANK).order_by("-rank")
    return known.annotate(
        stage_then=Case(
            When(changed_later, then=Coalesce(Subquery(furthest.values("stage")[:1]), Value(Stage.LEAD.value))),
            default=F("stage"),
            output_field=CharField(),
        ),
        rank_then=Case(
            When(changed_later, then=Coalesce(Subquery(furthest.values("rank")[:1]), Value(0))),
            default=STAGE_RANK,
            output_field=IntegerField(),
        ),
        moved_then=Case(When(changed_later, then=_moved_by(as_of)), default=F("moved_on"), output_field=DateField()),
    )


def _later(given: bool | None, as_of: date) -> bool:
    return changed_after(as_of) if given is None else given


def _moved_by(as_of: date) -> Coalesce:
    """The last movement up to the day, or else the day the library came to know the project."""
    since = Movement.objects.filter(project=OuterRef("pk"), on__lte=as_of, on__gt=OuterRef("known_on"))
    return Coalesce(Subquery(since.order_by("-on").values("on")[:1]), F("known_on"))


def phase_stages(project_ids: Ids, as_of: date, later: bool | None = None) -> dict[int, list[tuple[str, Stage]]]:
    """The named phases of these projects, in order, as (name, stage at the end of the day); phases not begun are left out."""
    then = _later(later, as_of)
    rows = prepared(_stages_then, project_ids, as_of) if then else prepared(_stages_now, project_ids)
    found: dict[int, list[tuple[str, Stage]]] = {}
    for project_id, name, stage in rows:
        if stage is not None:
            found.setdefault(project_id, []).append((name, Stage(stage)))
    return found


def _stages_now(ids: Ids) -> QuerySet[Any, Any]:
    rows = Phase.objects.filter(project_id__in=ids).exclude(name="").order_by("project_id", "position")
    return rows.values_list("project_id", "name", "stage")


def _stages_then(ids: Ids, as_of: date) -> QuerySet[Any, Any]:
    last = StageChange.objects.filter(phase=OuterRef("pk"), on__lte=as_of).order_by("-on", "-id")
    rows = Phase.objects.filter(project_id__in=ids).exclude(name="").order_by("project_id", "position")
    return rows.annotate(then=Subquery(last.values("stage")[:1])).values_list("project_id", "name", "then")


def latest_words(project_ids: Ids, as_of: date) -> dict[int, tuple[date, str]]:
    """The day and the text of the latest note up to the day, per project; for long lists."""
    return {project_id: (on, text) for project_id, on, text in prepared(_latest, project_ids, as_of)}


def _latest(ids: Ids, as_of: date) -> QuerySet[Any, Any]:
    newest = Note.objects.filter(project=OuterRef("pk"), on__lte=as_of).order_by("-on", "-id").values("pk")[:1]
    picked = Project.objects.filter(pk__in=ids).annotate(note=Subquery(newest)).values("note")
    return Note.objects.filter(pk__in=picked).order_by().values_list("project_id", "on", "text")


def leader_names(project_ids: Ids) -> dict[int, tuple[str, ...]]:
    """The contact leaders' names, per project, in order."""
    names: dict[int, tuple[str, ...]] = {}
    for project_id, name in prepared(_leaders, project_ids):
        names[project_id] = (*names.get(project_id, ()), name)
    return names


def _leaders(ids: Ids) -> QuerySet[Any, Any]:
    rows = ContactLeader.objects.filter(project_id__in=ids).order_by("project_id", "position")
    return rows.values_list("project_id", "official__name")


def matching(word: str) -> Q:
    """Projects whose name, investor, unit, contact leaders or content contain `word`."""
    units = Unit.objects.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    leaders = ContactLeader.objects.filter(official__name__icontains=word)
    texts = ProjectText.objects.filter(content__icontains=word)
    return (
        Q(name__icontains=word)
        | Q(investor__icontains=word)
        | Q(unit_id__in=units.values("pk"))
        | Q(pk__in=leaders.values("project_id"))
        | Q(pk__in=texts.values("pk"))
    )

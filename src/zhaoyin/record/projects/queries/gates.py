"""What the gates ask of a project: the table in force, the facts it is held against, what waits for a second person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage, Standing

from ..models import Contact, ContactLeader, Gates, MoveRequest, Note, Phase, Project
from ..rules import DEFAULT, Evaluation, Facts, Gate, GateTable, Who, confirming, evaluate, following, read_gates
from .scope import visible_to

PERMISSIONS: dict[Who, Permission] = {
    Who.HANDLER: Permission.STAGE_ADVANCE,
    Who.HEAD: Permission.STAGE_CONFIRM,
    Who.OFFICE: Permission.GATES_EDIT,
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty of the stage and the day by which it is due, where the table says how long it may take."""

    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PhaseGate:
    """One phase before its next gate; `target` is None once it has come to the end."""

    phase: int
    name: str
    stage: Stage
    gate: Gate
    duties: tuple[DutyLine, ...]
    target: Stage | None
    ahead: Evaluation
    confirm: Who | None
    request: MoveRequest | None


@dataclass(frozen=True, slots=True)
class GatePanel:
    """A project before its gates; `complete` counts everything that was asked up to the furthest phase's next stage."""

    phases: tuple[PhaseGate, ...]
    complete: Evaluation
    active: bool

    @property
    def furthest(self) -> PhaseGate:
        """The phase that has come furthest."""
        return max(self.phases, key=lambda one: one.stage.order)

    @property
    def nearest(self) -> PhaseGate | None:
        """The least advanced phase that is still under way; None where all have come to the end."""
        under_way = [one for one in self.phases if one.target is not None]
        return min(under_way, key=lambda one: one.stage.order, default=None)


def table_for(jurisdiction: Unit, on: date) -> GateTable:
    """The gates in force there on the day: its own, else those of the nearest jurisdiction above, else the default."""
    return read_gates(table_text(jurisdiction, on))


def table_text(jurisdiction: Unit, on: date) -> str:
    """The same as the text that was set."""
    above = [jurisdiction.path[:end] for end in range(Unit.steplen, len(jurisdiction.path) + 1, Unit.steplen)]
    rows = Gates.objects.filter(jurisdiction__path__in=above, valid_from__lte=on)
    text = rows.order_by("-jurisdiction__depth", "-valid_from").values_list("text", flat=True).first()
    return DEFAULT if text is None else text


def tables_of(jurisdiction: Unit) -> QuerySet[Gates]:
    """The tables that the jurisdiction itself has set, the newest first."""
    return Gates.objects.filter(jurisdiction=jurisdiction).select_related("by").order_by("-valid_from")


def facts_of(project_id: int) -> Facts:
    """What is known of the project, by the keys of `rules.FIELDS`; one query."""
    columns = ("name", "investor", "investment_yi", "land_mu", "unit_id", "team_id", "platform_id")
    hung = Attachment.objects.filter(subject_kind=Project._meta.label_lower, subject_id=OuterRef("pk")).order_by()
    counted = {
        "leaders_count": _count(ContactLeader.objects.filter(project=OuterRef("pk")).order_by(), "project"),
        "contacts_count": _count(Contact.objects.filter(project=OuterRef("pk")).order_by(), "project"),
        "notes_count": _count(Note.objects.filter(project=OuterRef("pk")).order_by(), "project"),
        "files_count": _count(hung, "subject_id"),
    }
    rows = Project.objects.filter(pk=project_id).annotate(**counted)
    found = rows.values(*columns, *counted, "text__site", "text__content").get()
    facts: dict[str, Any] = {key.removesuffix("_count"): found[key] for key in counted}
    facts |= {key: found[key] for key in columns[:4]}
    # A number of a row is there or not; it is no figure.
    facts |= {key: found[f"{key}_id"] is not None for key in ("unit", "team", "platform")}
    return facts | {"site": found["text__site"] or facts["platform"], "content": found["text__content"]}


def _count(rows: QuerySet[Any], group: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(group).annotate(n=Count("pk")).values("n")), 0)


def gate_panel(project_id: int, as_of: date) -> GatePanel | None:
    """The project before its gates; None for a day after which something has changed: what was missing then is not kept."""
    project = Project.objects.select_related("jurisdiction").get(pk=project_id)
    phases = list(Phase.objects.filter(project=project))
    if project.recorded_on > as_of or not phases:
        return None
    table, facts = table_for(project.jurisdiction, as_of), facts_of(project_id)
    waiting = {
        one.phase_id: one for one in MoveRequest.objects.filter(phase__in=phases, answer="").select_related("by")
    }
    gates = tuple(_before(phase, table, facts, waiting.get(phase.pk)) for phase in phases)
    upto = following(max((one.stage for one in gates), key=lambda stage: stage.order))
    return GatePanel(gates, evaluate(table, facts, upto), project.standing == Standing.ACTIVE)


def _before(phase: Phase, table: GateTable, facts: Facts, request: MoveRequest | None) -> PhaseGate:
    stage = Stage(phase.stage)
    target = following(stage)
    duties = tuple(
        DutyLine(one.text, phase.stage_on + timedelta(days=one.days) if one.days and phase.stage_on else None)
        for one in table[stage].duties
    )
    return PhaseGate(
        phase.pk, phase.name, stage, table[stage], duties, None if target is stage else target,
        evaluate(table, facts, target, stage), confirming(table, target, stage), request,
    )  # fmt: skip


def requests_visible_to(user: Any) -> QuerySet[MoveRequest]:
    """The moves that wait, of the projects that are seen."""
    rows = MoveRequest.objects.filter(phase__project__in=visible_to(user))
    return rows.select_related("phase__project__jurisdiction", "by")


def may_answer(request: MoveRequest, table: GateTable) -> Permission:
    """The permission that whoever answers the request must hold; sending a phase back is the head's."""
    if request.back:
        return Permission.STAGE_CONFIRM
    return PERMISSIONS[confirming(table, Stage(request.stage), Stage(request.stood)) or Who.HEAD]

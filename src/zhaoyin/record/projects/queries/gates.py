"""What the gates ask of a project: the table in force, the facts it is held against, what waits for a second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.prepared import Free, prepared
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage, Standing

from ..models import (
    Contact,
    ContactLeader,
    DutyDone,
    Evidence,
    ForeignCapital,
    Gates,
    MoveRequest,
    Note,
    Phase,
    Project,
    Stake,
    TeamPart,
    Yield,
)  # fmt: skip
from ..rules import (
    DEFAULT,
    Evaluation,
    Facts,
    Gate,
    GateTable,
    Item,
    Who,
    confirming,
    duty_light,
    evaluate,
    following,
    proofs,
    read_gates,
)  # fmt: skip
from .duties import attached, duties_done
from .scope import visible_to

PERMISSIONS: dict[Who, Permission] = {
    Who.HANDLER: Permission.STAGE_ADVANCE,
    Who.HEAD: Permission.STAGE_CONFIRM,
    Who.OFFICE: Permission.GATES_EDIT,
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty of the stage, the day by which it is due where the table says how long it may take, and that of its tick."""

    text: str
    due_on: date | None
    done_on: date | None
    light: Light


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
    proofs: tuple[Item, ...]
    confirm: Who | None
    request: MoveRequest | None

    @property
    def missing(self) -> tuple[Item, ...]:
        """What stops the next move: fields, and evidence where the stage insists on it."""
        return (*self.ahead.missing, *(one for one in self._ahead() if not one.filled and not one.soft))

    @property
    def advised(self) -> tuple[Item, ...]:
        """What should be there for the next move and does not stop it."""
        return (*self.ahead.advised, *(one for one in self._ahead() if not one.filled and one.soft))

    @property
    def proven(self) -> tuple[tuple[Stage, int, int], ...]:
        """Of each stage up to the next that lists evidence: how much of it has a file, out of how much."""
        stages = dict.fromkeys(one.stage for one in self.proofs)
        lists = {stage: [one.filled for one in self.proofs if one.stage is stage] for stage in stages}
        return tuple((stage, sum(filled), len(filled)) for stage, filled in lists.items())

    def _ahead(self) -> tuple[Item, ...]:
        return tuple(one for one in self.proofs if one.stage.order > self.stage.order)


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
    return _text_at(jurisdiction.path, on)


def _text_at(path: str, on: date) -> str:
    above = [Free(path[:end]) for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]
    return next((text for (text,) in prepared(_texts, on, *above)), DEFAULT)


def _texts(on: date, *above: str) -> QuerySet[Any, Any]:
    rows = Gates.objects.filter(jurisdiction__path__in=above, valid_from__lte=on)
    return rows.order_by("-jurisdiction__depth", "-valid_from").values_list("text")[:1]


def definitions_of(jurisdiction: Unit, on: date) -> tuple[Gate, ...]:
    """The gates of the stages that are counted: what counts there on the day as signed, landed and started."""
    table = table_for(jurisdiction, on)
    return tuple(table[stage] for stage in (Stage.SIGNED, Stage.LANDED, Stage.CONSTRUCTION))


def tables_of(jurisdiction: Unit) -> QuerySet[Gates]:
    """The tables that the jurisdiction itself has set, the newest first."""
    return Gates.objects.filter(jurisdiction=jurisdiction).select_related("by").order_by("-valid_from")


def facts_of(project_id: int) -> Facts:
    """What is known of the project, by the keys of `rules.FIELDS`; one query."""
    found = dict(zip(_ASKED, prepared(_asked, project_id)[0], strict=True))
    # A number of a row is there or not; it is no figure.
    found |= {key: found[key] is not None for key in ("unit", "team", "platform")}
    return found | {"site": found["site"] or found["platform"]}


_ECONOMY = ("code", "industry", "fixed_yi", "statistics_name", "statistics_yi", "contracted_wan_usd")
# Where each of `rules.FIELDS` stands, seen from a project: its column, and the rows that are counted.
_COLUMNS = {
    **{key: key for key in ("name", "investor", "investment_yi", "land_mu")},
    **{key: f"{key}_id" for key in ("unit", "team", "platform")},
    **{key: f"economy__{key}" for key in _ECONOMY},
    "origin": "origin__kind",
    "site": "text__site",
    "content": "text__content",
}
_COUNTED: dict[str, QuerySet[Any]] = {
    "leaders": ContactLeader.objects.all(),
    "contacts": Contact.objects.all(),
    "notes": Note.objects.all(),
    "stakes": Stake.objects.all(),
    "members": TeamPart.objects.filter(until=None),
    "promises": Yield.objects.filter(promised__isnull=False),
    "capital": ForeignCapital.objects.all(),
}
_ASKED = (*_COLUMNS, *_COUNTED, "files")


def _asked(project_id: int) -> QuerySet[Any, Any]:
    hung = Attachment.objects.filter(subject_kind=Project._meta.label_lower, subject_id=OuterRef("pk"))
    counted = {f"{key}_count": _count(rows.filter(project=OuterRef("pk")), "project") for key, rows in _COUNTED.items()}
    counted["files_count"] = _count(hung, "subject_id")
    return Project.objects.filter(pk=project_id).annotate(**counted).values_list(*_COLUMNS.values(), *counted)


def _count(rows: QuerySet[Any], group: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(group).annotate(n=Count("pk")).values("n")), 0)


def gate_panel(project_id: int, as_of: date) -> GatePanel | None:
    """The project before its gates; None for a day after which something has changed: what was missing then is not kept."""
    phases = [_Standing(*row) for row in prepared(_phases, project_id)]
    if not phases or phases[0].recorded_on > as_of:
        return None
    numbers = [one.pk for one in phases]
    table, facts = read_gates(_text_at(phases[0].path, as_of)), facts_of(project_id)
    requests = MoveRequest.objects.filter(phase__in=numbers, answer="").select_related("by")
    waiting = {one.phase_id: one for one in requests} if any(one.asked for one in phases) else {}
    done = duties_done(numbers) if any(one.ticked for one in phases) else {}
    files = attached(numbers) if any(one.proven for one in phases) else {}

    def before(phase: _Standing) -> PhaseGate:
        stage = Stage(phase.stage)
        target = following(stage)
        return PhaseGate(
            phase.pk, phase.name, stage, table[stage], _duties(phase, table[stage], done, as_of),
            None if target is stage else target, evaluate(table, facts, target, stage),
            proofs(table, files.get(phase.pk, frozenset()), target), confirming(table, target, stage),
            waiting.get(phase.pk),
        )  # fmt: skip

    gates = tuple(before(phase) for phase in phases)
    upto = following(max((one.stage for one in gates), key=lambda stage: stage.order))
    return GatePanel(gates, evaluate(table, facts, upto), phases[0].standing == Standing.ACTIVE)


class _Standing(NamedTuple):
    """A phase and its project, as `_phases` asks for them; `asked`, `ticked`, `proven`: whether there is such a row at all."""

    pk: int
    name: str
    stage: str
    stage_on: date | None
    known_on: date
    recorded_on: date
    standing: str
    path: str
    asked: bool
    ticked: bool
    proven: bool


def _phases(project_id: int) -> QuerySet[Any, Any]:
    here = {"phase": OuterRef("pk")}
    rows = Phase.objects.filter(project=project_id).annotate(
        asked=Exists(MoveRequest.objects.filter(answer="", **here)),
        ticked=Exists(DutyDone.objects.filter(**here)),
        proven=Exists(Evidence.objects.filter(**here)),
    )
    project = ("known_on", "recorded_on", "standing", "jurisdiction__path")
    own = ("pk", "name", "stage", "stage_on")
    return rows.values_list(*own, *(f"project__{name}" for name in project), "asked", "ticked", "proven")


def _duties(
    phase: _Standing, gate: Gate, done: Mapping[tuple[int, str, date, str], date], as_of: date
) -> tuple[DutyLine, ...]:
    since = phase.stage_on or phase.known_on
    lines = []
    for duty in gate.duties:
        due_on = phase.stage_on + timedelta(days=duty.days) if duty.days and phase.stage_on else None
        done_on = done.get((phase.pk, gate.stage, since, duty.text))
        lines.append(DutyLine(duty.text, due_on, done_on, duty_light(due_on, as_of)))
    return tuple(lines)


def requests_visible_to(user: Any) -> QuerySet[MoveRequest]:
    """The moves that wait, of the projects that are seen."""
    rows = MoveRequest.objects.filter(phase__project__in=visible_to(user))
    return rows.select_related("phase__project__jurisdiction", "by")


def waiting_for(user: Any) -> QuerySet[MoveRequest]:
    """The moves that wait on projects where the person may confirm, the oldest first; among them those that they asked for."""
    rows = MoveRequest.objects.filter(answer="", phase__project__in=visible_to(user, Permission.STAGE_CONFIRM))
    return rows.select_related("phase__project__unit", "by").order_by("at", "pk")


def may_answer(request: MoveRequest, table: GateTable) -> Permission:
    """The permission that whoever answers the request must hold; sending a phase back is the head's."""
    if request.back:
        return Permission.STAGE_CONFIRM
    return PERMISSIONS[confirming(table, Stage(request.stage), Stage(request.stood)) or Who.HEAD]

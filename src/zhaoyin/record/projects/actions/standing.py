"""Whether a project is pursued: pausing, terminating, handing on, resuming, each with its day and reason."""

from datetime import date

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Standing

from ..models import Project, StandingChange
from ..queries import last_change, permit_on, units_to_hand_to
from ..rules import StandingMove, Turn, may_turn, turn_questions
from .moving import NotAllowed, NotSure
from .recording import record_movement


@transaction.atomic
def turn_project(
    *,
    by: models.Model | None,
    project: Project,
    turn: Turn,
    on: date,
    as_of: date,
    reason: str,
    winner: str = "",
    unit: Unit | None = None,
    place: str = "",
    until: date | None = None,
    sure: bool = False,
) -> StandingChange:
    """Pause, terminate, hand on or resume a project as of the day `on`; `as_of` is today for the person.

    `winner` is who won a project that is terminated, `until` when a paused one is looked at again. Handed to a `unit` of its
    place it is that unit's from now on and goes on; handed to a `place` outside it is no longer pursued here. Resuming and
    handing on count as movement: silence is counted anew. Raises NotAllowed with the reasons of `rules.may_turn`, NotSure for
    a day before the project unless `sure`, and Forbidden.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    row = Project.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=project.pk)
    last = last_change(row)
    move = StandingMove(
        turn,
        Standing(row.standing),
        last and last.on,
        row.known_on,
        on,
        as_of,
        reason,
        bool(unit or place.strip()),
        until,
    )
    reasons = list(may_turn(move).reasons)
    if unit is not None and (place.strip() or not units_to_hand_to(row, on).filter(pk=unit.pk).exists()):
        reasons.append("只能转交给本地的另一个单位；流转到外地的不选单位，写明地方")
    if reasons:
        raise NotAllowed(tuple(reasons))
    if not sure and (asked := turn_questions(move)):
        raise NotSure(asked)
    after = Standing.ACTIVE if unit is not None else turn.standing
    change = StandingChange.objects.create(
        project=row, stood=row.standing, standing=after, on=on, reason=reason.strip(), winner=winner.strip(), unit=unit,
        former_id=row.unit_id if unit is not None else None, place=place.strip(), until=until,
        by_id=by.pk if by is not None else None,
    )  # fmt: skip
    Project.objects.filter(pk=row.pk).update(
        standing=after,
        unit_id=row.unit_id if unit is None else unit.pk,
        recorded_on=Greatest(F("recorded_on"), on),
        version=F("version") + 1,
    )
    if after is Standing.ACTIVE:
        record_movement(project=row, on=on)
    project.refresh_from_db()
    _tell(by, change, turn)
    return change


def _tell(by: models.Model | None, change: StandingChange, turn: Turn) -> None:
    project, units = change.project, (change.former, change.unit)
    detail = {
        "turn": turn.value, "stood": change.stood, "on": change.on.isoformat(), "reason": change.reason,
        "winner": change.winner, "place": change.place, "until": change.until.isoformat() if change.until else "",
        "units": [unit.name if unit is not None else "" for unit in units] if change.unit is not None else [],
    }  # fmt: skip
    journal.record(
        by=by, act="projects.turned", subject=project, jurisdiction_id=project.jurisdiction_id, detail=detail
    )

"""Making a project and changing what is known of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.kernel.stages import Stage

from ..models import ContactLeader, Phase, Project, ProjectText, StageChange
from ..rules import furthest

TEXT_FIELDS = frozenset({"content", "site", "investment_printed", "land_printed", "extra"})
PLAIN_FIELDS = frozenset({"name", "investor", "investment_yi", "land_mu", "unit", "platform", "standing"})


class StaleVersion(Exception):
    """Somebody else changed the project after this person opened it."""


class PhaseFacts(TypedDict, total=False):
    """What is known of one phase; `name` is empty for a project without phases."""

    name: str
    investment_yi: Decimal | None
    land_mu: Decimal | None


@transaction.atomic
def create_project(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    name: str,
    known_on: date,
    stage: Stage = Stage.LEAD,
    phases: Iterable[PhaseFacts] = (),
    leaders: Iterable[Official] = (),
    fields: Mapping[str, Any] | None = None,
) -> Project:
    """Make a project that the library knows from `known_on`, with its phases all at `stage` (a lead unless told).

    `fields` are those of `edit_project`.
    """
    given = dict(fields or {})
    project = Project.objects.create(
        jurisdiction=jurisdiction,
        name=name,
        stage=stage,
        known_on=known_on,
        moved_on=known_on,
        recorded_on=known_on,
        **{key: given[key] for key in PLAIN_FIELDS & given.keys()},
    )
    ProjectText.objects.create(project=project, **{key: given[key] for key in TEXT_FIELDS & given.keys()})
    replace_phases(by=by, project=project, phases=list(phases) or [{"name": ""}], on=known_on, stage=stage)
    set_leaders(by=by, project=project, leaders=leaders)
    journal.record(by=by, act="projects.created", subject=project, jurisdiction_id=jurisdiction.pk)
    return project


@transaction.atomic
def edit_project(
    *, by: models.Model | None, project: Project, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Set fields of a project or of its texts; what is equal already is left alone.

    Returns {field: [before, after]} of what changed, which is journalled. Raises StaleVersion when `version` is given
    and is not the stored one, and ValueError for a field that does not exist.
    """
    unknown = fields.keys() - PLAIN_FIELDS - TEXT_FIELDS
    if unknown:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    locked = Project.objects.select_for_update().get(pk=project.pk)
    if version is not None and locked.version != version:
        raise StaleVersion("这个项目刚被别人改过，请对照后再保存")
    text, _ = ProjectText.objects.get_or_create(project=locked)
    changes: dict[str, list[Any]] = {}
    for key, after in fields.items():
        row = text if key in TEXT_FIELDS else locked
        before = getattr(row, key)
        if before != after:
            setattr(row, key, after)
            changes[key] = [_plain(before), _plain(after)]
    if changes:
        locked.version += 1
        locked.save()
        text.save()
        journal.record(
            by=by, act="projects.edited", subject=locked, jurisdiction_id=locked.jurisdiction_id, detail=changes
        )
        project.refresh_from_db()
    return changes


@transaction.atomic
def set_leaders(*, by: models.Model | None, project: Project, leaders: Iterable[Official]) -> bool:
    """Name the contact leaders, in order. Returns whether that changed anything."""
    wanted = list(dict.fromkeys(leaders))
    before = list(project.contact_leaders.select_related("official"))
    if [row.official_id for row in before] == [official.pk for official in wanted]:
        return False
    project.contact_leaders.all().delete()
    ContactLeader.objects.bulk_create(
        ContactLeader(project=project, official=official, position=position) for position, official in enumerate(wanted)
    )
    journal.record(
        by=by,
        act="projects.leaders_set",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"联系领导": ["、".join(r.official.name for r in before), "、".join(o.name for o in wanted)]},
    )
    return True


@transaction.atomic
def replace_phases(
    *, by: models.Model | None, project: Project, phases: list[PhaseFacts], on: date, stage: Stage = Stage.LEAD
) -> list[Phase]:
    """Give a project these phases: known ones (by name) keep their stage and history, new ones begin at `stage`.

    The nameless phase of a project that had none becomes the first of the new ones. A phase that is no longer named
    stays while anything hangs on it.
    """
    existing = {phase.name: phase for phase in project.phases.all()}
    if "" in existing and phases and phases[0].get("name"):
        first = existing.pop("")
        first.name = phases[0]["name"]
        first.save(update_fields=["name"])
        existing[first.name] = first
    result = []
    for position, facts in enumerate(phases):
        phase = existing.get(facts.get("name", ""))
        if phase is None:
            phase = Phase.objects.create(project=project, position=position, stage=stage, stage_on=on, **facts)
            StageChange.objects.create(phase=phase, stage=stage, on=on, by=by, paper="formal" if stage is Stage.SIGNED else "")
        else:
            for key, value in facts.items():
                setattr(phase, key, value)
            phase.position = position
            phase.save()
        result.append(phase)
    Project.objects.filter(pk=project.pk).update(stage=furthest(phase.stage for phase in project.phases.all()))
    project.refresh_from_db(fields=["stage"])
    return result


def _plain(value: Any) -> Any:
    """A field's value as the journal keeps it: numbers as plain strings, records by name."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, models.Model) else value

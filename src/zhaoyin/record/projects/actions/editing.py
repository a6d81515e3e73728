"""Making projects and changing what is known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.db import models, transaction
from django.db.models import F

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.inserting import insert_rows
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import Stage, Standing

from ..models import ContactLeader, Phase, Project, ProjectText, StageChange
from ..queries import permit_on
from ..rules import furthest

# What may be written of a project and in its texts, and what each is where nothing is known.
PLAIN_FIELDS: dict[str, Any] = {
    "name": "", "investor": "", "investment_yi": None, "land_mu": None, "unit": None, "platform": None, "team": None,
    "standing": Standing.ACTIVE,
}  # fmt: skip
TEXT_FIELDS: dict[str, Any] = {"content": "", "site": "", "investment_printed": "", "land_printed": "", "extra": {}}


class StaleVersion(Exception):
    """Somebody else changed the project after this person opened it."""


def unchanged_since(seen: Mapping[str, Any] | None, stored: Mapping[str, Any]) -> None:
    """StaleVersion where `seen`, what a person had before them, is given and is not what is stored now."""
    if seen is not None and any(stored[key] != value for key, value in seen.items()):
        raise StaleVersion("这些资料刚被别人改过，请对照后再保存")


class PhaseFacts(TypedDict, total=False):
    """What is known of one phase; `name` is empty for a project without phases."""

    name: str
    investment_yi: Decimal | None
    land_mu: Decimal | None


@dataclass(slots=True)
class ProjectDraft:
    """A project to be made. `fields` are those of `edit_project` besides the name; `stage` is where it stands already."""

    name: str
    stage: Stage = Stage.LEAD
    phases: Sequence[PhaseFacts] = ()
    leaders: Sequence[Official] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def create_projects(
    *, by: models.Model | None, jurisdiction: Unit, drafts: Sequence[ProjectDraft], known_on: date
) -> list[Project]:
    """Make projects that the library knows from `known_on`, in a constant number of statements, in the order given."""
    for unit in {draft.fields.get("unit") or jurisdiction for draft in drafts}:
        permit(by, Permission.PROJECT_ADD, unit)
    keys = insert_rows(
        Project,
        ["stage", *(Project._meta.get_field(name).attname for name in PLAIN_FIELDS)],  # type: ignore[union-attr]
        [(draft.stage, *_values({"name": draft.name, **draft.fields}, PLAIN_FIELDS)) for draft in drafts],
        jurisdiction=jurisdiction, known_on=known_on, moved_on=known_on, recorded_on=known_on,
    )  # fmt: skip
    made = list(zip(keys, drafts, strict=True))
    insert_rows(
        ProjectText, ["project_id", *TEXT_FIELDS], [(key, *_values(draft.fields, TEXT_FIELDS)) for key, draft in made]
    )
    phases = [
        (key, draft.stage, position, facts.get("name", ""), facts.get("investment_yi"), facts.get("land_mu"))
        for key, draft in made
        for position, facts in enumerate(draft.phases or [PhaseFacts(name="")])
    ]
    phase_keys = insert_rows(
        Phase, ["project_id", "stage", "position", "name", "investment_yi", "land_mu"], phases, stage_on=known_on
    )
    insert_rows(
        StageChange,
        ["phase_id", "stage"],
        [(key, stage) for key, (_, stage, *_) in zip(phase_keys, phases, strict=True)],
        on=known_on, entry=True, by_id=_pk(by),
    )  # fmt: skip
    insert_rows(
        ContactLeader,
        ["project_id", "official_id", "position"],
        [
            (key, official.pk, position)
            for key, draft in made
            for position, official in enumerate(dict.fromkeys(draft.leaders))
        ],
    )
    found = Project.objects.in_bulk(keys)
    projects = [found[key] for key in keys]
    journal.record_many(by=by, act="projects.created", subjects=projects, jurisdiction_id=jurisdiction.pk)
    return projects


def create_project(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    name: str,
    known_on: date,
    stage: Stage = Stage.LEAD,
    phases: Sequence[PhaseFacts] = (),
    leaders: Sequence[Official] = (),
    fields: Mapping[str, Any] | None = None,
) -> Project:
    """Make one project; see `create_projects` and `ProjectDraft`."""
    draft = ProjectDraft(name, stage, phases, leaders, fields or {})
    return create_projects(by=by, jurisdiction=jurisdiction, drafts=[draft], known_on=known_on)[0]


@transaction.atomic
def edit_project(
    *, by: models.Model | None, project: Project, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Set fields of a project or of its texts; what is equal already is left alone.

    Returns {field: [before, after]} of what changed, which is journalled. Raises StaleVersion when `version` is given
    and is not the stored one, and ValueError for a field that does not exist.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    # How it stands is changed by `turn_project`, with its day and reason.
    unknown = fields.keys() - (PLAIN_FIELDS.keys() - {"standing"}) - TEXT_FIELDS.keys()
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
    permit_on(by, Permission.PROJECT_EDIT, project)
    wanted = list(dict.fromkeys(leaders))
    before = list(project.contact_leaders.select_related("official"))
    if [row.official_id for row in before] == [official.pk for official in wanted]:
        return False
    project.contact_leaders.all().delete()
    ContactLeader.objects.bulk_create(
        ContactLeader(project=project, official=official, position=position) for position, official in enumerate(wanted)
    )
    Project.objects.filter(pk=project.pk).update(version=F("version") + 1)
    project.refresh_from_db(fields=["version"])
    journal.record(
        by=by,
        act="projects.leaders_set",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"leaders": ["、".join(r.official.name for r in before), "、".join(o.name for o in wanted)]},
    )
    return True


@transaction.atomic
def revise_project(
    *, by: models.Model | None, project: Project, fields: Mapping[str, Any], leaders: Iterable[Official], version: int
) -> bool:
    """Set facts and contact leaders as one act of one person; see `edit_project`. Returns whether anything changed."""
    changes = edit_project(by=by, project=project, fields=fields, version=version)
    return set_leaders(by=by, project=project, leaders=leaders) or bool(changes)


@transaction.atomic
def replace_phases(
    *, by: models.Model | None, project: Project, phases: Sequence[PhaseFacts], on: date, stage: Stage = Stage.LEAD
) -> list[Phase]:
    """Give a project these phases: known ones (by name) keep their stage and history, new ones begin at `stage`.

    The nameless phase of a project that had none becomes the first of the new ones. A phase that is no longer named
    stays: something may hang on it.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    existing = {phase.name: phase for phase in project.phases.all()}
    if "" in existing and phases and phases[0].get("name"):
        first = existing.pop("")
        first.name = phases[0]["name"]
        existing[first.name] = first
    result = []
    for position, facts in enumerate(phases):
        phase = existing.get(facts.get("name", ""))
        if phase is None:
            phase = Phase.objects.create(project=project, position=position, stage=stage, stage_on=on, **facts)
            StageChange.objects.create(phase=phase, stage=stage, on=on, entry=True, by_id=_pk(by))
        else:
            for key, value in facts.items():
                setattr(phase, key, value)
            phase.position = position
            phase.save()
        result.append(phase)
    project.stage = furthest(phase.stage for phase in project.phases.all())
    project.recorded_on = max(project.recorded_on, on)
    project.save(update_fields=["stage", "recorded_on"])
    journal.record(
        by=by,
        act="projects.phases_set",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"phases": [phase.name for phase in result]},
    )
    return result


@transaction.atomic
def correct_entry_stage(*, by: models.Model | None, phase: Phase, stage: Stage) -> None:
    """Say in which stage a phase already was when the library came to know it; only before it moved on from there.

    Raises ValueError once it has moved.
    """
    permit_on(by, Permission.PROJECT_EDIT, phase.project)
    changes = list(StageChange.objects.select_for_update().filter(phase=phase))
    if len(changes) != 1 or not changes[0].entry:
        raise ValueError("the phase has moved on")
    changes[0].stage = phase.stage = stage
    changes[0].save(update_fields=["stage"])
    phase.save(update_fields=["stage"])
    project = phase.project
    project.stage = furthest(project.phases.values_list("stage", flat=True))
    project.save(update_fields=["stage"])
    journal.record(
        by=by,
        act="projects.entry_stage_corrected",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"phase": phase.name, "stage": stage},
    )


def _values(fields: Mapping[str, Any], known: Mapping[str, Any]) -> list[Any]:
    """What `fields` says of each of `known`, as columns hold it."""
    values = (fields.get(name, unknown) for name, unknown in known.items())
    return [value.pk if isinstance(value, models.Model) else value for value in values]


def _pk(by: models.Model | None) -> Any:
    return by.pk if by is not None else None


def _plain(value: Any) -> Any:
    """A field's value as the journal keeps it: numbers as plain strings, records by name."""
    if isinstance(value, Decimal):
        return plain(value)
    return str(value) if isinstance(value, models.Model) else value

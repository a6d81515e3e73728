"""Writing a reviewed list into the library: all of it in one transaction, or nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal.queries import newest_id
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects import actions as projects
from zhaoyin.record.projects.actions import ProjectDraft
from zhaoyin.record.projects.models import Project, ProjectText

from .. import progress
from ..models import Batch, BatchState, Line
from ..queries import hanging, weigh_batch
from ..rules import Outcome, Weighed
from .reading import Refused, journalled

WRITTEN = (Outcome.NEW, Outcome.CHANGED)
MOVED_ON = "核对以后库里又有变化，没有导入，请重新核对这一行"


@transaction.atomic
def request_commit(*, by: models.Model, batch: Batch) -> None:
    """Say that the list is to be written; a worker does it. Raises Refused where it is not being reviewed or holds nothing."""
    permit(by, Permission.PROJECT_EDIT)
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state not in (BatchState.READ, BatchState.UNDONE):
        raise Refused(f"这份清单现在的状态是“{batch.get_state_display()}”，不能导入")
    if not batch.lines.filter(outcome__in=WRITTEN).exists():
        raise Refused("没有可以新建或更新的行")
    batch.state, batch.message = BatchState.COMMITTING, ""
    batch.save(update_fields=["state", "message"])
    journalled(by, "imports.commit_requested", batch, {})


@transaction.atomic
def commit_batch(*, by: models.Model, batch_id: int, on: date) -> Batch | None:
    """Write what the review showed, weighed once more: a row of which something else would come now stays out and says so.

    `on` is the person's day, from which new projects are known. None where the list no longer waits to be written.
    """
    permit(by, Permission.PROJECT_EDIT)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=batch_id)
    if batch.state != BatchState.COMMITTING:
        return None
    # Two lists at once would both make what neither finds yet.
    Unit.objects.select_for_update(no_key=True).get(pk=batch.jurisdiction_id)
    found = weigh_batch(batch, by, on)
    shown = {line.number: line for line in batch.lines.filter(outcome__in=WRITTEN)}
    agreed: dict[int, Weighed] = {}
    for number, line in shown.items():
        now = found[number][1] if number in found else None
        if now is not None and (now.outcome.value, now.changes, now.project) == (
            line.outcome, line.changes, line.project_id,
        ):  # fmt: skip
            agreed[number] = now
        else:
            line.outcome, line.reasons = Outcome.DOUBTFUL, [MOVED_ON]
            line.save(update_fields=["outcome", "reasons"])
    made = _make(by, batch, {n: one for n, one in agreed.items() if one.outcome is Outcome.NEW}, on)
    edits = {n: one for n, one in agreed.items() if one.outcome is Outcome.CHANGED}
    known = _edit(by, batch, edits)
    hangs = hanging([project.pk for project in made])
    batch.changes = {
        "made": [[project.pk, project.name, project.version, hangs[project.pk]] for project in made],
        "known": known,
        "entry_id": newest_id(),
    }
    batch.state, batch.committed_at, batch.message = BatchState.COMMITTED, timezone.now(), ""
    batch.undone_at = batch.undone_by = None
    batch.kept = []
    batch.save()
    left = batch.lines.exclude(outcome__in=[*WRITTEN, Outcome.SAME]).count()
    journalled(by, "imports.committed", batch, {"new": len(made), "changed": len(known), "left": left})
    progress.forget(batch.pk)
    return batch


def _make(by: models.Model, batch: Batch, rows: dict[int, Weighed], on: date) -> list[Project]:
    units = Unit.objects.in_bulk({one.values["unit"] for one in rows.values() if one.values.get("unit")})
    officials = Official.objects.in_bulk({pk for one in rows.values() for pk in one.values.get("leaders", [])})
    drafts = []
    for one in rows.values():
        fields = {key: value for key, value in one.values.items() if key not in ("name", "leaders")}
        fields["unit"] = units.get(one.values.get("unit"))
        leaders = [officials[pk] for pk in one.values.get("leaders", [])]
        drafts.append(ProjectDraft(one.values["name"], one.stage or Stage.LEAD, leaders=leaders, fields=fields))
    if not drafts:
        return []
    made = projects.create_projects(by=by, jurisdiction=batch.jurisdiction, drafts=drafts, known_on=on)
    for number, project in zip(rows, made, strict=True):
        Line.objects.filter(batch=batch, number=number).update(project=project)
    return made


def _edit(by: models.Model, batch: Batch, rows: dict[int, Weighed]) -> list[Any]:
    """Write the changed cells; returns [number, name, {field: [before, after]}] of each project, for an undo."""
    kept = []
    for done, one in enumerate(rows.values()):
        progress.tell(batch.pk, done, len(rows))
        project = Project.objects.select_related("text", "unit").get(pk=one.project or 0)
        text = getattr(project, "text", None) or ProjectText(project=project)
        changes: dict[str, list[Any]] = {}
        values = dict(one.values)
        leaders = values.pop("leaders", None)
        for key, after in values.items():
            before = project.unit_id if key == "unit" else getattr(text if hasattr(text, key) else project, key)
            changes[key] = [as_json(before), as_json(after)]
        if leaders is not None:
            changes["leaders"] = [list(project.contact_leaders.values_list("official_id", flat=True)), leaders]
        write(by, project, {key: after for key, (_, after) in changes.items()})
        kept.append([project.pk, project.name, changes])
    return kept


def write(by: models.Model, project: Project, values: dict[str, Any]) -> None:
    """Set the values (as `as_json` gives them) of one project."""
    values = dict(values)
    leaders = values.pop("leaders", None)
    if "unit" in values:
        values["unit"] = Unit.objects.filter(pk=values["unit"]).first()
    for key in ("investment_yi", "land_mu"):
        if values.get(key) is not None:
            values[key] = Decimal(values[key])
    if values:
        projects.edit_project(by=by, project=project, fields=values)
    if leaders is not None:
        officials = Official.objects.in_bulk(leaders)
        projects.set_leaders(by=by, project=project, leaders=[officials[pk] for pk in leaders if pk in officials])


def as_json(value: Any) -> Any:
    """A value as a batch keeps it."""
    return str(value) if isinstance(value, Decimal) else value

"""Undoing a commit as a whole: what somebody touched since stays, and is named."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.journal.queries import touched_since
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.actions import NotAllowed
from zhaoyin.record.projects.models import Project

from ..models import Commit, DocumentState, Doubt, Entry, PlanDocument
from ..queries import touched_projects
from .image import OF_PLAN, OF_PROJECT, narrow, put_back

PROJECT, UNIT, DOUBT = "projects.project", "organisations.unit", "plans.doubt"


@transaction.atomic
def undo_commit(*, by: models.Model, commit: Commit, on: date) -> list[str]:
    """Take back what a commit made and changed. Returns the names of what stays because it was touched since.

    `on` is the person's day. Raises NotAllowed for a commit that is undone already or is not its plan's newest.
    """
    permit(by, Permission.PLAN_COMMIT, commit.document.jurisdiction)
    commit = Commit.objects.select_for_update(of=("self",)).get(pk=commit.pk)
    plan = commit.plan
    document = PlanDocument.objects.select_for_update(of=("self",)).get(pk=commit.document_id)
    if commit.undone_at is not None:
        raise NotAllowed(("这次建立已经撤销过了",))
    if Commit.objects.filter(plan=commit.plan_id, pk__gt=commit.pk, undone_at__isnull=True).exists():
        raise NotAllowed(("这份方案后来又建立过新版，请先撤销新版",))
    changes: dict[str, Any] = commit.changes
    made = {
        label: [row for row in changes["made"] if row[0] == label]
        for label in dict.fromkeys(r[0] for r in changes["made"])
    }
    made_ids = [pk for _, pk, _ in made.get(PROJECT, [])]
    known_ids = [pk for pk, _ in changes["known"]]
    # Whoever writes down something about one of them now waits, or was first and is seen.
    list(Project.objects.select_for_update().filter(pk__in=[*made_ids, *known_ids]).order_by("pk").values_list("pk"))
    touched = touched_projects(commit)
    kept = [f"项目“{project}”" for project in Project.objects.filter(pk__in=touched).order_by("pk")]

    leaving = Doubt.objects.filter(document=document).exclude(project__in=touched)
    leaving.filter(pk__in=[pk for _, pk, _ in made.get(DOUBT, [])]).delete()
    leaving.update(project=None)
    _restore_plan(commit, made_plan=bool(made.get("plans.plan")), touched=touched)
    restored = set(known_ids) - touched
    put_back(OF_PROJECT, sorted(restored), narrow(changes["before"], restored))
    Project.objects.filter(pk__in=set(made_ids) - touched).delete()
    if plan is not None and made.get("plans.plan"):
        if Entry.objects.filter(plan=plan).exists():
            kept.append(f"方案“{plan}”")
        else:
            PlanDocument.objects.filter(plan=plan).update(plan=None)
            plan.delete()
    # The document stays for another try, and must not hold a jurisdiction that goes.
    PlanDocument.objects.filter(pk=document.pk, jurisdiction__in=[pk for _, pk, _ in made.get(UNIT, [])]).update(
        jurisdiction=None
    )
    _remove_people_and_units(made, changes["entry_id"], kept)

    commit.refresh_from_db()
    commit.undone_by_id, commit.undone_at, commit.kept = by.pk, timezone.now(), kept
    commit.save(update_fields=["undone_by", "undone_at", "kept"])
    document.refresh_from_db()
    document.state = DocumentState.UNDONE
    document.save(update_fields=["state"])
    journal.record(
        by=by, act="plans.undone", subject=document, jurisdiction_id=document.jurisdiction_id,
        detail={"kept": kept, "on": on.isoformat()},
    )  # fmt: skip
    return kept


def _restore_plan(commit: Commit, *, made_plan: bool, touched: set[int]) -> None:
    """Targets, duties and entries as before; the entries of projects that stay are left as they are."""
    plan = commit.plan
    if plan is None:
        return
    if made_plan:
        plan.targets.all().delete()
        plan.duties.all().delete()
        Entry.objects.filter(plan=plan).exclude(project_id__in=touched).delete()
        return
    rows = dict(commit.changes["plan_before"])
    rows["plans.entry"] = [row for row in rows["plans.entry"] if row["fields"]["project"] not in touched]
    staying = list(Entry.objects.filter(plan=plan, project_id__in=touched))
    put_back(OF_PLAN, [plan.pk], rows)
    Entry.objects.bulk_create(staying)


def _remove_people_and_units(made: dict[str, list[list[Any]]], entry_id: int, kept: list[str]) -> None:
    """Units and officials go unless something refers to them or somebody changed them."""
    for label, word in (("organisations.official", "干部"), (UNIT, "单位")):
        rows = made.get(label, [])
        touched = touched_since(label, [pk for _, pk, _ in rows], entry_id)
        # The last made goes first: a jurisdiction was made before its units.
        for _, pk, name in reversed(rows):
            row = apps.get_model(label)._default_manager.filter(pk=pk).first()
            if row is None:
                continue
            if pk in touched or not _deleted(row):
                kept.append(f"{word}“{name}”")


def _deleted(row: models.Model) -> bool:
    try:
        with transaction.atomic():
            if isinstance(row, Unit) and row.numchild:
                return False
            row.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True

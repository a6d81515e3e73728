"""Every write to filings. Whoever files in a jurisdiction takes its row first: the order of filings is that of the lock."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.actions import create_project, edit_project, write_note
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.rules import Lead, lead_key

from .models import KINDS, Appeal, Filing, Outcome, Status, Step
from .queries import Found, holder_of, likely, still_held, times_of


class LooksAlike(Exception):
    """The lead looks like projects that the person was not shown yet."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__("这条线索和已有的项目相像，请先看一看")
        self.found = found


class CannotFile(Exception):
    """The act is refused. The message is for the person."""


@transaction.atomic
def file_lead(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    unit: Unit,
    lead: Lead,
    on: date,
    investment_yi: Decimal | None = None,
    introducer: str = "",
    text: str = "",
    seen: Collection[int] = (),
) -> Filing:
    """Register a lead for `unit`; it makes a project, or joins the unit's own one of that investor and name.

    Where another unit holds the same lead, or leads the same project, the filing is kept as a later one. Raises LooksAlike
    while it looks like projects that are not in `seen`, CannotFile where the unit holds the lead already, Forbidden.
    """
    permit(by, Permission.PROJECT_ADD, unit)
    _lock(jurisdiction)
    at = timezone.now()
    key = lead_key(lead)
    found = likely(jurisdiction, lead)
    same = next((one for one in found if one.alike.same), None)
    holder = holder_of(jurisdiction, key)
    if holder is not None and holder.unit_id == unit.pk:
        raise CannotFile(f"{unit}已于 {holder.on} 备案这条线索，不必重复备案")
    unseen = [one for one in found if not one.alike.same and one.project not in seen]
    if unseen and holder is None and same is None:
        raise LooksAlike(found)
    status, project = Status.HOLDING, None
    if holder is not None:
        project = holder.project
        if still_held(holder, on):
            status = Status.LATER
        else:
            holder.status = Status.LAPSED
            holder.save(update_fields=["status"])
            # The period being over moves the project, not the person, who may not edit what is another unit's.
            edit_project(by=None, project=project, fields={"unit": unit})
    elif same is not None:
        project = Project.objects.get(pk=same.project)
        status = Status.HOLDING if same.unit == unit.pk else Status.LATER
    else:
        project = create_project(
            by=by, jurisdiction=jurisdiction, name=lead.project, known_on=on,
            fields={
                "investor": lead.investor, "investment_yi": investment_yi, "unit": unit, "site": lead.place,
                "content": text,
            },
        )  # fmt: skip
    filing = Filing.objects.create(
        jurisdiction=jurisdiction, unit=unit, project=project, name=lead.project, investor=lead.investor, group=lead.group,
        place=lead.place, introducer=introducer, text=text, key=key, status=status, on=on, at=at, by_id=_pk(by),
        until=on + timedelta(days=times_of(jurisdiction, on).protection),
    )  # fmt: skip
    _record(by, "filings.filed", filing, {"unit": unit.name, "status": Status(status).label})
    return filing


@transaction.atomic
def take_step(*, by: models.Model | None, filing: Filing, kind: str, text: str, on: date) -> Step:
    """Say what was done for the lead on a day; the project's progress says it too. CannotFile for a filing that holds none."""
    permit(by, Permission.PROGRESS_WRITE, filing.unit)
    if filing.status != Status.HOLDING:
        raise CannotFile("这条线索现由其他单位负责，不能再记事项")
    if on < filing.on:
        raise CannotFile(f"日期不能早于备案日 {filing.on}")
    step = Step.objects.create(filing=filing, kind=kind, text=text, on=on, by_id=_pk(by))
    words = f"{dict(KINDS)[kind]}：{text}"
    write_note(by=by, project=filing.project, text=words, on=on, unit=filing.unit)
    _record(by, "filings.step_taken", filing, {"kind": kind, "on": on.isoformat(), "text": text})
    return step


@transaction.atomic
def appeal(*, by: models.Model | None, filing: Filing, text: str, on: date) -> Appeal:
    """Dispute who was first. Raises CannotFile for a filing that is not a later one, or that is disputed already."""
    permit(by, Permission.PROJECT_ADD, filing.unit)
    locked = Filing.objects.select_for_update().get(pk=filing.pk)
    if locked.status != Status.LATER:
        raise CannotFile("只有后报的备案可以申诉")
    if locked.appeals.filter(outcome="").exists():
        raise CannotFile("已经申诉过，请等办公室裁定")
    made = Appeal.objects.create(filing=filing, text=text, on=on, by_id=_pk(by))
    _record(by, "filings.appealed", filing, {"unit": filing.unit.name, "text": text})
    return made


@transaction.atomic
def decide(*, by: models.Model | None, appeal: Appeal, outcome: Outcome | str, reason: str, on: date) -> None:
    """Decide an appeal: the first one keeps the lead, the later one gets it with the project, or both have a lead.

    Raises CannotFile once it is decided.
    """
    filing = appeal.filing
    permit(by, Permission.FILING_DECIDE, filing.jurisdiction)
    _lock(filing.jurisdiction)
    appeal, filing = Appeal.objects.get(pk=appeal.pk), Filing.objects.get(pk=filing.pk)
    if appeal.outcome:
        raise CannotFile(f"这件申诉已于 {appeal.decided_on} 裁定")
    appeal.outcome, appeal.reason, appeal.decided_on, appeal.decided_by_id = outcome, reason, on, _pk(by)
    appeal.save()
    if outcome == Outcome.REVERSED:
        Filing.objects.filter(project=filing.project, status=Status.HOLDING).update(status=Status.LATER)
        edit_project(by=by, project=filing.project, fields={"unit": filing.unit})
    elif outcome == Outcome.DISTINCT:
        filing.key = ""
        filing.project = create_project(
            by=by, jurisdiction=filing.jurisdiction, name=filing.name, known_on=on,
            fields={"investor": filing.investor, "unit": filing.unit, "site": filing.place, "content": filing.text},
        )  # fmt: skip
    if outcome != Outcome.UPHELD:
        filing.status = Status.HOLDING
        filing.until = on + timedelta(days=times_of(filing.jurisdiction, on).protection)
        filing.save()
    _record(by, "filings.decided", filing, {"outcome": str(outcome), "reason": reason})


def _lock(jurisdiction: Unit) -> None:
    """Until the transaction ends nobody else files or decides there. Records that only point to the row are not held up."""
    Unit.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)


def _pk(by: models.Model | None) -> Any:
    return None if by is None else by.pk


def _record(by: models.Model | None, act: str, filing: Filing, detail: dict[str, Any]) -> None:
    journal.record(by=by, act=act, subject=filing, jurisdiction_id=filing.jurisdiction_id, detail=detail)

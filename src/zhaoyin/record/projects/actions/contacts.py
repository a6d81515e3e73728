"""The investor's contact persons. Their phones are personal data: the journal keeps that one was opened, by whom and why,
and never the number.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.sealing import Sealed, seal

from ..models import Contact, Project
from ..queries import permit_on
from ..rules import masked, phone_of, tells
from .editing import StaleVersion

LEAST_REASON, MOST_REASON = 4, 200


class NoReason(Exception):
    """A phone is not opened without a reason that can be kept. The message is for the person."""


@transaction.atomic
def add_contact(*, by: models.Model | None, project: Project, name: str, post: str = "", phone: str = "") -> Contact:
    """Add a contact person. Raises ValueError, with a sentence, for a phone that is none."""
    permit_on(by, Permission.PROJECT_EDIT, project)
    number = phone_of(phone)
    contact = Contact.objects.create(project=project, name=name, post=post, phone=seal(number), masked=masked(number))
    _record(by, "projects.contact_added", project, {"name": name, "post": post, "phone": bool(number)})
    return contact


@transaction.atomic
def edit_contact(
    *,
    by: models.Model | None,
    contact: Contact,
    name: str,
    post: str,
    phone: str = "",
    forget: bool = False,
    seen: Sequence[str] | None = None,
) -> bool:
    """Change a contact person. An empty `phone` leaves the number as it is; `forget` takes it away.

    `seen` is the name, the post and the number as everybody sees it that the person had before them. Returns whether anything
    changed. Raises StaleVersion where that is stored no more, ValueError as `add_contact` does.
    """
    permit_on(by, Permission.PROJECT_EDIT, contact.project)
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    if seen is not None and [row.name, row.post, row.masked] != list(seen):
        raise StaleVersion("这位联系人刚被别人改过，请对照后再保存")
    detail: dict[str, Any] = {}
    for key, after in (("name", name), ("post", post)):
        if (before := getattr(row, key)) != after:
            setattr(row, key, after)
            detail[key] = [before, after]
    number = phone_of(phone)
    if number and number != row.phone.opened():
        row.phone, row.masked = seal(number), masked(number)
        detail["phone"] = True
    elif forget and row.phone and not number:
        row.phone, row.masked = Sealed(), ""
        detail["phone"] = False
    if detail:
        row.save()
        _record(by, "projects.contact_edited", contact.project, {"contact": row.name, **detail})
    return bool(detail)


@transaction.atomic
def remove_contact(*, by: models.Model | None, contact: Contact) -> None:
    """Remove a contact person, with the number. One whom somebody has removed meanwhile is gone already."""
    project = contact.project
    permit_on(by, Permission.PROJECT_EDIT, project)
    name = contact.name
    if contact.delete()[0]:
        _record(by, "projects.contact_removed", project, {"name": name})


@transaction.atomic
def open_phone(*, by: models.Model | None, contact: Contact, reason: str) -> str:
    """The number, for this once; that it was opened, by whom and why is on record before it is given.

    Raises NoReason for a reason of fewer than four characters or one that holds the number, Forbidden, and WrongKey.
    """
    permit_on(by, Permission.PHONE_SEE, contact.project)
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise NoReason(f"请写明查看理由，至少 {LEAST_REASON} 个字，如“约谈签约事项”")
    if len(reason) > MOST_REASON:
        raise NoReason(f"查看理由不能超过 {MOST_REASON} 个字")
    number = contact.phone.opened()
    if not number:
        raise NoReason("这位联系人没有登记电话")
    if tells(reason, number):
        raise NoReason("查看理由会记入操作日志，请不要在理由里写电话号码")
    _record(by, "projects.phone_opened", contact.project, {"contact": contact.name, "reason": reason})
    return number


def _record(by: models.Model | None, act: str, project: Project, detail: dict[str, Any]) -> None:
    journal.record(by=by, act=act, subject=project, jurisdiction_id=project.jurisdiction_id, detail=detail)

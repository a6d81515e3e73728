"""Foreign capital actually used, as dated entries with voucher and rate."""

from datetime import date
from decimal import Decimal

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.numerals import plain

from ..models import ForeignCapital, Project
from ..queries import permit_on
from ..rules import in_wan_usd


@transaction.atomic
def record_foreign_capital(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    on: date,
    amount_wan_usd: Decimal | None = None,
    project: Project | None = None,
    note: str = "",
    paid: Decimal | None = None,
    currency: str = "",
    rate: Decimal | None = None,
) -> ForeignCapital:
    """Record foreign capital actually used (实际使用外资) on the day it arrived, `note` naming the voucher: in 万美元, or as
    `paid` (10,000 of `currency`) at `rate` US dollars for one of it. ValueError where neither is given.
    """
    if project is None:
        permit(by, Permission.PROGRESS_WRITE, jurisdiction)
    else:
        permit_on(by, Permission.PROGRESS_WRITE, project)
    if paid is not None and rate is not None:
        amount_wan_usd = in_wan_usd(paid, rate)
    if amount_wan_usd is None:
        raise ValueError("请填写到账金额和折美元汇率")
    row = ForeignCapital.objects.create(
        jurisdiction=jurisdiction, project=project, on=on, amount_wan_usd=amount_wan_usd, note=note, paid=paid,
        currency=currency, rate=rate,
    )  # fmt: skip
    _record(by, "projects.capital_recorded", row, {})
    return row


@transaction.atomic
def remove_foreign_capital(*, by: models.Model | None, entry: ForeignCapital, reason: str) -> None:
    """Take back an entry made by mistake; its line in the journal stays, with the reason. One that is gone is left alone."""
    if entry.project is None:
        permit(by, Permission.PROJECT_EDIT, entry.jurisdiction)
    else:
        permit_on(by, Permission.PROJECT_EDIT, entry.project)
    if ForeignCapital.objects.filter(pk=entry.pk).delete()[0]:
        _record(by, "projects.capital_removed", entry, {"reason": reason})


def _record(by: models.Model | None, act: str, row: ForeignCapital, more: dict[str, str]) -> None:
    detail = {"on": row.on.isoformat(), "万美元": plain(row.amount_wan_usd), **more}
    journal.record(
        by=by, act=act, subject=row.project or row.jurisdiction, jurisdiction_id=row.jurisdiction_id, detail=detail
    )

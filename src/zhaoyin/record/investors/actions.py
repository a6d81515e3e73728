"""Every write to investors."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .models import Investor, InvestorKind, Membership
from .queries import facts_of, known_as, names_of_members
from .rules import uscc_of

FIELDS = ("kind", "name", "uscc", "country", "group", "open", "note")


class Clash(Exception):
    """Name and code do not go together with what is stored, or with each other. The message is for the person."""


class StaleVersion(Exception):
    """Somebody else changed the investor after this person opened it."""


@transaction.atomic
def add_investor(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    name: str,
    members: Sequence[str] = (),
    group: str = "",
    **facts: Any,
) -> Investor:
    """Find the investor of that name or code, or make it; `facts` are `FIELDS`. What is known of one found is left alone.

    Members and the group are found or made by name. Raises Clash; ValueError for a wrong code.
    """
    permit(by, Permission.PROJECT_EDIT)
    # The place's row, so that two who name one company at once do not both make it.
    Unit.objects.select_for_update().get(pk=jurisdiction.pk)
    facts = _sound(facts)
    found = known_as(jurisdiction, name, facts.get("uscc", ""))
    if found is not None:
        code = facts.get("uscc", "")
        if code and found.uscc == code and found.name != name:
            raise Clash(f"这个信用代码已登记为“{found.name}”，请核对名称")
        if code and found.uscc and found.uscc != code:
            raise Clash(f"“{found.name}”已登记的信用代码是 {found.uscc}，请核对")
        if code and not found.uscc:
            edit_investor(by=by, investor=found, facts={"uscc": code}, whole=False)
        return found
    made = Investor(jurisdiction=jurisdiction, name=name, **facts)
    if group:
        made.group = _found(by, jurisdiction, group, InvestorKind.GROUP)
    made.save()
    _set_members(by, made, members)
    journal.record(
        by=by, act="investors.added", subject=made, jurisdiction_id=jurisdiction.pk, detail={"kind": made.kind}
    )
    return made


@transaction.atomic
def edit_investor(
    *,
    by: models.Model | None,
    investor: Investor,
    facts: dict[str, Any],
    members: Sequence[str] | None = None,
    whole: bool = True,
    seen: dict[str, Any] | None = None,
) -> bool:
    """Set `FIELDS` (the group by name) and the members. `whole`: only for whoever may edit all of the place. `seen` is what
    the person had before them, as `queries.facts_of` tells it.

    Returns whether that changed anything. Raises Clash; StaleVersion where `seen` is stored no more; ValueError for a wrong
    code.
    """
    permit(by, Permission.PROJECT_EDIT, investor.jurisdiction if whole else None)
    row = Investor.objects.select_for_update(of=("self",)).select_related("group", "jurisdiction").get(pk=investor.pk)
    if seen is not None and facts_of(row) != seen:
        raise StaleVersion("这个投资方刚被别人改过，请对照后再保存")
    facts = _sound({"kind": row.kind, **facts})
    if "group" in facts:
        name = facts["group"]
        facts["group"] = _found(by, row.jurisdiction, name, InvestorKind.GROUP) if name else None
        if facts["group"] == row:
            raise Clash("一个集团不能属于它自己")
    for field, word in (("name", "名称"), ("uscc", "信用代码")):
        others = Investor.objects.filter(jurisdiction=row.jurisdiction, **{field: facts.get(field) or "-"})
        if other := others.exclude(pk=row.pk).first():
            raise Clash(f"这个{word}已登记为“{other.name}”")
    changes: dict[str, list[Any]] = {}
    for field, after in facts.items():
        before = getattr(row, field)
        if before != after:
            setattr(row, field, after)
            changes[field] = [_plain(before), _plain(after)]
    if members is not None:
        before = "、".join(str(one) for one in names_of_members(row))
        if before != "、".join(members):
            _set_members(by, row, members)
            changes["members"] = [before, "、".join(members)]
    if changes:
        row.save()
        journal.record(by=by, act="investors.edited", subject=row, jurisdiction_id=row.jurisdiction_id, detail=changes)
        investor.refresh_from_db()
    return bool(changes)


def _sound(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with the code as it is stored; Clash where kind, code and country do not go together."""
    facts = {**facts, **({"uscc": uscc_of(facts["uscc"])} if "uscc" in facts else {})}
    kind = facts.get("kind", InvestorKind.COMPANY)
    if kind == InvestorKind.FOREIGN and not facts.get("country", "-"):
        raise Clash("境外投资者请写明国家或地区")
    if facts.get("uscc") and kind not in (InvestorKind.COMPANY, InvestorKind.GROUP):
        raise Clash(f"{InvestorKind(kind).label}没有统一社会信用代码，请留空")
    return facts


def _found(by: models.Model | None, jurisdiction: Unit, name: str, kind: InvestorKind) -> Investor:
    return known_as(jurisdiction, name) or add_investor(by=by, jurisdiction=jurisdiction, name=name, kind=kind)


def _set_members(by: models.Model | None, consortium: Investor, names: Sequence[str]) -> None:
    if consortium.name in names:
        raise Clash("联合体不能是它自己的成员")
    rows = [_found(by, consortium.jurisdiction, name, InvestorKind.COMPANY) for name in dict.fromkeys(names)]
    consortium.memberships.all().delete()
    Membership.objects.bulk_create(
        Membership(consortium=consortium, member=row, position=place) for place, row in enumerate(rows)
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value

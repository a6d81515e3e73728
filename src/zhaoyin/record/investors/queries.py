"""Reading investors."""

from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.organisations.models import Unit

from .models import Investor


def known_as(jurisdiction: Unit, name: str, uscc: str = "") -> Investor | None:
    """The investor of that code there, else the one of that name."""
    rows = Investor.objects.filter(jurisdiction=jurisdiction)
    by_code = rows.filter(uscc=uscc).first() if uscc else None
    return by_code or rows.filter(name=name).first()


def containing(rows: QuerySet[Investor], word: str) -> QuerySet[Investor]:
    """Those whose name, group, code or country contains the word."""
    return rows.filter(
        Q(name__icontains=word) | Q(group__name__icontains=word) | Q(uscc__icontains=word) | Q(country__icontains=word)
    )


def facts_of(investor: Investor) -> dict[str, Any]:
    """What is stored of an investor, as a form holds it: the group and the members by name."""
    plain = {key: getattr(investor, key) for key in ("name", "kind", "uscc", "country", "open", "note")}
    group = investor.group.name if investor.group else ""
    return plain | {"group": group, "members": "、".join(str(one) for one in names_of_members(investor))}


def names_of_members(investor: Investor) -> list[Any]:
    """The members of a consortium, in order."""
    return [row.member for row in investor.memberships.select_related("member")]

"""What of the projects hangs on a unit: said where somebody closes the unit."""

from typing import Any

from zhaoyin.ground.organisations.models import Unit, UnitKind
from zhaoyin.kernel.stages import Standing

from .models import Project, Share
from .queries import visible_to


def open_projects(unit: Unit, user: Any) -> list[str]:
    """How many projects that are neither finished nor given up the unit answers for, with the first names; to somebody who
    does not see them all (an administrator of the system sees none), only that there are some.
    """
    mine = {"jurisdiction": unit} if unit.kind == UnitKind.JURISDICTION else {"unit": unit}
    rows = Project.objects.filter(**mine, standing=Standing.ACTIVE).order_by("pk")
    count = rows.count()
    if not count:
        return []
    if visible_to(user).filter(pk__in=rows.values("pk")).count() < count:
        return ["在推进的项目"]
    names = list(rows.values_list("name", flat=True)[:3])
    return [f"{count} 个在推进的项目（{'、'.join(names)}{'等' if count > len(names) else ''}）"]


def shared_projects(unit: Unit, user: Any) -> list[str]:
    """How many projects the unit sees because they were shared with it: that ends with the unit."""
    count = Share.objects.filter(unit=unit).count()
    return [f"{count} 个共享给它的项目，撤销后不再共享"] if count else []

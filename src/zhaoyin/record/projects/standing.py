"""What of the projects is still open in a unit: said where somebody closes the unit."""

from zhaoyin.ground.organisations.models import Unit, UnitKind
from zhaoyin.kernel.stages import Standing

from .models import Project


def open_projects(unit: Unit) -> list[str]:
    """How many projects that are neither finished nor given up the unit answers for, with the first names."""
    mine = {"jurisdiction": unit} if unit.kind == UnitKind.JURISDICTION else {"unit": unit}
    rows = Project.objects.filter(**mine, standing=Standing.ACTIVE).order_by("pk")
    names = list(rows.values_list("name", flat=True)[:3])
    if not names:
        return []
    count = rows.count()
    return [f"{count} 个在推进的项目（{'、'.join(names)}{'等' if count > len(names) else ''}）"]

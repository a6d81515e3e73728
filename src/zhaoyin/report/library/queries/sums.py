"""What a list adds up to: as a whole, and by groups."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, Value

from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.schedules.queries import light_case
from zhaoyin.record.projects.models import Project
from zhaoyin.record.resources.models import Platform

from .choices import NOBODY
from .filtering import Asked, filtered, found

# One sum holds three counts: each light has its own digits, so that the light is computed once per row.
_STEP = 10**6


@dataclass(frozen=True, slots=True)
class Totals:
    """What the rows add up to. `unpriced` and `unmeasured` are those without money or land, which the sums leave out."""

    count: int
    investment_yi: Decimal | None
    land_mu: Decimal | None
    unpriced: int
    unmeasured: int
    lights: dict[Light, int]

    @property
    def left_out(self) -> str:
        """What the sums leave out, in a sentence; empty where nothing is missing."""
        missing = [("总投资", self.unpriced), ("用地", self.unmeasured)]
        words = [f"{label}有 {count} 个未填" for label, count in missing if count]
        return "，".join(words) + "，未计入" if words else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Projects that have one value in common: what it is called, what its filter takes (empty where none finds them), and
    what they add up to.
    """

    label: str
    value: str
    totals: Totals


# Where a group's value stands in a row, who is called by it, and what is said of those that have none.
BY: dict[str, tuple[str, Any, str]] = {
    "unit": ("unit_id", Unit, "未定单位"),
    "leader": ("contact_leaders__official_id", Official, "没有联系领导"),
    "stage": ("stage_then", None, ""),
    "platform": ("platform_id", Platform, "不在平台"),
}


def library_sums(asked: Asked) -> Totals:
    """What the list adds up to, whatever its order and page, in one pass."""
    sums = _summed(filtered(asked), asked.as_of) if asked.typed else prepared(_sums, *asked.chosen)
    return _totals(*sums[0][1:]) if sums else _totals(0, None, 0, None, 0, 0)


def groups_of(asked: Asked) -> list[Group]:
    """The groups of the list by `asked.group`: stages in their order, others those of most projects first, and last what has
    no value. A project that two officials lead stands in both their groups.
    """
    column, model, nobody = BY[asked.group]
    rows = _summed(filtered(asked), asked.as_of, column) if asked.typed else prepared(_sums_by, column, *asked.chosen)
    if model is None:
        sums = {key: given for key, *given in rows}
        return [Group(stage.label, stage.value, _totals(*sums[stage])) for stage in Stage if stage in sums]
    names = {one.pk: str(one) for one in model.objects.filter(pk__in=[row[0] for row in rows if row[0] is not None])}
    groups = [Group(names[key], str(key), _totals(*given)) for key, *given in rows if key is not None]
    groups.sort(key=lambda one: (-one.totals.count, one.label))
    filters = {one.key: dict(one.choices) for one in asked.listing.filters}
    found_by = NOBODY if NOBODY in filters[asked.group] else ""
    return groups + [Group(nobody, found_by, _totals(*given)) for key, *given in rows if key is None]


def _totals(count: int, money: Any, priced: int, land: Any, measured: int, lit: Any) -> Totals:
    packed = int(lit or 0)
    red, yellow, green = packed % _STEP, packed // _STEP % _STEP, packed // _STEP**2
    lights = dict(zip(Light, (red, yellow, green, count - red - yellow - green), strict=True))
    return Totals(count, money, land, count - priced, count - measured, lights)


def _sums(*chosen: Any) -> QuerySet[Any, Any]:
    return _summed(found(*chosen), chosen[3])


def _sums_by(column: str, *chosen: Any) -> QuerySet[Any, Any]:
    return _summed(found(*chosen), chosen[3], column)


def _summed(rows: QuerySet[Project], as_of: date, column: str = "") -> QuerySet[Any, Any]:
    """(value of `column`, six sums) of each group; one row of all where there is no column."""
    sums = {
        "count": Count("pk"), "money": Sum("investment_yi"), "priced": Count("investment_yi"), "land": Sum("land_mu"),
        "measured": Count("land_mu"), "lit": Sum(light_case(as_of, (1, _STEP, _STEP**2, 0))),
    }  # fmt: skip
    by = F(column) if column else Value(1)
    return rows.order_by().values(by_group=by).annotate(**sums).values_list("by_group", *sums)

"""What editing many projects at once would do to each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.queries import leader_names, visible_to

BULK_FIELDS = {"unit": "主责单位", "leaders": "联系领导", "platform": "平台"}
MOST = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """One project: its version as seen, the value before and after, or why it is refused."""

    pk: int
    name: str
    version: int
    before: str
    after: str
    refusal: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return not self.refusal and self.before != self.after


def bulk_plan(
    user: Any, ids: Sequence[int], here: Unit, field: str, value: Any, versions: Mapping[int, int] | None = None
) -> list[Planned]:
    """The chosen projects that the person sees, by name; `versions`, where the person has seen a preview already. In a
    constant number of queries.
    """
    rows = list(visible_to(user).filter(pk__in=ids).select_related("unit", "platform").order_by("name", "pk"))
    mine = set(visible_to(user, Permission.PROJECT_EDIT).filter(pk__in=ids).values_list("pk", flat=True))
    leaders = leader_names([row.pk for row in rows]) if field == "leaders" else {}
    after = "、".join(one.name for one in value) if field == "leaders" else str(value or "")
    planned = []
    for row in rows:
        if field == "leaders":
            before = "、".join(leaders.get(row.pk, ()))
        else:
            before = str(getattr(row, field) or "")
        refusal = ""
        if row.pk not in mine:
            refusal = "您不能修改这个项目"
        elif row.jurisdiction_id != here.pk:
            refusal = f"不是{here}的项目"
        version = row.version if versions is None else versions.get(row.pk, 0)
        planned.append(Planned(row.pk, row.name, version, before, after, refusal))
    return planned

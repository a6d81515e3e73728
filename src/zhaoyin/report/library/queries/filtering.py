"""What the list can be asked for, and the projects that answer it."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import F, IntegerField, OrderBy, OuterRef, Q, QuerySet, Subquery, Value
from django.http import QueryDict

from zhaoyin.ground.ui.listing import Declared, Filter, Listing
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.record.projects.models import ContactLeader, Project
from zhaoyin.record.projects.queries import Numbers, Sight, matching, seen
from zhaoyin.record.projects.rules import Silence

from .choices import NOBODY
from .field import Field, in_force, projects_then

LEAST_LETTERS = 2
WHOSE = {"mine": "我要办的", "pinned": "我关注的"}
# How long nothing moved in a project that is being pursued: a number of days, or None for what its stage allows.
STILL = {"stage": ("超过阶段期限", None), "30": ("30 天以上", 30), "60": ("60 天以上", 60), "90": ("90 天以上", 90)}
# What can be missing of a project, and the projects of which it is.
MISSING = {
    "money": ("总投资", Q(investment_yi=None)),
    "land": ("用地", Q(land_mu=None)),
    "investor": ("投资方", Q(investor="")),
    "unit": ("主责单位", Q(unit=None)),
    "leader": ("联系领导", ~Q(pk__in=ContactLeader.objects.values("project_id"))),
}

# What the list can be added up by, in the order in which it is offered.
GROUPS = {"unit": "主责单位", "leader": "联系领导", "stage": "阶段", "platform": "平台"}

# Lists that stand ready, with what their address says: what waits for the person, what lies still, what is not known.
READY = (
    ("pinned", "我关注的", "who=pinned"),
    ("mine", "我要办的", "who=mine&light=red&light=yellow&sort=light"),
    ("still", "长期未动", "still=stage&sort=news"),
    ("missing", "缺资料", "&".join(f"missing={key}" for key in ("money", "investor", "unit", "leader"))),
)

LIST = Declared(
    filters=(
        Filter("q", "搜索"),
        Filter("who", "范围", tuple(WHOSE.items())),
        Filter("stage", "阶段", tuple((stage.value, stage.label) for stage in Stage), many=True),
        Filter("light", "灯", tuple((light.value, light.label) for light in Light), many=True),
        Filter("unit", "主责单位", kind="choice"),
        Filter("leader", "联系领导", kind="choice"),
        Filter("platform", "平台", kind="choice"),
        Filter("still", "长期未动", tuple((key, label) for key, (label, _) in STILL.items())),
        Filter("missing", "缺资料", tuple((key, label) for key, (label, _) in MISSING.items()), many=True),
        Filter("least", "总投资不少于", kind="number", unit="亿元"),
        Filter("most", "总投资不超过", kind="number", unit="亿元"),
    ),
    sorts={
        "seq": (), "name": ("name", "pk"), "money": ("investment_yi", "pk"), "land": ("land_mu", "pk"),
        "investor": ("investor", "pk"), "stage": ("rank_then", "pk"), "due": ("due_then", "pk"),
        "light": ("light_rank", "due_then", "pk"), "unit": ("unit_id", "pk"), "news": ("moved_then", "pk"),
    },
    order="seq",
    sizes=(50, 20, 100),
    keep=("section", "group"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that somebody asks for: of which field, which part of the plan, under which conditions, in which order.

    `pins`: the projects that the person keeps an eye on, where the list is asked for these.
    """

    field: Field
    listing: Listing
    section: str
    pins: tuple[int, ...] = ()

    @property
    def as_of(self) -> date:
        """The day."""
        return self.field.as_of

    @property
    def whole(self) -> bool:
        """Whether it is the library without any condition."""
        return not self.section and not self.listing.values

    @property
    def typed(self) -> bool:
        """Whether somebody typed one of its conditions: then it is one of very many lists, and rarely asked for again."""
        return any(key in self.listing.values for key in ("q", "least", "most"))

    @property
    def group(self) -> str:
        """What the projects are added up by, empty for a list of single ones."""
        return self.listing.kept.get("group", "")

    @property
    def ready(self) -> str:
        """The key of the list of `READY` that this is, or empty."""
        listing, nothing = self.listing, not self.section
        same = (
            key for key, _, query in READY if nothing and LIST.read(QueryDict(query)).url() == listing.url(group=None)
        )
        return next(same, "")

    @property
    def chosen(self) -> tuple[Any, ...]:
        """The conditions that were chosen and not typed, for `found`."""
        field, listing = self.field, self.listing
        given = [listing.value(key) for key in ("unit", "platform", "leader")]
        numbers = [int(value) if value.isdecimal() else value or None for value in given]
        several = [",".join(sorted(listing.among(key))) for key in ("stage", "light", "missing")]
        plans = [plan.pk for plan in field.plans] or None
        who = listing.value("who")
        whose = {"mine": field.own, "pinned": Sight(None, None, self.pins or None)}.get(who, Sight(None, None, None))
        return (
            *field.sight, field.as_of, field.later, plans, self.section, *several, *numbers, listing.value("still"),
            field.silence, who, *whose,
        )  # fmt: skip

    @property
    def found_key(self) -> tuple[Hashable, ...]:
        """What decides which projects are found."""
        values = tuple(sorted(self.listing.values.items()))
        return (self.field, self.section, values, self.pins)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What decides the page: its rows, and what is said about the address."""
        listing = self.listing
        kept = tuple(sorted(listing.kept.items()))
        return (*self.found_key, kept, listing.order, listing.number, listing.size, listing.remarks)


def chosen(query: QueryDict, field: Field, pins: Iterable[int] = ()) -> Asked:
    """What an address asks for; `pins` are the projects that the person keeps an eye on.

    What cannot be used is left out and said in the listing's remarks.
    """
    listing = LIST.read(query, choices=_with_nobody(field.choices))
    remarks, values = list(listing.remarks), dict(listing.values)
    word = listing.value("q")
    if word and len(word) < LEAST_LETTERS:
        remarks.append(f"“{word}”太短：请输入两个以上的字，再搜索项目名称、投资方、单位、领导或内容。")
        del values["q"]
    for key in ("least", "most"):
        if (given := listing.value(key)) and _number(given) is None:
            remarks.append(f"总投资“{given}”不是数字，未采用。")
            del values[key]
    least, most = (_number(values[key][0]) if key in values else None for key in ("least", "most"))
    if least is not None and most is not None and least > most:
        remarks.append("总投资的下限大于上限，没有项目能同时符合。")
    section, kept = listing.kept.get("section", ""), dict(listing.kept)
    if section and section not in dict(field.sections):
        remarks.append(f"方案里没有“{section}”这一部分，已显示全部。")
        section = kept.pop("section") and ""
    if (group := kept.get("group", "")) and group not in GROUPS:
        remarks.append("不能按这一项分组，已逐个显示。")
        del kept["group"]
    listing = replace(listing, values=values, kept=kept, remarks=tuple(remarks))
    return Asked(field, listing, section, tuple(pins) if listing.value("who") == "pinned" else ())


def _with_nobody(choices: dict[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, str]]]:
    """The values of the filters, with one for what has no unit or leader wherever anything has one."""
    words = {"unit": "未定单位", "leader": "没有联系领导"}
    return {
        key: [*values, (NOBODY, words[key])] if values and key in words else values for key, values in choices.items()
    }


def found(
    jurisdictions: Numbers,
    units: Numbers,
    tied: Numbers,
    as_of: date,
    later: bool,
    plans: list[int] | None,
    section: str,
    stages: str,
    lights: str,
    missing: str,
    unit: int | str | None,
    platform: int | str | None,
    leader: int | str | None,
    still: str,
    silence: Silence,
    who: str,
    *whose: Numbers,
) -> QuerySet[Project]:
    """The projects that answer what was chosen, in no order; a comma stands between several stages, lights or gaps."""
    rows = projects_then(Sight(jurisdictions, units, tied), as_of, later, silence)
    if stages:
        rows = rows.filter(stage_then__in=stages.split(","))
    if unit is not None:
        rows = rows.filter(unit=None) if unit == NOBODY else rows.filter(unit_id=unit)
    if platform is not None:
        rows = rows.filter(platform_id=platform)
    if leader == NOBODY:
        rows = rows.filter(MISSING["leader"][1])
    elif leader is not None:
        rows = rows.filter(pk__in=ContactLeader.objects.filter(official_id=leader).values("project_id"))
    if section:
        rows = rows.filter(pk__in=in_force(plans or []).filter(section=section).values("project_id"))
    if lights:
        rows = rows.filter(light_rank__in=[Light(light).rank for light in lights.split(",")])
    if missing:
        rows = rows.filter(Q(*[MISSING[key][1] for key in missing.split(",")], _connector=Q.OR))
    if still:
        days = STILL[still][1]
        rows = rows.filter(standing_then=Standing.ACTIVE).filter(
            Q(silent=True) if days is None else Q(moved_then__lt=as_of - timedelta(days=days))
        )
    if who:
        rows = rows.filter(pk__in=seen(*Sight(*whose)).values("pk"))
    return rows


def filtered(asked: Asked) -> QuerySet[Project]:
    """The projects that answer every condition, in no order."""
    listing, rows = asked.listing, found(*asked.chosen)
    if (least := _number(listing.value("least"))) is not None:
        rows = rows.filter(investment_yi__gte=least)
    if (most := _number(listing.value("most"))) is not None:
        rows = rows.filter(investment_yi__lte=most)
    if word := listing.value("q"):
        rows = rows.filter(matching(word))
    return rows


def parts(rows: QuerySet[Project], asked: Asked) -> list[QuerySet[Project]]:
    """The lists that follow one another on the pages: in the plan's order the plan's projects and then the others."""
    return in_order(rows, asked.listing.order, [plan.pk for plan in asked.field.plans])


def in_order(rows: QuerySet[Project], order: str, plans: list[int] | None) -> list[QuerySet[Project]]:
    """`parts`, of a sort of the list (`-` for descending), each with `seq`, the number in the plan. What is unknown comes
    last either way."""
    if order.removeprefix("-") != "seq":
        mine = in_force(plans or []).filter(project=OuterRef("pk")).order_by("plan_id", "position")
        rows = rows.annotate(seq=Subquery(mine.values("seq")[:1]))
        return [rows.order_by(*[_order(field) for field in LIST.ordering(order)])]
    others = rows.annotate(seq=Value(None, IntegerField()))
    if not plans:
        return [others.order_by("-pk" if order.startswith("-") else "pk")]
    planned = rows.filter(plan_entries__plan_id__in=plans, plan_entries__dropped=False)
    planned = planned.annotate(seq=F("plan_entries__seq")).order_by("plan_entries__plan_id", "plan_entries__position")
    others = others.exclude(pk__in=in_force(plans).values("project_id")).order_by("pk")
    return [others.reverse(), planned.reverse()] if order.startswith("-") else [planned, others]


def _order(field: str) -> OrderBy:
    name = field.removeprefix("-")
    return F(name).desc(nulls_last=True) if field.startswith("-") else F(name).asc(nulls_last=True)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and -(10**12) < number < 10**12 else None

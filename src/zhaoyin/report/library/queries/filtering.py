"""What the list can be asked for, and the projects that answer it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count, F, IntegerField, OrderBy, OuterRef, QuerySet, Subquery, Value
from django.http import QueryDict

from zhaoyin.ground.access.queries import area_of, may
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.prepared import prepared
from zhaoyin.ground.ui.listing import Declared, Filter, Listing
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.plans.models import Entry, Plan
from zhaoyin.plan.schedules.queries import with_lights
from zhaoyin.record.projects.models import ContactLeader, Project
from zhaoyin.record.projects.queries import (
    Numbers,
    Sight,
    changed_after,
    known_on,
    matching,
    seen,
    sight_of,
    unrestricted,
)

from .choices import choices_of

LEAST_LETTERS = 2

LIST = Declared(
    filters=(
        Filter("q", "搜索"),
        Filter("stage", "阶段", tuple((stage.value, stage.label) for stage in Stage), many=True),
        Filter("light", "灯", tuple((light.value, light.label) for light in Light), many=True),
        Filter("unit", "主责单位", kind="choice"),
        Filter("leader", "联系领导", kind="choice"),
        Filter("platform", "平台", kind="choice"),
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
    keep=("section",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan in force: its sections ({title, declared, read}) in the order printed."""

    pk: int
    year: int
    sections: Sequence[dict[str, Any]]


@dataclass(frozen=True, eq=False, slots=True)
class Field:
    """What a user's lists are taken from on a day: what the user sees, plans in force, the values that filters can have.

    `sections`: those of the plans in their order, each with its projects on the day.

    One field is no other's equal: what is remembered of it is not taken for what a later one would give. `later`:
    something changed after the day, so that the history must be asked. `edits`, `notes`: what the rows offer to do.
    """

    sight: Sight
    plans: Sequence[PlanFacts]
    sections: Sequence[tuple[str, int]]
    choices: dict[str, list[tuple[str, str]]]
    as_of: date
    later: bool
    edits: bool = True
    notes: bool = True

    @property
    def projects(self) -> QuerySet[Project]:
        """Everything the user sees that the library knew on the day, with lights."""
        return _projects(self.sight, self.as_of, self.later)

    @property
    def entries(self) -> QuerySet[Entry]:
        """The rows of the plans in force, without those that a newer edition dropped."""
        return _in_force([plan.pk for plan in self.plans])


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that somebody asks for: of which field, which part of the plan, under which conditions, in which order."""

    field: Field
    listing: Listing
    section: str

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
    def chosen(self) -> tuple[Any, ...]:
        """The conditions that were chosen and not typed, for `found`."""
        field, listing = self.field, self.listing
        numbers = [int(listing.value(key)) if listing.value(key) else None for key in ("unit", "platform", "leader")]
        several = [",".join(sorted(listing.among(key))) for key in ("stage", "light")]
        plans = [plan.pk for plan in field.plans] or None
        return (*field.sight, field.as_of, field.later, plans, self.section, *several, *numbers)

    @property
    def found_key(self) -> tuple[Hashable, ...]:
        """What decides which projects are found."""
        values = tuple(sorted(self.listing.values.items()))
        return (self.field, self.section, values)

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What decides the page: its rows, and what is said about the address."""
        return (*self.found_key, self.listing.order, self.listing.number, self.listing.size, self.listing.remarks)


def plans_in_force(jurisdictions: Sequence[int], as_of: date) -> list[PlanFacts]:
    """Of each jurisdiction the newest plan whose year is not after the day's: its sections are the library's tabs."""
    newest: dict[int, PlanFacts] = {}
    for pk, jurisdiction, year, sections in prepared(_plans, list(jurisdictions), as_of.year):
        newest.setdefault(jurisdiction, PlanFacts(pk, year, sections))
    return list(newest.values())


def _plans(jurisdictions: list[int], year: int) -> QuerySet[Any, Any]:
    rows = Plan.objects.filter(jurisdiction_id__in=jurisdictions, year__lte=year).order_by("-year", "-pk")
    return rows.values_list("pk", "jurisdiction_id", "year", "sections")


def field_of(user: Any, as_of: date, sight: Sight | None = None) -> Field:
    """What the user's lists are taken from on the day; `sight`, where the caller has it."""
    sight = sight_of(user) if sight is None else sight
    area = area_of(user, Permission.PLAN_SEE)
    plans = plans_in_force((sight.jurisdictions or ()) if area.everything else area.places, as_of)
    later = changed_after(as_of)
    return Field(
        sight, plans, _counted(plans, sight, as_of, later), choices_of(sight), as_of, later,
        edits=may(user, Permission.PROJECT_EDIT), notes=may(user, Permission.PROGRESS_WRITE),
    )  # fmt: skip


def chosen(query: QueryDict, field: Field) -> Asked:
    """What an address asks for. What cannot be used is left out and said in the listing's remarks."""
    listing = LIST.read(query, choices=field.choices)
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
    listing = replace(listing, values=values, kept=kept, remarks=tuple(remarks))
    return Asked(field, listing, section)


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
    unit: int | None,
    platform: int | None,
    leader: int | None,
) -> QuerySet[Project]:
    """The projects that answer what was chosen, in no order; a comma stands between several stages or lights."""
    rows = _projects(Sight(jurisdictions, units, tied), as_of, later)
    if stages:
        rows = rows.filter(stage_then__in=stages.split(","))
    if unit is not None:
        rows = rows.filter(unit_id=unit)
    if platform is not None:
        rows = rows.filter(platform_id=platform)
    if leader is not None:
        rows = rows.filter(pk__in=ContactLeader.objects.filter(official_id=leader).values("project_id"))
    if section:
        rows = rows.filter(pk__in=_in_force(plans or []).filter(section=section).values("project_id"))
    if lights:
        rows = rows.filter(light_rank__in=[Light(light).rank for light in lights.split(",")])
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


def _projects(sight: Sight, as_of: date, later: bool) -> QuerySet[Project]:
    return with_lights(known_on(seen(*sight), as_of, later), as_of, later=later)


def _in_force(plans: list[int]) -> QuerySet[Entry]:
    return Entry.objects.filter(plan_id__in=plans, dropped=False)


def parts(rows: QuerySet[Project], asked: Asked) -> list[QuerySet[Project]]:
    """The lists that follow one another on the pages: in the plan's order the plan's projects and then the others."""
    return in_order(rows, asked.listing.order, [plan.pk for plan in asked.field.plans])


def in_order(rows: QuerySet[Project], order: str, plans: list[int] | None) -> list[QuerySet[Project]]:
    """`parts`, of a sort of the list (`-` for descending), each with `seq`, the number in the plan. What is unknown comes
    last either way."""
    if order.removeprefix("-") != "seq":
        mine = _in_force(plans or []).filter(project=OuterRef("pk")).order_by("plan_id", "position")
        rows = rows.annotate(seq=Subquery(mine.values("seq")[:1]))
        return [rows.order_by(*[_order(field) for field in LIST.ordering(order)])]
    others = rows.annotate(seq=Value(None, IntegerField()))
    if not plans:
        return [others.order_by("-pk" if order.startswith("-") else "pk")]
    planned = rows.filter(plan_entries__plan_id__in=plans, plan_entries__dropped=False)
    planned = planned.annotate(seq=F("plan_entries__seq")).order_by("plan_entries__plan_id", "plan_entries__position")
    others = others.exclude(pk__in=_in_force(plans).values("project_id")).order_by("pk")
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


def _counted(plans: list[PlanFacts], sight: Sight, as_of: date, later: bool) -> list[tuple[str, int]]:
    """The plans' sections in their order, each with its projects on the day."""
    ids = [plan.pk for plan in plans]
    if not sight.whole:
        rows = prepared(_sections_seen, ids, *sight, as_of)
    else:
        rows = prepared(_sections_then, ids, as_of) if later else prepared(_sections, ids)
    counts = dict(rows)
    printed = dict.fromkeys(one["title"] for plan in plans for one in plan.sections)
    return [(title, counts[title]) for title in dict.fromkeys([*printed, *counts]) if title in counts]


def _sections(plans: list[int]) -> QuerySet[Any, Any]:
    """Where everything of a place is seen: everything but what is restricted to named people."""
    return _counted_by_section(plans).filter(unrestricted("project_id"))


def _counted_by_section(plans: list[int]) -> QuerySet[Any, Any]:
    rows = Entry.objects.filter(plan_id__in=plans, dropped=False).exclude(section="").order_by()
    return rows.values_list("section").annotate(count=Count("*"))


def _sections_then(plans: list[int], as_of: date) -> QuerySet[Any, Any]:
    return _entries_then(plans, as_of).filter(unrestricted("project_id"))


def _entries_then(plans: list[int], as_of: date) -> QuerySet[Any, Any]:
    return _counted_by_section(plans).filter(project__known_on__lte=as_of)


def _sections_seen(
    plans: list[int], jurisdictions: Numbers, units: Numbers, tied: Numbers, as_of: date
) -> QuerySet[Any, Any]:
    return _entries_then(plans, as_of).filter(project__in=seen(jurisdictions, units, tied).values("pk"))


def library_total(sight: Sight, as_of: date) -> int:
    """How many projects of those seen the library knew on the day."""
    counted = prepared(_known, *sight, as_of)
    return int(counted[0][0]) if counted else 0


def _known(jurisdictions: Numbers, units: Numbers, tied: Numbers, as_of: date) -> QuerySet[Any, Any]:
    rows = seen(jurisdictions, units, tied).filter(known_on__lte=as_of).order_by()
    return rows.values_list(Value(1)).annotate(count=Count("*")).values_list("count")

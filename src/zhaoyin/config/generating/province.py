"""A province's made-up projects over ten years: one county's are written, and the other counties' copied from them.

Only on PostgreSQL, where the server copies a million projects with everything that hangs on them in some minutes.
"""

import random
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.organisations.models import Official, Unit, UnitKind
from zhaoyin.plan.plans.models import Entry, Plan
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.models import (
    ContactLeader,
    Movement,
    Note,
    Phase,
    Project,
    ProjectText,
    StageChange,
    StandingChange,
)  # fmt: skip
from zhaoyin.record.resources.models import Platform

from .copying import Copied, copied
from .county import LAST, PLACES, SECTIONS, TRADES, YEAR, Place, fill

OFFICIALS = 30  # of a county
# What hangs on projects, in the order in which each needs what stands before it.
BELOW = (Project, ProjectText, Phase, StageChange, StandingChange, ContactLeader, Entry, Note, Movement, Milestone)


@transaction.atomic
def generate_province(count: int, *, counties: int = 90, units: int = 4000, years: int = 10, seed: int = 2022) -> Unit:
    """Make a 测试省 of that many counties, units and years with `count` projects, or a few more so that each county and
    year has as many as any other. Same seed, same rows. Returns the province.
    """
    chance = random.Random(seed)  # noqa: S311 (figures for a benchmark)
    root, places = province(counties, units, demo=True)
    first = _people(places, chance)
    each = -(-count // (counties * years))
    plans = _plans(places, years, each)
    for plan in plans:
        fill(first, plan, range(each), chance)
    per: dict[type[models.Model], int] = {
        Unit: -(-units // counties), Official: OFFICIALS, Platform: len(TRADES[:6]), Plan: years,
    }  # fmt: skip
    names = [place.name for place in places]
    copied(Copied(BELOW, counties, per, _changed(names)))
    return root


def province(counties: int, units: int, **root: Any) -> tuple[Unit, list[Unit]]:
    """The tree, written straight into its table: a province with counties that have as many units each. Returns its top and
    the counties; units follow one another, county by county.
    """
    top = Unit.objects.add_root(instance=Unit(name="测试省", kind=UnitKind.JURISDICTION, **root))
    per_county = -(-units // counties)

    def path(above: str, number: int) -> str:
        return above + Unit._int2str(number).rjust(top.steplen, Unit.alphabet[0])

    places = Unit.objects.bulk_create(
        Unit(
            name=f"测试{n}县", kind=UnitKind.JURISDICTION, path=path(top.path, n), depth=2, numchild=per_county,
            demo=top.demo, opens_on=LAST,
        )
        for n in range(1, counties + 1)
    )  # fmt: skip
    Unit.objects.filter(pk=top.pk).update(numchild=counties)
    Unit.objects.bulk_create(
        (
            Unit(
                name=f"{place.name}{n}局", kind=UnitKind.DEPARTMENT, jurisdiction=place, path=path(place.path, n), depth=3
            )
            for place in places
            for n in range(1, per_county + 1)
        ),
        batch_size=1000,
    )  # fmt: skip
    return top, places


def _people(places: list[Unit], chance: random.Random) -> Place:
    """Officials and platforms of every county; returns those of the first with what else its projects hang on."""
    officials = Official.objects.bulk_create(
        Official(jurisdiction=place, name=f"{chance.choice(PLACES)}领导{n}")
        for place in places
        for n in range(1, OFFICIALS + 1)
    )
    keepers = [Unit.objects.filter(jurisdiction=place).order_by("path").first() for place in places]
    platforms = Platform.objects.bulk_create(
        Platform(jurisdiction=place, name=f"{trade}产业平台", unit=keeper)
        for place, keeper in zip(places, keepers, strict=True)
        for trade in TRADES[:6]
    )
    units = list(Unit.objects.filter(jurisdiction=places[0]).order_by("path"))
    return Place(places[0], units, officials[:OFFICIALS], platforms[: len(TRADES[:6])])


def _plans(places: list[Unit], years: int, each: int) -> list[Plan]:
    """A plan for each county and year; returns the first county's."""
    plans = Plan.objects.bulk_create(
        Plan(
            jurisdiction=place, year=year, title=f"{year}年{place.name}招商行动方案",
            sections=[{"title": title, "declared": each // len(SECTIONS), "read": each // len(SECTIONS)} for title in SECTIONS],
        )
        for place in places
        for year in range(YEAR - years + 1, YEAR + 1)
    )  # fmt: skip
    return plans[:years]


def _changed(names: list[str]) -> dict[tuple[type[Any], str], tuple[str, list[Any]]]:
    """What copy `n` of a row `b` has of its own, as SQL."""
    return {
        (Project, "jurisdiction_id"): ("b.jurisdiction_id + n", []),
        (Project, "name"): ("(%s::text[])[n + 1] || b.name", [names]),
        (Project, "investment_yi"): ("round(b.investment_yi * (40 + (b.id * 7 + n * 13) %% 120) / 100, 2)", []),
        (Project, "land_mu"): ("round(b.land_mu * (40 + (b.id * 11 + n * 17) %% 120) / 100)", []),
    }

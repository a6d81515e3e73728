"""The list as a board: a column for each stage with what it adds up to, and the cards that press most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.prepared import prepared
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import seen, sight_of

from .filtering import Asked, filtered, found
from .rows import Row, rows_of
from .sums import Group, groups_of

CARDS = 12  # in a column: what it holds besides stands in the list


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: what its projects add up to, the first cards, and the stages a card may move on to."""

    group: Group
    cards: Sequence[Row]
    later: Sequence[Stage]


def board_of(asked: Asked) -> list[Column]:
    """The stages in their order, each with its first cards by light and next day; empty where nothing is found. Where
    stages are among the conditions, only these.
    """
    listing = asked.listing
    by_stage = replace(asked, listing=replace(listing, kept={**listing.kept, "group": "stage"}))
    groups = {group.value: group for group in groups_of(by_stage)}
    if not groups:
        return []
    rows = _first(filtered(asked)) if asked.typed else prepared(_cards, *asked.chosen)
    cards = dict(zip([pk for pk, _ in rows], rows_of(asked.field, [pk for pk, _ in rows]), strict=True))
    nothing = replace(next(iter(groups.values())).totals, count=0, investment_yi=None, land_mu=None)
    shown = [stage for stage in Stage if not listing.among("stage") or stage in listing.among("stage")]
    return [
        Column(
            groups.get(stage, Group(stage.label, stage.value, nothing)),
            [cards[pk] for pk, at in rows if at == stage],
            [later for later in Stage if later.order > stage.order],
        )
        for stage in shown
    ]


def movable(user: Any, ids: Sequence[int]) -> frozenset[int]:
    """Those of these projects whose stage the person may move."""
    rows = seen(*sight_of(user, Permission.STAGE_ADVANCE)).filter(pk__in=ids).order_by()
    return frozenset(rows.values_list("pk", flat=True))


def _cards(*chosen: Any) -> QuerySet[Any, Any]:
    return _first(found(*chosen))


def _first(rows: QuerySet[Project]) -> QuerySet[Any, Any]:
    """(number, stage) of the first cards of each stage."""
    order = [F("light_rank").asc(), F("due_then").asc(nulls_last=True), F("pk").asc()]
    place = Window(RowNumber(), partition_by=[F("stage_then")], order_by=order)
    return rows.annotate(place=place).filter(place__lte=CARDS).order_by("place").values_list("pk", "stage_then")

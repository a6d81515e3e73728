"""Who answers for what: a unit with its people, groups and accounts; an official with the posts of the years."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from zhaoyin.ground.journal import sentences
from zhaoyin.ground.journal.queries import history

from ..models import (
    Appointment,
    GroupLead,
    InvestmentGroup,
    LeadingGroup,
    LeadingMember,
    Official,
    SpecialTeam,
    TeamMember,
    Unit,
    UnitKind,
)  # fmt: skip
from ..rules import PostKind, on_day
from .groups import still
from .posts import held_on
from .visible import groups_visible_to, leading_groups_visible_to, posts_visible_to, teams_visible_to, visible_to

ORDER = {kind.value: place for place, kind in enumerate(PostKind)}
LINES = 12  # of the history


@dataclass(frozen=True, slots=True)
class Post:
    """An appointment as a card shows it: held on the day, held today, or long over."""

    row: Appointment
    then: bool
    still: bool

    @property
    def word(self) -> str:
        """How the appointment stands."""
        if self.then:
            return "在任" if self.still else "当日在任，现已离任"
        return "现任，当日未到任" if self.still else "已离任"


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit as of a day. `above` are the visible nodes over it, the topmost first."""

    unit: Unit
    above: list[Unit]
    below: list[Unit]
    closed_below: list[Unit]
    posts: list[Post]
    former: list[Post]
    groups: list[InvestmentGroup]
    teams: list[SpecialTeam]
    leading: list[LeadingGroup]
    accounts: int
    absorbed: list[Unit]
    history: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class OfficialCard:
    """An official: the posts, the newest first, and what the person leads and sits in."""

    official: Official
    posts: list[Post]
    leads: list[GroupLead]
    seats: list[LeadingMember]
    teams: list[TeamMember]
    history: list[dict[str, Any]]


def unit_card(user: Any, unit: Unit, on: date, today: date) -> UnitCard:
    """The card of a visible unit as of `on`; `today` tells who holds the posts now."""
    seen = visible_to(user)
    steps = range(unit.steplen, len(unit.path), unit.steplen)
    below = list(
        seen.filter(path__startswith=unit.path, depth=unit.depth + 1)
        .order_by("path")
        .only("pk", "name", "short_name", "kind", "closed_on")
    )
    posts = _posts(Appointment.objects.filter(unit=unit).select_related("official"), on, today)
    people = [post.row.official_id for post in posts if post.then]
    led = groups_visible_to(user).filter(held_on(on, "leads__"), leads__official_id__in=people)
    sitting = teams_visible_to(user).filter(held_on(on, "members__"), members__official_id__in=people)
    return UnitCard(
        unit=unit,
        above=list(seen.filter(path__in=[unit.path[:step] for step in steps]).order_by("path")),
        below=[one for one in below if one.closed_on is None or one.closed_on > on],
        closed_below=[one for one in below if one.closed_on is not None and one.closed_on <= on],
        posts=[post for post in posts if post.then or post.still],
        former=[post for post in posts if not (post.then or post.still)],
        groups=list(led.filter(still(on)).order_by("number").distinct()),
        teams=list(sitting.filter(still(on)).order_by("pk").distinct()),
        leading=list(leading_groups_visible_to(user).filter(office=unit)),
        accounts=accounts_of(unit),
        absorbed=list(seen.filter(merged_into=unit).order_by("closed_on")),
        history=told(unit),
    )


def official_card(user: Any, official: Official, on: date, today: date) -> OfficialCard:
    """The card of a visible official as of `on`. Whoever does not see the whole place sees no posts elsewhere, and no history,
    which would name them."""
    teams = TeamMember.objects.filter(official=official, team__in=teams_visible_to(user))
    leads = GroupLead.objects.filter(official=official, group__in=groups_visible_to(user))
    seats = LeadingMember.objects.filter(official=official, group__in=leading_groups_visible_to(user))
    return OfficialCard(
        official=official,
        posts=_posts(posts_visible_to(user).filter(official=official).select_related("unit"), on, today, newest=True),
        leads=list(leads.select_related("group").order_by("-since", "-pk")),
        seats=list(seats.select_related("group").order_by("-since", "-pk")),
        teams=list(teams.select_related("team").order_by("-since", "-pk")),
        history=told(official) if visible_to(user).filter(pk=official.jurisdiction_id).exists() else [],
    )


def told(subject: Any) -> list[dict[str, Any]]:
    """The newest lines of the journal about a record, as sentences."""
    return [{"at": line.at, "by": line.by, "words": sentences.sentence(line)} for line in history(subject)[:LINES]]


def _posts(rows: Any, on: date, today: date, *, newest: bool = False) -> list[Post]:
    posts = [Post(row, on_day(row, on), on_day(row, today)) for row in rows.order_by("pk")]
    if newest:
        return sorted(posts, key=lambda post: (post.row.since or date.min, post.row.pk), reverse=True)
    return sorted(posts, key=lambda post: (ORDER[post.row.kind], post.row.pk))


def accounts_of(unit: Unit) -> int:
    """How many accounts can sign in for the unit; for a jurisdiction also those of its units."""
    mine = Q(unit=unit)
    if unit.kind == UnitKind.JURISDICTION:
        mine |= Q(unit__jurisdiction=unit)
    return get_user_model()._default_manager.filter(mine, is_active=True).count()

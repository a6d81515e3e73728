"""What is recorded of a project beside its course: investors, codes, economy, capital, team, channel."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from zhaoyin.ground.access.queries import area_of
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.queries import attached_to
from zhaoyin.kernel.industries import industry_of, lies_in, words_of_code
from zhaoyin.kernel.numerals import plain
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.investors.rules import read_names

from ..models import (
    Alias,
    Contact,
    Economy,
    ForeignCapital,
    LeadingIndustry,
    Measure,
    Named,
    Origin,
    Problem,
    Project,
    Restriction,
    Stake,
    TeamPart,
    Yield,
)  # fmt: skip
from ..rules import UNITS_OF_MEASURES, Outcome
from .scope import visible_to
from .timeline import Moment, timeline_of


@dataclass(frozen=True, slots=True)
class YieldLine:
    """One measure of one year as the page shows it; `year` None is the agreement's promise for a year of full capacity."""

    pk: int
    label: str
    unit: str
    year: int | None
    promised: Decimal | None
    actual: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What the words printed as investors name: those not linked yet; whether 等 says that there are more, and 意向 so far."""

    unlinked: tuple[str, ...]
    open: bool
    intended: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """A project's record; `used` is what of the contracted foreign capital (万美元) was actually used up to the day.

    `contacts`, `files` and `problems` (open ones) are how many of them the project's own page shows.
    """

    project: Project
    stakes: list[Stake]
    printed: Printed
    aliases: list[Alias]
    economy: Economy | None
    industry: str
    leading: list[LeadingIndustry]
    yields: list[YieldLine]
    capital: list[ForeignCapital]
    used: Decimal
    team: list[TeamPart]
    origin: Origin | None
    restriction: Restriction | None
    named: list[Named]
    contacts: int
    files: int
    problems: int
    timeline: list[Moment]

    @property
    def kinds(self) -> dict[str, int]:
        """Kind of moment → how many there are, the most frequent first."""
        return dict(Counter(one.kind for one in self.timeline).most_common())

    @property
    def statistics_gap(self) -> str:
        """How the statistics bureau's total differs from ours; "" where either is unknown or they agree."""
        theirs, ours = self.economy.statistics_yi if self.economy else None, self.project.investment_yi
        if theirs is None or ours is None or theirs == ours:
            return ""
        return f"（比总投资{'多' if theirs > ours else '少'} {plain(abs(theirs - ours))} 亿元）"

    @property
    def used_words(self) -> str:
        """How much of the contracted foreign capital has arrived."""
        contracted = self.economy.contracted_wan_usd if self.economy else None
        if not contracted or not self.used:
            return ""
        if self.used > contracted:
            return f"到账比合同多 {plain(self.used - contracted)} 万美元，请核对"
        return f"已到账 {plain((self.used * 100 / contracted).quantize(Decimal('0.1')))}%"


def dossier_of(project: Project, as_of: date) -> Dossier:
    """The record of a project that the caller has found among those seen."""
    economy = Economy.objects.filter(project=project).first()
    capital = ForeignCapital.objects.filter(project=project, on__lte=as_of)
    restriction = Restriction.objects.filter(project=project).select_related("by").first()
    team = TeamPart.objects.filter(project=project, since__lte=as_of).select_related("official")
    open_then = Q(settled_on=None) | Q(settled_on__gt=as_of)
    return Dossier(
        project=project,
        stakes=list(project.stakes.select_related("investor__group")),
        printed=printed_of(project),
        aliases=list(project.aliases.all()),
        economy=economy,
        industry=words_of_code(economy.industry) if economy else "",
        leading=leading_in(project.jurisdiction_id, economy.industry) if economy and economy.industry else [],
        yields=_lines(project, as_of),
        capital=list(capital.order_by("-on", "-pk")),
        used=capital.aggregate(sum=Sum("amount_wan_usd"))["sum"] or Decimal(0),
        team=list(team.filter(Q(until=None) | Q(until__gt=as_of))),
        origin=Origin.objects.filter(project=project).first(),
        restriction=restriction,
        named=list(restriction.named.select_related("official")) if restriction else [],
        contacts=Contact.objects.filter(project=project).count(),
        files=attached_to(Project, [project.pk]).order_by().values("name").distinct().count(),
        problems=Problem.objects.filter(open_then, project=project, raised_on__lte=as_of).count(),
        timeline=timeline_of(project.pk, as_of),
    )


def printed_of(project: Project) -> Printed:
    """What the project's printed words say of its investors; a consortium's members count as linked with it."""
    named = read_names(project.investor)
    linked = set(project.stakes.values_list("investor__name", flat=True))
    linked |= set(project.stakes.exclude(investor__members=None).values_list("investor__members__name", flat=True))
    return Printed(tuple(one for one in named.names if one not in linked), named.open, named.intended)


def _lines(project: Project, as_of: date) -> list[YieldLine]:
    """Each year is held against its own promise, else against that of the agreement for full capacity."""
    rows = list(project.yields.order_by("measure", "year"))
    capacity = {row.measure: row.promised for row in rows if row.year is None}
    return [_line(row, as_of, capacity.get(row.measure)) for row in rows]


def _line(row: Yield, as_of: date, capacity: Decimal | None) -> YieldLine:
    promised = capacity if row.promised is None else row.promised
    words = Outcome(promised, row.actual).words(less_is_better=row.measure == Measure.ENERGY)
    if row.year is None:
        words = "协议约定"
    elif row.year >= as_of.year and words.startswith(("差", "未填")):
        words = "年度未结束"  # a year that is not over cannot have missed its promise yet
    elif row.promised is None and promised is not None:
        words += "（按达产年承诺）"
    return YieldLine(
        row.pk, Measure(row.measure).label, UNITS_OF_MEASURES[row.measure], row.year, row.promised, row.actual, words
    )


def of_code(user: Any, project: Project, code: str) -> Project | None:
    """Another project of the place that the person sees and that has this 项目代码."""
    rows = visible_to(user).filter(jurisdiction=project.jurisdiction_id, economy__code=code).exclude(pk=project.pk)
    return rows.order_by("pk").first()


def leading_of(jurisdiction: int) -> list[tuple[LeadingIndustry, list[str]]]:
    """The jurisdiction's leading industries, each with its industries in words."""
    rows = LeadingIndustry.objects.filter(jurisdiction_id=jurisdiction)
    known = [(row, [industry_of(code) for code in row.codes.split()]) for row in rows]
    return [(row, [one.words for one in found if one is not None]) for row, found in known]


def leading_in(jurisdiction: int, code: str) -> list[LeadingIndustry]:
    """The jurisdiction's leading industries that an industry's code lies in."""
    rows = LeadingIndustry.objects.filter(jurisdiction_id=jurisdiction)
    return [one for one in rows if any(lies_in(code, wider) for wider in one.codes.split())]


def investors_visible_to(user: Any) -> QuerySet[Investor]:
    """The investors of projects that are seen, and those of no project in jurisdictions that are seen whole; each with the
    number of its projects that are seen."""
    rows = visible_to(user).order_by()
    area = area_of(user, Permission.RECORDS_SEE)
    alone = Q(stakes=None) & Q(consortia__stakes=None) & Q(companies__stakes=None)
    alone &= Q(jurisdiction_id__in=area.jurisdictions)
    theirs = Q(stakes__project__in=rows) | Q(consortia__stakes__project__in=rows)
    found = Investor.objects.filter(theirs | Q(companies__stakes__project__in=rows) | alone).order_by().values("pk")
    counted = Count("stakes", filter=Q(stakes__project__in=rows), distinct=True)
    return (
        Investor.objects.filter(pk__in=found).annotate(project_count=counted).select_related("group").order_by("name")
    )


def projects_of_investor(user: Any, investor: Investor) -> QuerySet[Stake]:
    """The investor's part in projects that are seen: its own, those of its consortia, and those of a group's companies."""
    mine = Q(investor=investor) | Q(investor__members=investor) | Q(investor__group=investor)
    rows = Stake.objects.filter(mine, project__in=visible_to(user).order_by()).distinct()
    return rows.select_related("project__unit", "investor").order_by("-project__known_on", "-project_id")

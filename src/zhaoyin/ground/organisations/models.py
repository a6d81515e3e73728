"""Who there is: jurisdictions and units in one tree, officials and their posts, groups and special teams.

Nothing here is deleted: a unit closes or merges by date, a post ends by date, so that a past month still finds who there was.
"""

from django.db import models
from django.db.models import F, Q
from treebeard.mp_tree import MP_Node

from .rules import PostKind


class UnitKind(models.TextChoices):
    """What a node of the tree is (domain.md §2)."""

    JURISDICTION = "jurisdiction", "行政区划"
    OFFICE = "office", "办公室"
    DEPARTMENT = "department", "部门"
    ZONE = "zone", "开发区"
    TOWN = "town", "镇（街道）"
    ENTERPRISE = "enterprise", "国企"
    OTHER = "other", "其他"


class Versioned(models.Model):
    """A record that two people may have open at once: whoever saves second is shown what the first one stored."""

    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        abstract = True


class Dated(models.Model):
    """What somebody is from one day to another, both included; null is unknown, or to this day."""

    since = models.DateField("任职日", null=True, blank=True)
    until = models.DateField("离任日", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_in_order",
            )
        ]


class Unit(MP_Node):
    """A jurisdiction or a unit of one. A scope is a path prefix, so one tree serves a town or a province.

    `jurisdiction` is the nearest jurisdiction above (null for a jurisdiction itself: it is its own). It is there from
    `founded_on` to the day before `closed_on`; null is unknown and open. `merged_into` took over what it answered for.
    """

    kind = models.CharField("类别", max_length=16, choices=UnitKind, default=UnitKind.OTHER)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=30, blank=True)
    code = models.CharField("区划代码", max_length=12, blank=True, help_text="GB/T 2260，只有行政区划有")
    jurisdiction = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    reports = models.BooleanField("按月报进展", default=False, help_text="未报时列入通报的未报名单")
    founded_on = models.DateField("成立日", null=True, blank=True)
    closed_on = models.DateField("撤销日", null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    demo = models.BooleanField("演示数据", default=False)
    opens_on = models.DateField("默认截至日", null=True, blank=True, help_text="演示数据以此日打开")
    # As of Versioned, which the types of the tree's manager do not bear beside them.
    version = models.PositiveIntegerField("版本", default=1)

    node_order_by: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            # A jurisdiction is its own; everything else belongs to one.
            models.CheckConstraint(
                condition=Q(kind=UnitKind.JURISDICTION) | Q(jurisdiction__isnull=False), name="unit_has_jurisdiction"
            ),
            models.CheckConstraint(condition=Q(code="") | Q(kind=UnitKind.JURISDICTION), name="unit_code_of_place"),
            models.CheckConstraint(
                condition=Q(founded_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("founded_on")),
                name="unit_in_order",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_on__isnull=False), name="unit_merged_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")), name="unit_not_into_itself"
            ),
            # Units are found by name within a jurisdiction when a plan is committed.
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="unit_name_once"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="unit_code_once"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def place_id(self) -> int:
        """The number of the jurisdiction that it belongs to or is."""
        return int(self.jurisdiction_id or self.pk)


class Official(Versioned):
    """A person who holds or held posts; a contact leader (联系领导) is one."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="officials")
    name = models.CharField("姓名", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "干部"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="official_name_once")]

    def __str__(self) -> str:
        return self.name


class Appointment(Dated):
    """A post (职务) that an official holds in a unit. One official holds the same post once at a time: a trigger on
    either database refuses what overlaps, also when two people write at once (migration `appointment_overlap`)."""

    official = models.ForeignKey(Official, models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    post = models.CharField("职务", max_length=60)
    kind = models.CharField(
        "任职类别", max_length=16, choices=[(kind.value, kind.label) for kind in PostKind], default=PostKind.OTHER.value
    )

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "任职"
        indexes = [
            # Who held a kind of post in a unit on a day (`queries.holders_of`).
            models.Index(fields=["unit", "kind"], name="appointment_by_kind"),
        ]

    def __str__(self) -> str:
        return self.post


class InvestmentGroup(Versioned):
    """专业招商组: led by a city leader; each owes its activities a month."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="investment_groups")
    number = models.PositiveSmallIntegerField("组号")
    name = models.CharField("名称", max_length=60)
    closed_on = models.DateField("撤销日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专业招商组"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="group_number_once")]

    def __str__(self) -> str:
        return self.name


class GroupLead(Dated):
    """Who leads an investment group, from one day to another; one at a time."""

    group = models.ForeignKey(InvestmentGroup, models.CASCADE, related_name="leads")
    official = models.ForeignKey(Official, models.PROTECT, related_name="led_groups")

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "牵头领导"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["group"], condition=Q(until__isnull=True), name="group_lead_once"),
        ]

    def __str__(self) -> str:
        return self.official.name


class SpecialTeam(Versioned):
    """专班: one city leader, one section-level official and some commissioners (`members`), one fund, one base."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="special_teams")
    name = models.CharField("名称", max_length=60)
    fund = models.CharField("基金", max_length=60, blank=True)
    base = models.CharField("基地", max_length=60, blank=True)
    closed_on = models.DateField("撤销日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专班"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class TeamSeat(models.TextChoices):
    """What somebody is in a special team (domain.md §2)."""

    LEADER = "leader", "市领导"
    SECTION = "section", "中层干部"
    COMMISSIONER = "commissioner", "招商专员"


class TeamMember(Dated):
    """Somebody's seat in a special team, from one day to another; of city leaders and section-level officials one at a time."""

    team = models.ForeignKey(SpecialTeam, models.CASCADE, related_name="members")
    official = models.ForeignKey(Official, models.PROTECT, related_name="team_seats")
    seat = models.CharField("席位", max_length=12, choices=TeamSeat)

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "专班成员"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["team", "seat"],
                condition=Q(until__isnull=True) & ~Q(seat=TeamSeat.COMMISSIONER),
                name="team_seat_once",
            ),
            models.UniqueConstraint(
                fields=["team", "official", "seat"], condition=Q(until__isnull=True), name="team_member_once"
            ),
        ]

    def __str__(self) -> str:
        return self.official.name


class LeadingGroup(Versioned):
    """领导小组: who steers the year's plan in a jurisdiction; its office (a unit) writes the bulletins."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="leading_groups")
    name = models.CharField("名称", max_length=100)
    office = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="office_of", verbose_name="办公室设在"
    )
    closed_on = models.DateField("撤销日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "领导小组"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="leading_group_name_once")]

    def __str__(self) -> str:
        return self.name


class Seat(models.TextChoices):
    """What somebody is in a leading group."""

    LEAD = "lead", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"


class LeadingMember(Dated):
    """Somebody's seat in a leading group, or in its office, from one day to another."""

    group = models.ForeignKey(LeadingGroup, models.CASCADE, related_name="members")
    official = models.ForeignKey(Official, models.PROTECT, related_name="leading_seats")
    seat = models.CharField("席位", max_length=8, choices=Seat, default=Seat.MEMBER)
    in_office = models.BooleanField("在办公室任职", default=False)

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "领导小组成员"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "official", "in_office"], condition=Q(until__isnull=True), name="leading_seat_once"
            ),
        ]

    def __str__(self) -> str:
        return self.official.name


class Workbook(models.Model):
    """A workbook that somebody brought, kept between the preview of what it would change and the doing of it."""

    by = models.BigIntegerField("上传人编号")  # accounts stand on organisations: no key points up to them
    at = models.DateTimeField("上传时间", auto_now_add=True)
    name = models.CharField("文件名", max_length=200)
    data = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "组织数据文件"

    def __str__(self) -> str:
        return self.name

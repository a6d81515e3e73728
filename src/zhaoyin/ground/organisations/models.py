"""Who there is: jurisdictions and units in one tree, officials and their posts, groups and special teams."""

from django.db import models
from django.db.models import Q
from treebeard.mp_tree import MP_Node


class UnitKind(models.TextChoices):
    """What a node of the tree is (domain.md §2)."""

    JURISDICTION = "jurisdiction", "行政区划"
    OFFICE = "office", "办公室"
    DEPARTMENT = "department", "部门"
    ZONE = "zone", "开发区"
    TOWN = "town", "镇（街道）"
    ENTERPRISE = "enterprise", "国企"
    OTHER = "other", "其他"


class Unit(MP_Node):
    """A jurisdiction or a unit of one. A scope is a path prefix, so one tree serves a town or a province.

    `jurisdiction` is the nearest jurisdiction above (null for a jurisdiction itself: it is its own).
    """

    kind = models.CharField("类别", max_length=16, choices=UnitKind, default=UnitKind.OTHER)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=30, blank=True)
    code = models.CharField("区划代码", max_length=12, blank=True, help_text="GB/T 2260，只有行政区划有")
    jurisdiction = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    reports = models.BooleanField("按月报进展", default=False, help_text="未报时列入通报的未报名单")
    demo = models.BooleanField("演示数据", default=False)
    opens_on = models.DateField("默认截至日", null=True, blank=True, help_text="演示数据以此日打开")

    node_order_by: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            # A jurisdiction is its own; everything else belongs to one.
            models.CheckConstraint(
                condition=Q(kind=UnitKind.JURISDICTION) | Q(jurisdiction__isnull=False), name="unit_has_jurisdiction"
            ),
            # Units are found by name within a jurisdiction when a plan is committed.
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="unit_name_once"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="unit_code_once"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Official(models.Model):
    """A person who holds or held posts; a contact leader (联系领导) is one."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="officials")
    name = models.CharField("姓名", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "干部"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="official_name_once")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A post (职务) that an official holds in a unit from one day to another; `until` null means to this day."""

    official = models.ForeignKey(Official, models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    post = models.CharField("职务", max_length=60)
    since = models.DateField("任职日", null=True, blank=True)
    until = models.DateField("离任日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="appointment_in_order",
            )
        ]


class InvestmentGroup(models.Model):
    """专业招商组: led by a city leader; each owes its activities a month."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="investment_groups")
    number = models.PositiveSmallIntegerField("组号")
    name = models.CharField("名称", max_length=60)
    lead = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="led_groups")

    class Meta:
        verbose_name = verbose_name_plural = "专业招商组"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="group_number_once")]

    def __str__(self) -> str:
        return self.name


class SpecialTeam(models.Model):
    """专班: one city leader, one section-level official, one fund, one base and some commissioners."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="special_teams")
    name = models.CharField("名称", max_length=60)
    city_leader = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="+")
    section_official = models.ForeignKey(Official, models.PROTECT, null=True, blank=True, related_name="+")
    fund = models.CharField("基金", max_length=60, blank=True)
    base = models.CharField("基地", max_length=60, blank=True)
    commissioners = models.ManyToManyField(Official, related_name="commissioned_by", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专班"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name

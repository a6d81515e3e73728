"""招引备案: which unit registered a lead when, what it did since, who disputes it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

KINDS = [("named", "明确专人"), ("judged", "初步研判"), ("answered", "答复介绍人"), ("followed", "跟进")]


class Terms(models.Model):
    """The days that hold in a jurisdiction from `since` on; before the first row those of `rules.Times`."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="filing_terms")
    since = models.DateField("起始日")
    protection = models.PositiveSmallIntegerField("保护期", default=90)
    named = models.PositiveSmallIntegerField("明确专人", default=1)
    judged = models.PositiveSmallIntegerField("初步研判", default=3)
    answered = models.PositiveSmallIntegerField("答复介绍人", default=7)
    repeat = models.PositiveSmallIntegerField("以后每隔", default=14)

    class Meta:
        verbose_name = verbose_name_plural = "备案时限"
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "since"], name="terms_once_a_day"),
            models.CheckConstraint(condition=Q(protection__gte=1, repeat__gte=1), name="terms_positive"),
        ]


class Status(models.TextChoices):
    """Whether the unit holds the lead. That a period is over is computed; LAPSED says that somebody else holds it since."""

    HOLDING = "holding", "首报"
    LATER = "later", "后报"
    LAPSED = "lapsed", "已让出"


class Filing(models.Model):
    """A unit registers a lead. `at` is the server's time, by which the order is decided; `on` the day that it counts from.

    `key` is what two filings of one lead share (`record.projects.rules.lead_key`): one unit holds it at a time.
    """

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="filings")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="filed", verbose_name="备案单位")
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="filings")
    name = models.CharField("项目名称", max_length=200)
    investor = models.CharField("投资方", max_length=300)
    group = models.CharField("所属集团", max_length=100, blank=True)
    place = models.CharField("拟落户地", max_length=100, blank=True)
    introducer = models.CharField("介绍人", max_length=60, blank=True)
    text = models.CharField("情况", max_length=500, blank=True)
    key = models.CharField(max_length=400, blank=True)
    status = models.CharField("状态", max_length=8, choices=Status, default=Status.HOLDING)
    on = models.DateField("备案日")
    until = models.DateField("保护到")
    at = models.DateTimeField("备案时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "招引备案"
        ordering = ["-at", "-id"]
        indexes = [
            # The list, the newest first; of one unit's people.
            models.Index(fields=["jurisdiction", "-at"], name="filing_by_time"),
            models.Index(fields=["unit", "-at"], name="filing_by_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "key"], condition=Q(status="holding") & ~Q(key=""), name="lead_held_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """What the holder did for the lead on a day."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="steps")
    kind = models.CharField("事项", max_length=10, choices=KINDS)
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "备案事项"
        ordering = ["on", "id"]


class Outcome(models.TextChoices):
    """What the office decided about an appeal."""

    UPHELD = "upheld", "维持首报单位"
    REVERSED = "reversed", "改由申诉单位负责"
    DISTINCT = "distinct", "不是同一条线索，各自成立"


class Appeal(models.Model):
    """A unit that came later disputes who was first; the office decides."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="appeals")
    text = models.CharField("申诉理由", max_length=500)
    on = models.DateField("申诉日")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("裁定", max_length=8, choices=Outcome, blank=True)
    reason = models.CharField("裁定理由", max_length=500, blank=True)
    decided_on = models.DateField("裁定日", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "备案申诉"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["filing"], condition=Q(outcome=""), name="one_open_appeal")]

    def __str__(self) -> str:
        return str(self.filing)

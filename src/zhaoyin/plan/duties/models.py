"""Standing duties of a plan; the attendance computed from them follows with the activities."""

from django.db import models

from zhaoyin.kernel.comparators import Comparator
from zhaoyin.kernel.period import RECURRENCE

COMPARATORS = [(comparator.value, comparator.label) for comparator in Comparator]


class Duty(models.Model):
    """职责要求: each of `who` owes `comparator` `numerator/denominator` of `measure` per `period`; `soft` is 原则上."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="duties")
    position = models.PositiveSmallIntegerField(default=0)
    who = models.JSONField("对象", default=list)
    measure = models.CharField("内容", max_length=100)
    kind = models.CharField(max_length=8, choices=[("share", "占比"), ("count", "次数")])
    period = models.CharField(max_length=8, choices=list(RECURRENCE.items()), blank=True)
    comparator = models.CharField(max_length=2, choices=COMPARATORS, default=Comparator.GE)
    numerator = models.DecimalField(max_digits=12, decimal_places=4)
    denominator = models.DecimalField(max_digits=12, decimal_places=4, default=1)
    unit = models.CharField("单位", max_length=16, blank=True)
    each = models.BooleanField("逐个考核", default=True)
    soft = models.BooleanField("原则上", default=False)
    quote = models.TextField("原文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "职责要求"
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{'、'.join(self.who)}：{self.measure}"

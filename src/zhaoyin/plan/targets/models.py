"""Annual targets of a plan."""

from django.db import models

from zhaoyin.kernel.comparators import Comparator

COMPARATORS = [(comparator.value, comparator.label) for comparator in Comparator]


class Target(models.Model):
    """目标: metric, comparator, value and unit, counted from `floor_yi` 亿元 upwards."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField("目标", max_length=100)
    metric = models.CharField("指标", max_length=40, blank=True)
    comparator = models.CharField(max_length=2, choices=COMPARATORS, default=Comparator.GE)
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4)
    unit = models.CharField("单位", max_length=16)
    floor_yi = models.DecimalField("起点（亿元）", max_digits=18, decimal_places=6, null=True, blank=True)
    scope = models.CharField("范围", max_length=60, blank=True)
    quote = models.TextField("原文", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "目标"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label

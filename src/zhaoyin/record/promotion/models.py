"""Promotion events: what was held, large or small."""

from django.db import models


class EventKind(models.TextChoices):
    """The plan counts the two kinds apart (clause 3.2: large ≥ 2, small ≥ 4 a year)."""

    LARGE = "large", "大型推介签约"
    SMALL = "small", "小型针对性推介"


class Event(models.Model):
    """推介活动: one event on one day."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="events")
    kind = models.CharField("类别", max_length=8, choices=EventKind)
    title = models.CharField("名称", max_length=100)
    on = models.DateField("日期")
    place = models.CharField("地点", max_length=60, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主办单位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "推介活动"
        indexes = [
            # A year's events of a jurisdiction, counted for the targets.
            models.Index(fields=["jurisdiction", "on"], name="event_by_day")
        ]

    def __str__(self) -> str:
        return self.title

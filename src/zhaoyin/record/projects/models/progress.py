"""What moved, what was told, what stands in the way."""

from django.conf import settings
from django.db import models

from .project import Project
from .stages import Phase


class Movement(models.Model):
    """A day on which something moved in a project, whatever room recorded it: from these any past day is answered."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="movements")
    on = models.DateField()

    class Meta:
        verbose_name = verbose_name_plural = "变动日"
        constraints = [models.UniqueConstraint(fields=["project", "on"], name="movement_once")]


class Note(models.Model):
    """进展: what happened to a project on a day, in the words of the unit that reports it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="notes")
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="notes")
    on = models.DateField("日期")
    text = models.TextField("内容")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "进展"
        ordering = ["-on", "-id"]
        indexes = [
            # The latest note of each project on a page of the list.
            models.Index(fields=["project", "-on", "-id"], name="note_by_project"),
            # Which units reported in a month.
            models.Index(fields=["on", "unit"], name="note_by_day_unit"),
        ]


class ProblemKind(models.TextChoices):
    """What stands in a project's way."""

    MONEY = "money", "资金"
    LAND = "land", "土地"
    POLICY = "policy", "政策"
    APPROVAL = "approval", "审批"
    OTHER = "other", "其他"


class Problem(models.Model):
    """存在问题: with an owner and a day, never a free paragraph."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="problems")
    kind = models.CharField("类别", max_length=16, choices=ProblemKind)
    text = models.CharField("问题", max_length=300)
    raised_on = models.DateField("提出日")
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解决单位"
    )
    due_on = models.DateField("应解决日", null=True, blank=True)
    settled_on = models.DateField("解决日", null=True, blank=True)
    answer = models.CharField("答复", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题"

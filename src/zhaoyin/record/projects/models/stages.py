"""The parts of a project, and how far each has come."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhaoyin.kernel.stages import Stage

from .project import STAGE_CHOICES, Project


class Phase(models.Model):
    """分期. Stages belong to phases; a project without phases has one with an empty name."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField("名称", max_length=30, blank=True)
    investment_yi = models.DecimalField("投资（亿元）", max_digits=18, decimal_places=6, null=True, blank=True)
    land_mu = models.DecimalField("用地（亩）", max_digits=14, decimal_places=4, null=True, blank=True)
    stage = models.CharField("阶段", max_length=16, choices=STAGE_CHOICES, default=Stage.LEAD)
    stage_on = models.DateField("进入本阶段日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "分期"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="phase_name_once")]

    def __str__(self) -> str:
        return self.name or self.project.name


class Paper(models.TextChoices):
    """What was signed. Only a formal investment agreement is a signing (domain.md §3, counting)."""

    FORMAL = "formal", "正式投资协议"
    FRAMEWORK = "framework", "框架协议"
    CHARTER = "charter", "章程"


class StageChange(models.Model):
    """A phase moved to a stage on a day. The rows are the history from which any past day is answered.

    `entry` marks the stage a phase was already in when the library came to know it: a fact of an unknown earlier day,
    never counted as this year's signing, landing or start. From `annulled_on` on, the day on which the phase was sent back,
    it no longer holds (`holding`): what was counted on earlier days stays as it was.
    """

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="changes")
    stage = models.CharField("阶段", max_length=16, choices=STAGE_CHOICES)
    on = models.DateField("日期")
    entry = models.BooleanField("入库时已处阶段", default=False)
    paper = models.CharField("协议类型", max_length=16, choices=Paper, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    annulled_on = models.DateField("退回日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "阶段变动"
        ordering = ["on", "id"]
        indexes = [
            # What was signed, landed or started in a period.
            models.Index(fields=["stage", "on"], name="change_by_stage_day")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=True) | ~Q(stage=Stage.SIGNED) | Q(paper=Paper.FORMAL),
                name="signed_by_formal_agreement",
            )
        ]


def holding(as_of: date, row: str = "") -> Q:
    """The stage changes that were made by the day and had not been taken back by then; `row` leads to the change."""
    undone = Q(**{f"{row}annulled_on__isnull": True}) | Q(**{f"{row}annulled_on__gt": as_of})
    return Q(**{f"{row}on__lte": as_of}) & undone

"""Whether a project is pursued, day by day: paused, terminated, handed on, resumed."""

from django.conf import settings
from django.db import models

from zhaoyin.kernel.stages import STANDING_LABELS

from .project import Project

STANDINGS = [(one.value, label) for one, label in STANDING_LABELS.items()]


class StandingChange(models.Model):
    """状态变动: from the day on the project stood so, for a reason. `stood` is how it stood before.

    `winner` is who won a project that was terminated; `unit` the one that it was handed to and `former` the one that had it,
    `place` where it went outside; `until` the day on which a paused one is to be looked at again.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="standings")
    stood = models.CharField("原状态", max_length=16, choices=STANDINGS)
    standing = models.CharField("状态", max_length=16, choices=STANDINGS)
    on = models.DateField("日期")
    reason = models.CharField("原因", max_length=300)
    winner = models.CharField("最终落户何处、由谁引进", max_length=200, blank=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    former = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原主责单位"
    )
    place = models.CharField("流转去向", max_length=100, blank=True)
    until = models.DateField("何时再议", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "状态变动"
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="standing_for_a_reason")]
        indexes = [
            # How a project stood on a day.
            models.Index(fields=["project", "-on", "-id"], name="standing_by_project")
        ]

"""Two projects that became one."""

from django.conf import settings
from django.db import models

from .project import Project


class Merging(models.Model):
    """合并: the project numbered `gone` went into `project`. Its number leads on; `changes` is what an undo needs.

    `changes` is made and read by `actions.joining`: rows moved, rows left out, fields filled in. `kept` names what an undo left.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="mergings")
    gone = models.BigIntegerField("原编号")
    gone_name = models.CharField("原名称", max_length=200)
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = "合并"
        ordering = ["-id"]
        constraints = [
            # A project goes into one other at a time.
            models.UniqueConstraint(fields=["gone"], condition=models.Q(undone_at__isnull=True), name="merging_once")
        ]

    def __str__(self) -> str:
        return f"“{self.gone_name}”并入“{self.project}”"

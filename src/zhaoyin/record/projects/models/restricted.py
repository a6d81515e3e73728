"""Projects that named people only may see."""

from django.conf import settings
from django.db import models

from .project import Project


class Restriction(models.Model):
    """限定范围: the project exists only for those `named`, whatever their roles' scope. Few projects have one."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="restriction")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "限定范围"


class Named(models.Model):
    """Somebody who may see a restricted project."""

    restriction = models.ForeignKey(Restriction, models.CASCADE, related_name="named")
    official = models.ForeignKey("organisations.Official", models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["restriction", "official"], name="named_once")]

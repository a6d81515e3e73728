"""Other names of a project."""

from django.db import models

from .project import Project


class AliasKind(models.TextChoices):
    """Where another name comes from."""

    FORMER = "former", "曾用名"
    SHORT = "short", "简称"
    MERGED = "merged", "并入项目"
    OTHER = "other", "其他"


class Alias(models.Model):
    """别名: a name under which somebody else knows the project; searches find the project by it. The statistics bureau's stands
    in `Economy`, beside its total."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="aliases")
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("来源", max_length=12, choices=AliasKind, default=AliasKind.FORMER)

    class Meta:
        verbose_name = verbose_name_plural = "别名"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name

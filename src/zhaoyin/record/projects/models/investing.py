"""Who invests in a project: the records beside the words printed in `Project.investor`, which stay as they are."""

from django.db import models

from .project import Project


class StakeKind(models.TextChoices):
    """What an investor is to the project."""

    MAIN = "main", "主投资方"
    PARTNER = "partner", "合作方"
    INTENDED = "intended", "意向方"


class Stake(models.Model):
    """An investor of a project; `percent` is its share of the money where that is known."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stakes")
    investor = models.ForeignKey("investors.Investor", models.PROTECT, related_name="stakes")
    kind = models.CharField("角色", max_length=12, choices=StakeKind, default=StakeKind.MAIN)
    percent = models.DecimalField("出资比例（%）", max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目投资方"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["project", "investor"], name="stake_once")]

"""What projects need to land on: for now the platforms that the plan names."""

from django.db import models


class Platform(models.Model):
    """平台: an industrial park or town where projects settle."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="platforms")
    name = models.CharField("名称", max_length=60)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="管理单位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "平台"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="platform_name_once")]

    def __str__(self) -> str:
        return self.name

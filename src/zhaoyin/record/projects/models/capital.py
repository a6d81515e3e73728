"""Foreign capital that was really used."""

from django.db import models

from .project import Project


class ForeignCapital(models.Model):
    """实际使用外资: one dated amount actually used, in 万美元.

    `paid` is what arrived, in 10,000 of `currency`, and `rate` how many US dollars one of it was on that day: stored, so that
    the figure can be worked out again. None of the three is known of what was entered in dollars only.
    """

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="foreign_capital")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="foreign_capital")
    on = models.DateField("到账日")
    amount_wan_usd = models.DecimalField("金额（万美元）", max_digits=14, decimal_places=4)
    paid = models.DecimalField("到账金额（万）", max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField("币种", max_length=10, blank=True)
    rate = models.DecimalField("折美元汇率", max_digits=12, decimal_places=6, null=True, blank=True)
    note = models.CharField("凭证", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "实际使用外资"
        indexes = [models.Index(fields=["jurisdiction", "on"], name="capital_by_day")]

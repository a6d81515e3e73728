"""What a project is to the economy: codes, industry, fixed investment, and what was promised against what came."""

from django.db import models
from django.db.models import Q

from zhaoyin.kernel.industries import STANDARD

from .project import Project


class Economy(models.Model):
    """The figures and codes of a project that lists do not show; one row where anything is known.

    `statistics_*` are the statistics bureau's, beside ours: the two need not agree.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="economy")
    code = models.CharField("项目代码", max_length=40, blank=True)
    statistics_name = models.CharField("统计名称", max_length=200, blank=True)
    statistics_yi = models.DecimalField("纳统总投资（亿元）", max_digits=18, decimal_places=6, null=True, blank=True)
    fixed_yi = models.DecimalField("固定资产投资（亿元）", max_digits=18, decimal_places=6, null=True, blank=True)
    industry = models.CharField("行业代码", max_length=4, blank=True)
    industry_standard = models.CharField("行业分类标准", max_length=30, default=STANDARD)
    contracted_wan_usd = models.DecimalField(
        "合同外资（万美元）", max_digits=14, decimal_places=4, null=True, blank=True
    )
    contracted_on = models.DateField("合同外资日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目经济资料"
        indexes = [
            # The projects of an industry.
            models.Index(fields=["industry"], name="economy_by_industry")
        ]


class Measure(models.TextChoices):
    """What a project promises and yields in a year, each in one unit (`rules.UNITS_OF_MEASURES`)."""

    OUTPUT = "output", "产值"
    TAX = "tax", "税收"
    JOBS = "jobs", "就业"
    ENERGY = "energy", "能耗"


class Yield(models.Model):
    """One measure of one year. `year` None is the promise of the agreement for a year of full capacity."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="yields")
    measure = models.CharField("指标", max_length=8, choices=Measure)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    promised = models.DecimalField("承诺", max_digits=18, decimal_places=4, null=True, blank=True)
    actual = models.DecimalField("实际", max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "承诺与实际"
        ordering = ["measure", "year"]
        constraints = [
            models.UniqueConstraint(fields=["project", "measure", "year"], name="yield_once"),
            models.UniqueConstraint(fields=["project", "measure"], condition=Q(year=None), name="yield_promise_once"),
        ]


class LeadingIndustry(models.Model):
    """主导产业 of a jurisdiction: a name of its own, and the codes of the standard that it takes in, apart by blanks."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="leading_industries")
    name = models.CharField("名称", max_length=60)
    codes = models.CharField("行业代码", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "主导产业"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="leading_industry_once")]

    def __str__(self) -> str:
        return self.name

"""Who invests: companies, groups, consortia, and investors from abroad."""

from django.db import models
from django.db.models import Q


class InvestorKind(models.TextChoices):
    """What an investor is. Companies and groups registered in the mainland have a USCC (GB 32100); others have none."""

    COMPANY = "company", "企业"
    GROUP = "group", "集团"
    CONSORTIUM = "consortium", "联合体"
    FOREIGN = "foreign", "境外投资者"


class Investor(models.Model):
    """投资方. `group` is the one it belongs to; `open` says that not all members of a consortium are named (…等)."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="investors")
    kind = models.CharField("类别", max_length=12, choices=InvestorKind, default=InvestorKind.COMPANY)
    name = models.CharField("名称", max_length=200)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    country = models.CharField("国家（地区）", max_length=30, blank=True)
    group = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="companies", verbose_name="所属集团"
    )
    members = models.ManyToManyField("self", through="Membership", symmetrical=False, related_name="consortia")
    open = models.BooleanField("还有未列名的企业", default=False)
    note = models.CharField("备注", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "投资方"
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="investor_name_once"),
            models.UniqueConstraint(fields=["jurisdiction", "uscc"], condition=~Q(uscc=""), name="investor_uscc_once"),
            models.CheckConstraint(
                condition=Q(uscc="") | Q(kind__in=["company", "group"]), name="investor_uscc_of_home"
            ),
            models.CheckConstraint(condition=~Q(kind="foreign") | ~Q(country=""), name="investor_abroad_has_country"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member of a consortium, in the order printed."""

    consortium = models.ForeignKey(Investor, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Investor, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["consortium", "member"], name="member_once")]

"""The project library: what each project is and how far it has come.

`Project` is kept narrow (no long text): lists filter, sort and add up ten thousand of these rows in one pass.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhaoyin.ground.sealing import Sealed, SealedField
from zhaoyin.kernel.stages import LABELS, STANDING_LABELS, Stage, Standing

STAGE_CHOICES = [(stage.value, label) for stage, label in LABELS.items()]


class Project(models.Model):
    """One investment project.

    `stage` is the furthest of its phases, `moved_on` the day of the last movement (a stage, a note, a milestone reached),
    `known_on` the first day the library knows it. `due_on` and `strive_on` are the earliest promised and striven-for days
    still open: plan.schedules keeps them here, so that a list needs one table for its lights. `recorded_on` is the last
    day on which one of these facts changed: asked for an earlier day, queries look into the history instead.
    """

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="projects")
    name = models.CharField("项目名称", max_length=200)
    investor = models.CharField("投资方", max_length=300, blank=True)
    investment_yi = models.DecimalField("总投资（亿元）", max_digits=18, decimal_places=6, null=True, blank=True)
    land_mu = models.DecimalField("用地（亩）", max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_projects",
        verbose_name="主责单位",
    )
    platform = models.ForeignKey("resources.Platform", models.PROTECT, null=True, blank=True, related_name="projects")
    leaders = models.ManyToManyField("organisations.Official", through="ContactLeader", related_name="led_projects")
    team = models.ForeignKey(
        "organisations.SpecialTeam", models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="专班"
    )
    stage = models.CharField("阶段", max_length=16, choices=STAGE_CHOICES, default=Stage.LEAD)
    standing = models.CharField(
        "状态",
        max_length=16,
        choices=[(s.value, label) for s, label in STANDING_LABELS.items()],
        default=Standing.ACTIVE,
    )
    known_on = models.DateField("入库日")
    moved_on = models.DateField("最近变动日")
    due_on = models.DateField("最早应完成日", null=True, blank=True)
    strive_on = models.DateField("最早争取日", null=True, blank=True)
    recorded_on = models.DateField("最近记录日")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        indexes = [
            # The lists of one unit.
            models.Index(fields=["jurisdiction", "unit"], name="project_by_unit"),
            # The list sorted by size, land, name, next day, last movement: a page is read without sorting the whole.
            models.Index(fields=["jurisdiction", "investment_yi"], name="project_by_size"),
            models.Index(fields=["jurisdiction", "land_mu"], name="project_by_land"),
            models.Index(fields=["jurisdiction", "name"], name="project_by_name"),
            models.Index(fields=["jurisdiction", "due_on"], name="project_by_due"),
            models.Index(fields=["jurisdiction", "moved_on"], name="project_by_moved"),
            # Whether anything changed after a day.
            models.Index(fields=["recorded_on"], name="project_by_recorded"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectText(models.Model):
    """The long texts of a project, and whatever no column took (`extra`: heading → text as printed)."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="text")
    content = models.TextField("项目内容", blank=True)
    site = models.CharField("选址", max_length=200, blank=True)
    investment_printed = models.CharField("总投资原文", max_length=100, blank=True)
    land_printed = models.CharField("用地原文", max_length=100, blank=True)
    extra = models.JSONField("其他栏目", default=dict)


class ContactLeader(models.Model):
    """联系领导: an official who leads a project, in the order printed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="contact_leaders")
    official = models.ForeignKey("organisations.Official", models.PROTECT, related_name="contact_projects")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "official"], name="leader_once")]


class Share(models.Model):
    """A project shown to a unit outside its own, which may report progress on it where `reports` says so."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="shares")
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+", verbose_name="共享给")
    reports = models.BooleanField("可以填报进展", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "共享"
        constraints = [models.UniqueConstraint(fields=["project", "unit"], name="share_once")]

    def __str__(self) -> str:
        return f"{self.project}共享给{self.unit}"


class Contact(models.Model):
    """联系人 of the investor. The phone is personal data: it lies sealed, and whoever opens it says why.

    What pages show is `masked`, so that none of them comes near the number itself.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="contacts")
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=60, blank=True)
    phone = SealedField("电话", blank=True, default=Sealed)
    masked = models.CharField("电话（部分隐去）", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "联系人"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


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
    never counted as this year's signing, landing or start.
    """

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="changes")
    stage = models.CharField("阶段", max_length=16, choices=STAGE_CHOICES)
    on = models.DateField("日期")
    entry = models.BooleanField("入库时已处阶段", default=False)
    paper = models.CharField("协议类型", max_length=16, choices=Paper, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
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


class Movement(models.Model):
    """A day on which something moved in a project, whatever room recorded it: from these any past day is answered."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="movements")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "on"], name="movement_once")]


class Note(models.Model):
    """进展: what happened to a project on a day, in the words of the unit that reports it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="notes")
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="notes")
    on = models.DateField("日期")
    text = models.TextField("内容")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "进展"
        ordering = ["-on", "-id"]
        indexes = [
            # The latest note of each project on a page of the list.
            models.Index(fields=["project", "-on", "-id"], name="note_by_project"),
            # Which units reported in a month.
            models.Index(fields=["on", "unit"], name="note_by_day_unit"),
        ]


class ProblemKind(models.TextChoices):
    """What stands in a project's way."""

    MONEY = "money", "资金"
    LAND = "land", "土地"
    POLICY = "policy", "政策"
    APPROVAL = "approval", "审批"
    OTHER = "other", "其他"


class Problem(models.Model):
    """存在问题: with an owner and a day, never a free paragraph."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="problems")
    kind = models.CharField("类别", max_length=16, choices=ProblemKind)
    text = models.CharField("问题", max_length=300)
    raised_on = models.DateField("提出日")
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解决单位"
    )
    due_on = models.DateField("应解决日", null=True, blank=True)
    settled_on = models.DateField("解决日", null=True, blank=True)
    answer = models.CharField("答复", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题"


class ForeignCapital(models.Model):
    """实际使用外资: one dated amount actually used, in 万美元."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="foreign_capital")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="foreign_capital")
    on = models.DateField("到账日")
    amount_wan_usd = models.DecimalField("金额（万美元）", max_digits=14, decimal_places=4)
    note = models.CharField("凭证", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "实际使用外资"
        indexes = [models.Index(fields=["jurisdiction", "on"], name="capital_by_day")]

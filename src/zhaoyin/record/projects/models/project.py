"""What a project is, and its long texts."""

from django.db import models

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

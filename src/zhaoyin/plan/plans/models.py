"""A plan, the documents it came from, what was read from them and what a commit made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Plan(models.Model):
    """行动方案: one year's plan of one jurisdiction. Targets, duties and milestones hang on it."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("标题", max_length=200)
    sections = models.JSONField("清单分节", default=list, help_text="[{title, declared, read}] 按文中次序")

    class Meta:
        verbose_name = verbose_name_plural = "行动方案"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "year", "title"], name="plan_once")]

    def __str__(self) -> str:
        return self.title


class DocumentState(models.TextChoices):
    """How far a document has come."""

    WAITING = "waiting", "待读取"
    READING = "reading", "读取中"
    READ = "read", "待核对"
    FAILED = "failed", "读取失败"
    COMMITTED = "committed", "已建立"
    UNDONE = "undone", "已撤销"


class PlanDocument(models.Model):
    """A file that somebody brought, and its reading as edited in the review.

    `source` holds the blocks of the file for the review page, `reading` the values (see documents.reading.as_json)
    with their places. `version` counts edits, so that the second of two editors is told.
    """

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="plan_documents")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="documents")
    name = models.CharField("文件名", max_length=200)
    path = models.CharField(max_length=200, help_text="数据目录内的相对路径")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField("字节数")
    year_hint = models.PositiveSmallIntegerField("指定年度", null=True, blank=True)
    state = models.CharField("状态", max_length=16, choices=DocumentState, default=DocumentState.WAITING)
    message = models.CharField("说明", max_length=300, blank=True)
    source = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "方案文件"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """A project's row in a plan: where it is printed, what this year pushes, its goals in the plan's words."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="entries")
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="plan_entries")
    seq = models.PositiveIntegerField("序号", null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    section = models.CharField("年度抓手", max_length=100, blank=True)
    goals = models.TextField("全年工作目标", blank=True)
    progress = models.JSONField("进展情况", default=list, help_text="方案印发时的进展，逐条")
    complete = models.BooleanField("读取完整", default=True)
    dropped = models.BooleanField("新版已删", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "方案项目"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "project"], name="entry_once")]
        indexes = [
            # The library's tabs, and the list of one of them.
            models.Index(fields=["plan", "section", "dropped", "project"], name="entry_by_section"),
            # The library in the plan's order: a page is read without sorting the whole.
            models.Index(fields=["plan", "position", "dropped", "project"], name="entry_by_position"),
        ]


class Doubt(models.Model):
    """疑点: something the reading could not decide. An open one stays with its project until somebody settles it."""

    document = models.ForeignKey(PlanDocument, models.CASCADE, related_name="doubts")
    project = models.ForeignKey("projects.Project", models.CASCADE, null=True, blank=True, related_name="doubts")
    number = models.PositiveIntegerField("编号")
    row = models.PositiveIntegerField("项目行", null=True, blank=True, help_text="读取结果中的第几个项目，从 0 起")
    field = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    quote = models.TextField(blank=True)
    place = models.JSONField(null=True, blank=True)
    settlement = models.CharField("处理", max_length=300, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "疑点"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="settled_by_and_at",
            )
        ]


class Commit(models.Model):
    """What one commit made and changed, so that it can be undone as a whole.

    `changes` is what `actions.image` keeps: rows made, rows as they were before, the journal's last line; `kept` names what
    an undo left.
    """

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="commits")
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, related_name="commits")
    on = models.DateField("建立日")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=dict)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = "建立"
        ordering = ["-id"]

"""A list that somebody brought, how its columns are understood, and what became of each of its rows."""

from django.conf import settings
from django.db import models

from .rules import OUTCOMES, Outcome


class BatchState(models.TextChoices):
    """How far a list has come."""

    WAITING = "waiting", "待读取"
    READING = "reading", "读取中"
    READ = "read", "待核对"
    FAILED = "failed", "没有读成"
    COMMITTING = "committing", "导入中"
    COMMITTED = "committed", "已导入"
    UNDONE = "undone", "已撤销"


class Batch(models.Model):
    """One list brought in. `table` is what was read: {columns: [{label, role, money, area}], rows: [[number, [text]]]};
    `mapping` says what each column is: [{field, unit}]. `changes` is what an undo needs (see actions.committing).
    """

    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    path = models.CharField(max_length=200, help_text="数据目录内的相对路径")
    size = models.PositiveIntegerField("字节数")
    state = models.CharField("状态", max_length=16, choices=BatchState, default=BatchState.WAITING)
    message = models.CharField("说明", max_length=300, blank=True)
    notes = models.JSONField("读取说明", default=list)
    shape = models.CharField(max_length=64, blank=True, help_text="各列标题的摘要")
    table = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = "项目导入"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """One row of a list and what would become of it. `choice` answers its questions: {question: answer}."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("行号")
    name = models.CharField("项目名称", max_length=200, blank=True)
    outcome = models.CharField(max_length=16, choices=[(one.value, OUTCOMES[one]) for one in Outcome])
    reasons = models.JSONField(default=list)
    changes = models.JSONField(default=list, help_text="[[栏目, 现在, 表中]]")
    questions = models.JSONField(default=list, help_text="[[问题, [[答案, 说法]]]]")
    project = models.ForeignKey("projects.Project", models.SET_NULL, null=True, blank=True, related_name="+")
    choice = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "导入的行"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="line_once")]
        indexes = [
            # One page of the rows with one outcome, and how many there are of each.
            models.Index(fields=["batch", "outcome", "number"], name="line_by_outcome")
        ]


class Remembered(models.Model):
    """How the columns of lists with these headings were understood the last time somebody said so."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+")
    shape = models.CharField(max_length=64)
    mapping = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "shape"], name="shape_once")]

"""Milestones: dated promises of a project or phase, with every date they ever had."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhaoyin.kernel.stages import FRAMEWORK, FRAMEWORK_LABEL
from zhaoyin.record.projects.models import STAGE_CHOICES

REACHES = [*STAGE_CHOICES, (FRAMEWORK, FRAMEWORK_LABEL)]


class MilestoneKind(models.TextChoices):
    """How firmly a date was promised (domain.md §4)."""

    PLANNED = "planned", "计划"
    STRIVE = "strive", "争取"
    DEADLINE = "deadline", "截止"
    UNDATED = "undated", "未定期"


class Milestone(models.Model):
    """节点. `when` and `text` stay as printed; `start` and `end` are the dates in force today.

    `plan` is null for a milestone that a person added. A milestone that a newer edition dropped is `withdrawn_on`.
    """

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="milestones", db_index=False)
    phase = models.ForeignKey("projects.Phase", models.CASCADE, null=True, blank=True, related_name="milestones")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, null=True, blank=True, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    when = models.CharField("时间原文", max_length=60, blank=True)
    text = models.TextField("内容")
    kind = models.CharField("性质", max_length=16, choices=MilestoneKind)
    stage = models.CharField("达到阶段", max_length=16, choices=REACHES, blank=True)
    start = models.DateField("起", null=True, blank=True)
    end = models.DateField("止", null=True, blank=True)
    known_on = models.DateField("列入日")
    reached_on = models.DateField("完成日", null=True, blank=True)
    withdrawn_on = models.DateField("撤销日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        ordering = ["project", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MilestoneKind.UNDATED, end__isnull=True) | ~Q(kind=MilestoneKind.UNDATED),
                name="undated_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")), name="window_in_order"
            ),
        ]
        indexes = [
            # A project's milestones, the next one first.
            models.Index(fields=["project", "end", "position", "id"], name="milestone_by_project"),
            # What falls due or was missed in a period.
            models.Index(fields=["end"], name="milestone_by_end"),
            # What was reached in a period.
            models.Index(fields=["reached_on"], name="milestone_by_reached"),
        ]

    def __str__(self) -> str:
        return self.text


class Move(models.Model):
    """改期: the dates before and after, the reason and who did it. The first move keeps the original date for good."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="moves")
    on = models.DateField("改期日")
    from_start = models.DateField(null=True, blank=True)
    from_end = models.DateField(null=True, blank=True)
    from_kind = models.CharField(max_length=16, choices=MilestoneKind)
    to_start = models.DateField(null=True, blank=True)
    to_end = models.DateField(null=True, blank=True)
    to_kind = models.CharField(max_length=16, choices=MilestoneKind)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "改期"
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="move_has_reason")]

"""What a jurisdiction asks for between stages, and moves that wait for a second person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .project import STAGE_CHOICES
from .stages import Paper, Phase


class Gates(models.Model):
    """阶段和准入条件 of a jurisdiction from a day on, as text (`rules.read_gates`); before the first the default holds."""

    jurisdiction = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="gates")
    valid_from = models.DateField("自何日起")
    basis = models.CharField("依据", max_length=200)
    text = models.TextField("内容")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "阶段和准入条件"
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "valid_from"], name="gates_once_a_day")]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.valid_from} 起的阶段和准入条件"


class Answer(models.TextChoices):
    """What became of a request."""

    AGREED = "agreed", "已同意"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class MoveRequest(models.Model):
    """A phase is to move to a stage, onwards or back, as soon as a second person agrees. `stood` is where it stood."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="requests")
    stood = models.CharField("原阶段", max_length=16, choices=STAGE_CHOICES)
    stage = models.CharField("拟入阶段", max_length=16, choices=STAGE_CHOICES)
    back = models.BooleanField("退回", default=False)
    on = models.DateField("日期")
    paper = models.CharField("协议类型", max_length=16, choices=Paper, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField("结果", max_length=16, choices=Answer, blank=True)
    answer_note = models.CharField("意见", max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "待确认的阶段变动"
        constraints = [
            models.UniqueConstraint(fields=["phase"], condition=Q(answer=""), name="one_open_request"),
            models.CheckConstraint(
                condition=~Q(answer__in=[Answer.AGREED, Answer.REFUSED]) | ~Q(answered_by=F("by")),
                name="answered_by_another",
            ),
            models.CheckConstraint(condition=Q(back=False) | ~Q(note=""), name="back_for_a_reason"),
        ]

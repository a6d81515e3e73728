"""What was done in a stage: duties ticked off, and the files that prove that a stage was reached."""

from django.conf import settings
from django.db import models

from .project import STAGE_CHOICES
from .stages import Phase


class DutyDone(models.Model):
    """A duty of the gate table, by its words, that was done in a stage; `since` is the day on which the phase had come to
    the stage: after going back and coming again it is to be done anew.
    """

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="duties_done")
    stage = models.CharField("阶段", max_length=16, choices=STAGE_CHOICES)
    since = models.DateField("进入本阶段日")
    text = models.CharField("职责", max_length=200)
    on = models.DateField("完成日")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已完成的阶段职责"
        constraints = [models.UniqueConstraint(fields=["phase", "stage", "since", "text"], name="duty_done_once")]


class Evidence(models.Model):
    """凭据: a file of the project that proves, for one `item` of the gate table, that the phase came to the stage."""

    phase = models.ForeignKey(Phase, models.CASCADE, related_name="evidence")
    stage = models.CharField("阶段", max_length=16, choices=STAGE_CHOICES)
    item = models.CharField("凭据", max_length=100)
    attachment = models.ForeignKey("attachments.Attachment", models.CASCADE, related_name="+", verbose_name="文件")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "阶段凭据"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["phase", "stage", "item", "attachment"], name="evidence_once")]

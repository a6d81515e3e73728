"""Who did what, when: rows are only ever added."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act. `act` is `room.verb`; `subject` is the record it was done to, by kind and number, so that any room may write."""

    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="journal_entries")
    act = models.CharField("动作", max_length=60)
    subject_kind = models.CharField("对象类别", max_length=40)
    subject_id = models.BigIntegerField("对象编号")
    subject_name = models.CharField("对象名称", max_length=200)
    # A line outlives what it speaks of.
    jurisdiction = models.ForeignKey(
        "organisations.Unit", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        indexes = [
            # The history of one record, newest first.
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="journal_by_subject"),
        ]

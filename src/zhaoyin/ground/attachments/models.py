"""What is known of a file: what it hangs on, what it is called, where it lies, who brought it."""

from django.conf import settings
from django.db import models

from .rules import KINDS


class Attachment(models.Model):
    """附件: one file of one record. The record is named by kind and number, so that any room may have files.

    A file of the same name on the same record is its next `version`; the earlier ones stay.
    """

    subject_kind = models.CharField("对象类别", max_length=40)
    subject_id = models.BigIntegerField("对象编号")
    jurisdiction = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    path = models.CharField(max_length=100, unique=True, help_text="附件目录内的相对路径")
    kind = models.CharField("类型", max_length=8, choices=[(kind.key, kind.label) for kind in KINDS.values()])
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    version = models.PositiveSmallIntegerField("第几版", default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        indexes = [
            # The files of one record, newest first.
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="attachment_by_subject")
        ]

    def __str__(self) -> str:
        return self.name

"""Who did what, when: rows are only ever added. Triggers of the database refuse everything else (see triggers.py)."""

from django.conf import settings
from django.db import models


class Outcome(models.TextChoices):
    """What became of an act."""

    DONE = "done", "成功"
    REFUSED = "refused", "被拒绝"


class Entry(models.Model):
    """One act. `act` is `room.verb`; `subject` is the record it was done to, by kind and number, so that any room may write.

    The seal is a keyed hash of everything else in the row. A refusal may be about no record at all.
    """

    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="journal_entries", db_index=False
    )
    # As the person was called then.
    by_name = models.CharField("操作人", max_length=60, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    act = models.CharField("动作", max_length=60)
    outcome = models.CharField("结果", max_length=8, choices=Outcome, default=Outcome.DONE)
    subject_kind = models.CharField("对象类别", max_length=40, blank=True)
    subject_id = models.BigIntegerField("对象编号", null=True)
    subject_name = models.CharField("对象名称", max_length=200, blank=True)
    # A line outlives what it speaks of.
    jurisdiction = models.ForeignKey(
        "organisations.Unit", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    detail = models.JSONField("内容", default=dict)
    seal = models.CharField("封签", max_length=80, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        indexes = [
            # The history of one record, newest first.
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="journal_by_subject"),
            # The journal's page by person, by act, by outcome and by day, newest first; names are sought in the last one.
            models.Index(fields=["by", "at", "id"], name="journal_by_person"),
            models.Index(fields=["act", "at", "id"], name="journal_by_act"),
            models.Index(fields=["outcome", "at", "id"], name="journal_by_outcome"),
            models.Index(fields=["at", "id", "subject_name"], name="journal_by_time"),
        ]


class Link(models.Model):
    """One link of the chain: its hash is made of the link before it, its own number and its line's seal."""

    seq = models.BigIntegerField("链号", primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, related_name="link", db_constraint=False)
    hash = models.CharField("链值", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "日志链"


class Waiting(models.Model):
    """A transaction has written lines that are not in the chain yet, the first of them numbered `first`. Soon gone."""

    first = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "待入链"


class Archive(models.Model):
    """Links and lines that left the database for a file, and where the chain goes on after them."""

    at = models.DateTimeField("归档时间")
    file = models.CharField("文件", max_length=80)
    sha256 = models.CharField("文件摘要", max_length=64)
    first_seq = models.BigIntegerField("第一条")
    last_seq = models.BigIntegerField("最后一条")
    last_hash = models.CharField("最后一条的链值", max_length=80)
    seal = models.CharField("封签", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "日志归档"
        constraints = [models.UniqueConstraint(fields=["first_seq"], name="journal_archived_once")]

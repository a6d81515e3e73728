"""Who leads a project, who may see it, whom to call."""

from django.conf import settings
from django.db import models

from zhaoyin.ground.sealing import Sealed, SealedField

from .project import Project


class ContactLeader(models.Model):
    """联系领导: an official who leads a project, in the order printed."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="contact_leaders")
    official = models.ForeignKey("organisations.Official", models.PROTECT, related_name="contact_projects")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "联系领导"
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

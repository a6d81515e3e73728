"""What people keep of the library for themselves and for others: pinned projects, views under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Pin(models.Model):
    """A project that somebody keeps an eye on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "关注"
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="pin_once")]


class SavedView(models.Model):
    """A list under a name: its address without the page. Of one person (`owner`), or of a unit and everybody in it; that of a
    jurisdiction is the office's.
    """

    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=1000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "视图"
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, unit__isnull=False) | Q(owner__isnull=False, unit__isnull=True),
                name="view_of_a_person_or_a_unit",
            ),
            models.UniqueConstraint(fields=["owner", "name"], name="view_name_once_a_person"),
            models.UniqueConstraint(fields=["unit", "name"], name="view_name_once_a_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """The view that opens when somebody comes in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

"""Who works on a project, and the channel that it came by."""

from django.db import models
from django.db.models import F, Q

from .project import Project


class Part(models.TextChoices):
    """What somebody does in a project's team."""

    HEAD = "head", "负责人"
    RECRUITER = "recruiter", "招商专员"
    AGENT = "agent", "代办员"
    SERVICE = "service", "服务专员"
    ADVISER = "adviser", "顾问"


class TeamPart(models.Model):
    """项目团队: an official's part in one project, from a day on; closed, never deleted."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="team_parts")
    official = models.ForeignKey("organisations.Official", models.PROTECT, related_name="project_parts")
    part = models.CharField("分工", max_length=12, choices=Part)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目团队"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "official", "part"], condition=Q(until=None), name="team_part_once"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="team_part_in_order"),
        ]


class ChannelKind(models.TextChoices):
    """How a lead came (glossary: 招商渠道)."""

    AGENT = "agent", "中介招商"
    HIRED = "hired", "雇员招商"
    ADVISER = "adviser", "顾问招商"
    BUSINESS = "business", "以商引商"
    CHAIN = "chain", "产业链招商"
    CAPITAL = "capital", "资本招商"
    VISIT = "visit", "外出招商"
    EVENT = "event", "推介活动"
    OWN = "own", "主动来访"
    OTHER = "other", "其他"


class Origin(models.Model):
    """The channel that a project came by, who brought it, and when it was first told of."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="origin")
    kind = models.CharField("渠道", max_length=12, choices=ChannelKind)
    who = models.CharField("引荐人或单位", max_length=100, blank=True)
    on = models.DateField("首次获知日", null=True, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目来源"

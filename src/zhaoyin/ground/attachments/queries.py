"""Every read of attachments."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, QuerySet, Sum

from .models import Attachment
from .rules import KINDS, Limits


def attached_to(model: type[models.Model], records: Any) -> QuerySet[Attachment]:
    """The files of those `records` of the model (numbers, or the query that finds them), newest first."""
    rows = Attachment.objects.filter(subject_kind=model._meta.label_lower, subject_id__in=records)
    return rows.select_related("by").order_by("-id")


def held_by(subject: models.Model) -> tuple[int, int]:
    """How many files the record has, and how many bytes together."""
    rows = Attachment.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    found = rows.aggregate(count=Count("pk"), size=Sum("size"))
    return found["count"], found["size"] or 0


def last_version(subject: models.Model, name: str) -> int:
    """The number of the newest version of the record's file of that name; 0 where there is none."""
    rows = Attachment.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk, name=name)
    last: int | None = rows.aggregate(last=Max("version"))["last"]
    return last or 0


def limits() -> Limits:
    """What the settings allow."""
    return Limits(settings.ATTACHMENT_BYTES, settings.ATTACHMENT_QUOTA_BYTES)


def taken_kinds() -> list[str]:
    """The keys of the kinds that the settings allow, in the order in which pages name them."""
    return [key for key in KINDS if key in settings.ATTACHMENT_KINDS]


def known_paths() -> dict[str, str]:
    """Path → what the file's contents must hash to, of every attachment."""
    return dict(Attachment.objects.values_list("path", "sha256"))

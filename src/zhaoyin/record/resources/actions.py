"""Every write to what projects need."""

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .models import Platform


@transaction.atomic
def add_platform(*, by: models.Model | None, jurisdiction: Unit, name: str, unit: Unit | None = None) -> Platform:
    """Make a platform, run by `unit` if one runs it."""
    permit(by, Permission.ORGANISATION_EDIT, jurisdiction)
    platform = Platform.objects.create(jurisdiction=jurisdiction, name=name, unit=unit)
    journal.record(by=by, act="resources.platform_added", subject=platform, jurisdiction_id=jurisdiction.pk)
    return platform

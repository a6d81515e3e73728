"""Reading what projects need."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Platform


def platforms_of(jurisdictions: Iterable[int]) -> QuerySet[Platform]:
    """The platforms of these jurisdictions, in the order they were entered."""
    return Platform.objects.filter(jurisdiction_id__in=list(jurisdictions)).order_by("pk")

"""Projects by words, and who leads them."""

from typing import Any

from django.db.models import Q, QuerySet

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.prepared import prepared

from ..models import Alias, ContactLeader, ProjectText
from .asof import Ids


def leader_names(project_ids: Ids) -> dict[int, tuple[str, ...]]:
    """The contact leaders' names, per project, in order."""
    names: dict[int, tuple[str, ...]] = {}
    for project_id, name in prepared(_leaders, project_ids):
        names[project_id] = (*names.get(project_id, ()), name)
    return names


def _leaders(ids: Ids) -> QuerySet[Any, Any]:
    rows = ContactLeader.objects.filter(project_id__in=ids).order_by("project_id", "position")
    return rows.values_list("project_id", "official__name")


def matching(word: str) -> Q:
    """Projects whose name, aliases, investor, unit, contact leaders or content contain `word`."""
    units = Unit.objects.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    leaders = ContactLeader.objects.filter(official__name__icontains=word)
    aliases = Alias.objects.filter(name__icontains=word)
    texts = ProjectText.objects.filter(content__icontains=word)
    return (
        Q(name__icontains=word)
        | Q(investor__icontains=word)
        | Q(unit_id__in=units.values("pk"))
        | Q(pk__in=leaders.values("project_id"))
        | Q(pk__in=aliases.values("project_id"))
        | Q(pk__in=texts.values("pk"))
    )

"""The library as a list is held against it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import officials_of, units_of
from zhaoyin.ground.organisations.rules import forms_of
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import leader_names, units_to_add_in, visible_to

from ..rules import Known, Surroundings

PIECE = 500  # projects in one statement: SQLite takes no more than so many numbers


def secret() -> bytes:
    """What guards the keys of sheets that leave the house."""
    return f"imports.keys:{settings.SECRET_KEY}".encode()


def surroundings_of(user: Any, jurisdiction: Unit, on: date) -> Surroundings:
    """Units and officials of the place by the names under which they are printed, and where the person may add projects."""
    units: dict[str, int] = {}
    for unit in units_of(jurisdiction):
        for form in (*sorted(forms_of(unit.name, jurisdiction.name), key=len), unit.short_name):
            if form:
                units.setdefault(form, unit.pk)
    for unit in units_of(jurisdiction):
        units[unit.name] = unit.pk  # the whole name before any short form of another
    allowed, anywhere = units_to_add_in(user, jurisdiction, on)
    return Surroundings(
        units,
        dict(officials_of(jurisdiction).values_list("name", "pk")),
        None if anywhere else set(allowed.values_list("pk", flat=True)),
    )


def projects_of(user: Any, jurisdiction: Unit) -> list[tuple[int, str, str]]:
    """Number, name and investor of every project there that the person sees."""
    rows = visible_to(user).filter(jurisdiction=jurisdiction).order_by("pk")
    return list(rows.values_list("pk", "name", "investor"))


def known_of(user: Any, ids: Sequence[int]) -> dict[int, tuple[Known, int]]:
    """These projects, of those that the person sees, as a sheet would print them, each with its version."""
    found: dict[int, tuple[Known, int]] = {}
    for start in range(0, len(ids), PIECE):
        piece = list(ids[start : start + PIECE])
        seen = visible_to(user).filter(pk__in=piece).select_related("unit", "text").order_by("pk")
        editable = set(visible_to(user, Permission.PROJECT_EDIT).filter(pk__in=piece).values_list("pk", flat=True))
        leaders = leader_names(piece)
        for project in seen:
            cells = cells_of(project, leaders.get(project.pk, ()))
            text = getattr(project, "text", None)
            known = Known(
                project.pk, cells, project.investment_yi, Stage(project.stage), text.extra if text else {},
                project.pk in editable,
            )  # fmt: skip
            found[project.pk] = known, project.version
    return found


def cells_of(project: Project, leaders: Sequence[str]) -> dict[str, str]:
    """Field → text, as a sheet prints it; unknown is empty."""
    text = getattr(project, "text", None)
    return {
        "name": project.name,
        "investor": project.investor,
        "investment_yi": plain(project.investment_yi) if project.investment_yi is not None else "",
        "land_mu": plain(project.land_mu) if project.land_mu is not None else "",
        "unit": project.unit.name if project.unit else "",
        "leaders": "、".join(leaders),
        "content": text.content if text else "",
        "site": text.site if text else "",
    }

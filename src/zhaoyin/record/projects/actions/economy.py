"""Codes, industry, figures, promises and their outcome, and the leading industries of a place."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.industries import STANDARD, industry_of
from zhaoyin.kernel.numerals import plain

from ..models import Economy, LeadingIndustry, Measure, Project, Yield
from ..queries import permit_on
from .editing import unchanged_since

ECONOMY_FIELDS = (
    "code", "statistics_name", "statistics_yi", "fixed_yi", "industry", "contracted_wan_usd", "contracted_on",
)  # fmt: skip


@transaction.atomic
def set_economy(
    *, by: models.Model | None, project: Project, facts: Mapping[str, Any], seen: Mapping[str, Any] | None = None
) -> bool:
    """Set `ECONOMY_FIELDS` of a project; what is equal already is left alone. Returns whether anything changed.

    `seen` is what the person had before them (unknown fields None or ""): StaleVersion where that is stored no more.

    An industry's code is kept as digits, with the standard it is of. ValueError for a field or a code that is not there.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    if unknown := facts.keys() - set(ECONOMY_FIELDS):
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    Project.objects.select_for_update().get(pk=project.pk)
    row, _ = Economy.objects.get_or_create(project=project)
    unchanged_since(seen, vars(row))
    changes: dict[str, list[Any]] = {}
    for key, given in facts.items():
        after = _industry(given) if key == "industry" else given
        before = getattr(row, key)
        if before != after:
            setattr(row, key, after)
            changes[key] = [_plain(before), _plain(after)]
    if changes:
        row.industry_standard = STANDARD
        row.save()
        journal.record(
            by=by, act="projects.economy_set", subject=project, jurisdiction_id=project.jurisdiction_id, detail=changes
        )
    return bool(changes)


@transaction.atomic
def record_yield(
    *,
    by: models.Model | None,
    project: Project,
    measure: Measure | str,
    year: int | None,
    promised: Decimal | None = None,
    actual: Decimal | None = None,
    keep: bool = False,
    seen: Mapping[str, Any] | None = None,
) -> Yield | None:
    """Set what was promised for a year and what came; None is unknown, and `keep` leaves what is stored of it. Where nothing
    is known any more the line is taken off, and None returned. `seen` is what the person had before them of both: StaleVersion
    where that is stored no more.

    Without a year it is the agreement's promise for a year of full capacity, of which nothing can have come yet: ValueError.
    """
    permit_on(by, Permission.PROGRESS_WRITE, project)
    if year is None and actual is not None:
        raise ValueError("填写实际完成数须选定年度")
    Project.objects.select_for_update().get(pk=project.pk)
    row = Yield.objects.filter(project=project, measure=measure, year=year).first()
    before = (row.promised, row.actual) if row else (None, None)
    unchanged_since(seen, dict(zip(("promised", "actual"), before, strict=True)))
    if keep:
        promised, actual = (old if new is None else new for old, new in zip(before, (promised, actual), strict=True))
    if before == (promised, actual):
        return row
    row = row or Yield(project=project, measure=measure, year=year)
    row.promised, row.actual = promised, actual
    if promised is None and actual is None:
        row.delete()
    else:
        row.save()
    told = {"before": [_plain(one) for one in before], "after": [_plain(promised), _plain(actual)]}
    journal.record(
        by=by, act="projects.yield_recorded", subject=project, jurisdiction_id=project.jurisdiction_id,
        detail={"measure": str(measure), "year": year, **told},
    )  # fmt: skip
    return row if row.pk else None


@transaction.atomic
def set_leading_industry(
    *, by: models.Model | None, jurisdiction: Unit, name: str, codes: Sequence[str]
) -> LeadingIndustry:
    """Name a leading industry of a place by the codes that it takes in; one of that name is changed. ValueError for a code that
    the standard does not have."""
    permit(by, Permission.ORGANISATION_EDIT, jurisdiction)
    known = " ".join(dict.fromkeys(_industry(code) for code in codes))
    row, _ = LeadingIndustry.objects.update_or_create(jurisdiction=jurisdiction, name=name, defaults={"codes": known})
    journal.record(
        by=by, act="projects.leading_set", subject=jurisdiction, jurisdiction_id=jurisdiction.pk,
        detail={"name": name, "codes": known},
    )  # fmt: skip
    return row


@transaction.atomic
def remove_leading_industry(*, by: models.Model | None, leading: LeadingIndustry) -> None:
    """Take an industry off the place's list; one that is off already is left alone."""
    jurisdiction, name = leading.jurisdiction, leading.name
    permit(by, Permission.ORGANISATION_EDIT, jurisdiction)
    if leading.delete()[0]:
        journal.record(
            by=by, act="projects.leading_removed", subject=jurisdiction, jurisdiction_id=jurisdiction.pk,
            detail={"name": name},
        )  # fmt: skip


def _industry(code: str) -> str:
    """The code as it is kept: digits, or a section's letter; "" stays."""
    if not code:
        return ""
    bare = code.strip().upper()
    if industry_of(bare) is None:
        raise ValueError(f"{STANDARD} 没有行业代码“{code}”")
    return bare if len(bare) == 1 else bare.lstrip("ABCDEFGHIJKLMNOPQRST")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return None if value is None else str(value)

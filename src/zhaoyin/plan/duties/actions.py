"""Every write to duties."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from zhaoyin.plan.replacing import replace_rows

from .models import Duty

FIELDS = (
    "who", "measure", "kind", "period", "comparator", "numerator", "denominator", "unit", "each", "soft", "quote",
)  # fmt: skip


def set_duties(*, by: models.Model | None, plan: models.Model, duties: Iterable[Mapping[str, Any]]) -> None:
    """Let `plan` have just these duties, in order; each is a mapping of `FIELDS` (who, measure, kind, period, numerator).

    A duty that the plan had keeps its row: it is known again by whom it binds, what it asks and how often. See `replace_rows`.
    Raises ValidationError for facts that no duty can have, and Forbidden.
    """
    replace_rows(
        by=by, plan=plan, rows=map(_duty, duties), had=Duty.objects.filter(plan_id=plan.pk), identity=_identity,
        fields=FIELDS, act="duties.set", key="duties",
    )  # fmt: skip


def _duty(facts: Mapping[str, Any]) -> Duty:
    duty = Duty(**{**facts, "who": list(facts["who"])})
    duty.full_clean(exclude=["plan", "who"])
    return duty


def _identity(duty: Duty) -> tuple[tuple[str, ...], str, str]:
    return (tuple(duty.who), duty.measure, duty.period)

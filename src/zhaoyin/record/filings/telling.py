"""What the timeline of a project tells of its filings."""

from collections.abc import Iterable
from datetime import date

from zhaoyin.record.projects.queries import Moment

from .models import Appeal, Filing


def moments(pk: int, as_of: date) -> Iterable[Moment]:
    """Filings of project `pk` up to the day, what was disputed and decided; the holder's steps are notes."""
    for filing in Filing.objects.filter(project=pk, on__lte=as_of).select_related("unit", "by"):
        told = f"{filing.unit}备案“{filing.name}”，{filing.get_status_display()}"
        yield Moment(filing.on, "备案", told, str(filing.by or ""))
    for appeal in Appeal.objects.filter(filing__project=pk, on__lte=as_of).select_related("filing__unit", "decided_by"):
        yield Moment(appeal.on, "备案", f"{appeal.filing.unit}申诉：{appeal.text}")
        if appeal.decided_on is not None and appeal.decided_on <= as_of:
            words = f"裁定{appeal.get_outcome_display()}：{appeal.reason}"
            yield Moment(appeal.decided_on, "备案", words, str(appeal.decided_by or ""))

"""Reading plans, their documents and doubts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhaoyin.ground.access.queries import area_of
from zhaoyin.ground.access.rules import Permission
from zhaoyin.plan.duties.models import Duty
from zhaoyin.plan.targets.models import Target
from zhaoyin.record.projects.queries import visible_to

from ..models import Commit, DocumentState, Doubt, Entry, Plan, PlanDocument

DEFAULT_LARGEST = 20 * 1024 * 1024
OPEN = Q(doubts__settled_at__isnull=True)


def file_at(path: str) -> Path:
    """Where the file of a document is kept."""
    return Path(settings.MEDIA_ROOT) / path


def largest_document() -> int:
    """How many bytes a document may have: the setting PLAN_DOCUMENT_BYTES, else 20 MB."""
    return int(getattr(settings, "PLAN_DOCUMENT_BYTES", DEFAULT_LARGEST))


def plans_visible_to(user: Any) -> QuerySet[Plan]:
    """The plans of every jurisdiction in which the person may see anything; of their rows only those that may be seen."""
    area = area_of(user, Permission.PLAN_SEE)
    return Plan.objects.all() if area.everything else Plan.objects.filter(jurisdiction_id__in=area.places)


def documents_visible_to(user: Any) -> QuerySet[PlanDocument]:
    """The documents of the jurisdictions that the person makes plans for: a document tells of every unit."""
    area = area_of(user, Permission.PLAN_COMMIT)
    rows = PlanDocument.objects.all()
    return rows if area.everything else rows.filter(jurisdiction_id__in=area.jurisdictions)


def commits_visible_to(user: Any) -> QuerySet[Commit]:
    """The commits in the jurisdictions that the person sees whole."""
    area = area_of(user, Permission.WHOLE_SEE)
    rows = Commit.objects.select_related("document", "plan", "by", "undone_by")
    return rows if area.everything else rows.filter(document__jurisdiction_id__in=area.jurisdictions)


def doubts_visible_to(user: Any) -> QuerySet[Doubt]:
    """The doubts of those documents, and those that stayed with a project which the person may see."""
    area = area_of(user, Permission.PLAN_COMMIT)
    rows = Doubt.objects.select_related("document", "project")
    if area.everything:
        return rows
    return rows.filter(Q(document__jurisdiction_id__in=area.jurisdictions) | Q(project__in=visible_to(user)))


def _general_doubts(user: Any) -> QuerySet[Doubt]:
    """The open doubts about plans in force that belong to no project, as far as the person may see them."""
    return doubts_visible_to(user).filter(
        document__state=DocumentState.COMMITTED, project__isnull=True, settled_at__isnull=True
    )


def plan_list(user: Any) -> QuerySet[Plan]:
    """The plans, newest year first, with `projects` (rows in force) and `open_doubts`, counted over what the person may see."""
    seen = Q(entries__project__in=visible_to(user))
    general = _general_doubts(user).filter(document__plan=OuterRef("pk")).order_by()
    return (
        plans_visible_to(user)
        .select_related("jurisdiction")
        .annotate(
            projects=Count("entries", filter=Q(entries__dropped=False) & seen, distinct=True),
            targets_count=Count("targets", distinct=True),
            open_doubts=Count(
                "entries__project__doubts",
                filter=Q(entries__project__doubts__settled_at__isnull=True) & seen,
                distinct=True,
            )
            + Coalesce(Subquery(general.values("document__plan").annotate(count=Count("pk")).values("count")), 0),
        )
        .order_by("-year", "jurisdiction__path", "-id")
    )


def document_list(user: Any) -> QuerySet[PlanDocument]:
    """The documents, newest first, with who brought them and `open_doubts`; without their long contents."""
    return (
        documents_visible_to(user)
        .select_related("uploaded_by", "plan")
        .defer("source", "reading")
        .annotate(open_doubts=Count("doubts", filter=OPEN, distinct=True))
        .order_by("-id")
    )


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the page of one plan shows."""

    plan: Plan
    targets: list[Target]
    duties: list[Duty]
    entries: list[Entry]
    documents: list[PlanDocument]
    commits: list[Commit]
    general_doubts: list[Doubt]


def plan_page(plan: Plan, user: Any) -> PlanPage:
    """A plan with the rows that the person may see, each with `entry.project.open_doubts`, and for whoever sees the whole
    its documents and editions; a fixed number of queries.
    """
    doubts = Prefetch("project__doubts", Doubt.objects.filter(settled_at__isnull=True), to_attr="open_doubts")
    entries = (
        plan.entries.filter(project__in=visible_to(user))
        .select_related("project", "project__unit")
        .prefetch_related(doubts, "project__contact_leaders__official")
    )
    documents = documents_visible_to(user).filter(plan=plan).select_related("uploaded_by").defer("source", "reading")
    commits = commits_visible_to(user).filter(plan=plan).defer("changes", "document__source", "document__reading")
    general = _general_doubts(user).filter(document__plan=plan)
    return PlanPage(
        plan,
        list(plan.targets.all()),
        list(plan.duties.all()),
        list(entries),
        list(documents),
        list(commits),
        list(general),
    )

"""Who invests in a project, and under which other names it is known."""

from decimal import Decimal

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.record.investors.actions import add_investor
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.investors.rules import kind_of

from ..models import Alias, AliasKind, Project, Stake, StakeKind
from ..queries import permit_on, printed_of


class TooMuch(Exception):
    """The shares of a project's investors exceed the whole. The message is for the person."""


@transaction.atomic
def link_investor(
    *,
    by: models.Model | None,
    project: Project,
    investor: Investor,
    kind: StakeKind | str = StakeKind.MAIN,
    percent: Decimal | None = None,
) -> Stake:
    """Say that an investor of the same place invests in the project; one that is linked already is changed.

    The words printed in `Project.investor` stay. Raises TooMuch where the shares would exceed 100; ValueError for an
    investor of another place.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    if investor.jurisdiction_id != project.jurisdiction_id:
        raise ValueError("the investor is of another place")
    # The project's row, so that two who link at once do not exceed the whole together.
    Project.objects.select_for_update().get(pk=project.pk)
    others = project.stakes.exclude(investor=investor).values_list("percent", flat=True)
    whole = sum((one for one in others if one is not None), Decimal(0)) + (percent or 0)
    if whole > 100:
        raise TooMuch(f"各投资方出资比例合计 {whole}%，超过 100%")
    stake, _ = Stake.objects.update_or_create(
        project=project, investor=investor, defaults={"kind": kind, "percent": percent}
    )
    detail = {"investor": investor.name, "kind": str(kind)}
    journal.record(
        by=by, act="projects.investor_linked", subject=project, jurisdiction_id=project.jurisdiction_id, detail=detail
    )
    return stake


@transaction.atomic
def link_printed(*, by: models.Model | None, project: Project) -> list[Stake]:
    """Link every investor that the printed words name and that is not linked yet, found or made by its name: as intended where
    the words say 意向, else the first as the main one. Returns the new links.
    """
    permit_on(by, Permission.PROJECT_EDIT, project)
    printed = printed_of(project)
    made: list[Stake] = []
    for name in printed.unlinked:
        first = not made and not project.stakes.exists()
        kind = StakeKind.INTENDED if printed.intended else StakeKind.MAIN if first else StakeKind.PARTNER
        investor = add_investor(by=by, jurisdiction=project.jurisdiction, name=name, kind=kind_of(name))
        made.append(link_investor(by=by, project=project, investor=investor, kind=kind))
    return made


@transaction.atomic
def unlink_investor(*, by: models.Model | None, stake: Stake) -> None:
    """Take an investor off the project; the investor's own record stays. One that is off already is left alone."""
    project = stake.project
    permit_on(by, Permission.PROJECT_EDIT, project)
    name = stake.investor.name
    if stake.delete()[0]:
        journal.record(
            by=by, act="projects.investor_unlinked", subject=project, jurisdiction_id=project.jurisdiction_id,
            detail={"investor": name},
        )  # fmt: skip


@transaction.atomic
def add_alias(
    *, by: models.Model | None, project: Project, name: str, kind: AliasKind | str = AliasKind.FORMER
) -> bool:
    """Let the project be found under another name. Returns whether it was not known yet."""
    permit_on(by, Permission.PROJECT_EDIT, project)
    _, made = Alias.objects.get_or_create(project=project, name=name, defaults={"kind": kind})
    if made:
        journal.record(
            by=by, act="projects.alias_added", subject=project, jurisdiction_id=project.jurisdiction_id,
            detail={"name": name, "kind": str(kind)},
        )  # fmt: skip
    return made


@transaction.atomic
def remove_alias(*, by: models.Model | None, alias: Alias) -> None:
    """Forget another name; one that is forgotten already is left alone."""
    project = alias.project
    permit_on(by, Permission.PROJECT_EDIT, project)
    name = alias.name
    if alias.delete()[0]:
        journal.record(
            by=by, act="projects.alias_removed", subject=project, jurisdiction_id=project.jurisdiction_id,
            detail={"name": name},
        )  # fmt: skip

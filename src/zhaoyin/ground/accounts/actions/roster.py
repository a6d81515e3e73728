"""Making many accounts at once from a list, all or none; and writing down that lists were taken away."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.actions import Refused
from zhaoyin.ground.organisations.models import Unit

from ..models import RoleGrant, User
from ..queries.roster import Draft, drafts_of, unit_of_role
from ..roster import Fault, Line
from .people import one_time_password
from .roles import allow, jurisdiction_id


class RosterRefused(Refused):
    """Nothing of a list was taken; `faults` say which rows are wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(*(fault.sentence for fault in faults))
        self.faults = list(faults)


def import_people(*, by: User | None, lines: Sequence[Line], name: str) -> list[tuple[User, str]]:
    """Make an account of every line, each with a one-time password, and with its role where one is named.

    `name` is the file's, for the journal. Returns accounts and passwords in clear, which are stored nowhere. Raises
    RosterRefused, and makes none, where anything is wrong with any line; Forbidden.
    """
    permit(by, Permission.ACCOUNT_MANAGE)
    today = timezone.localdate()
    if faults := drafts_of(by, lines, today)[1]:
        raise RosterRefused(faults)
    # A strong hash takes its time, which nobody else should have to wait for; it lets go of the interpreter.
    passwords = [one_time_password() for _ in lines]
    with ThreadPoolExecutor(cpu_count()) as pool:
        hashes = list(pool.map(make_password, passwords))
    try:
        with transaction.atomic():
            drafts, faults = drafts_of(by, lines, today)
            if faults:
                raise RosterRefused(faults)
            people = _make(by, drafts, hashes, name)
    except IntegrityError:
        raise RosterRefused(
            drafts_of(by, lines, today)[1] or [Fault(1, "刚有别人建立了同名账号，请重新核对。")]
        ) from None
    return list(zip(people, passwords, strict=True))


@transaction.atomic
def record_export(*, by: User, jurisdiction: Unit | None, name: str, count: int) -> None:
    """Write down that somebody took the list of accounts away as a file. Raises Forbidden for whoever may not see it."""
    permit(by, Permission.ROLE_SEE)
    subject: models.Model = jurisdiction or by
    journal.record(
        by=by, act="accounts.exported", subject=subject, jurisdiction_id=jurisdiction_id(jurisdiction),
        detail={"name": name, "count": count},
    )  # fmt: skip


def record_refusal(*, by: User, user: User, tried: str, why: Refused) -> None:
    """Write down that an act on an account was refused. Outside of any transaction: the act's own was rolled back."""
    journal.refuse(
        by=by, act="accounts.act_refused", subject=user, jurisdiction_id=jurisdiction_id(user.unit),
        detail={"tried": tried, "why": str(why)},
    )  # fmt: skip


def _make(by: User | None, drafts: Sequence[Draft], hashes: Sequence[str], name: str) -> list[User]:
    for draft in drafts:
        allow(by, Permission.ACCOUNT_MANAGE, draft.unit)
        if draft.role:
            allow(by, Permission.ROLE_GRANT, unit_of_role(draft.role, draft.unit))
    people = User.objects.bulk_create(
        User(
            username=draft.line.username, name=draft.line.name, unit=draft.unit, mobile=draft.line.mobile, password=hashed,
            must_change_password=True,
        )
        for draft, hashed in zip(drafts, hashes, strict=True)
    )  # fmt: skip
    together = list(zip(people, drafts, strict=True))
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=draft.role, unit=unit_of_role(draft.role, draft.unit), by=by)
        for user, draft in together
        if draft.role
    )
    # One line for each account: they differ in place and role, and equal ones are written together.
    alike: dict[tuple[int | None, str, str], list[User]] = defaultdict(list)
    for user, draft in together:
        alike[jurisdiction_id(draft.unit), draft.unit.name if draft.unit else "", draft.role].append(user)
    for (place, unit, role), users in alike.items():
        journal.record_many(
            by=by, act="accounts.added", subjects=users, jurisdiction_id=place, detail={"unit": unit, "file": name}
        )
        if role:
            detail = {"role": role, "unit": unit, "roles": [[], [role]]}
            journal.record_many(
                by=by, act="accounts.role_granted", subjects=users, jurisdiction_id=place, detail=detail
            )
    return people

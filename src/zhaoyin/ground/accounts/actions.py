"""Making accounts and changing passwords."""

import secrets

from django.db import IntegrityError, transaction

from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .models import User

# No letters or digits that are mistaken for one another when a password is read out.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class AccountExists(Exception):
    """There is an account of that name already."""


@transaction.atomic
def add_user(*, by: User | None, username: str, name: str = "", unit: Unit | None = None) -> tuple[User, str]:
    """Make an account with a one-time password, which must be changed at the first sign-in.

    Returns the account and the password in clear, which is stored nowhere. Raises AccountExists.
    """
    password = "".join(secrets.choice(ALPHABET) for _ in range(14))
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username=username, password=password, name=name or username, unit=unit, must_change_password=True
            )
    except IntegrityError:
        raise AccountExists(f"账号“{username}”已存在") from None
    journal.record(by=by, act="accounts.added", subject=user, jurisdiction_id=_jurisdiction_id(unit))
    return user, password


@transaction.atomic
def change_password(*, by: User, user: User, password: str) -> None:
    """Set a new password that has passed the form's checks."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    journal.record(by=by, act="accounts.password_changed", subject=user, jurisdiction_id=_jurisdiction_id(user.unit))


def _jurisdiction_id(unit: Unit | None) -> int | None:
    return unit and (unit.jurisdiction_id or unit.pk)

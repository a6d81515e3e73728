"""Accounts for tests, signed in."""

from itertools import count

from django.test import Client

from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.accounts.queries import SHOWN, needs_second_factor
from zhaoyin.ground.organisations.models import Unit

NUMBERS = count(1)


def a_user(unit: Unit | None = None, role: str = "office") -> User:
    """Somebody who has chosen a password already."""
    user, _ = add_user(by=None, username=f"user{next(NUMBERS)}", unit=unit, role=role)
    user.must_change_password = False
    user.save()
    return user


def signed_in(user: User) -> Client:
    """A browser in which `user` is signed in, and has shown a second factor where one is asked for."""
    client = Client()
    client.force_login(user)
    if needs_second_factor(user):
        session = client.session
        session[SHOWN] = user.pk
        session.save()
    return client

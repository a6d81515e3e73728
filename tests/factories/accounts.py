"""Accounts for tests, signed in."""

from itertools import count

from django.test import Client

from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import Unit

NUMBERS = count(1)


def a_user(unit: Unit | None = None) -> User:
    """Somebody who has chosen a password already."""
    user, _ = add_user(by=None, username=f"user{next(NUMBERS)}", unit=unit)
    user.must_change_password = False
    user.save()
    return user


def signed_in(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client

"""Signing in with a local account."""

from collections.abc import Iterator
from typing import Any

from axes.backends import AxesStandaloneBackend
from django.contrib.auth.backends import ModelBackend
from django.db import connection, models
from django.db.models import QuerySet
from django.http import HttpRequest

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.prepared import prepared

from .models import User


class LocalBackend(AxesStandaloneBackend, ModelBackend):
    """Django's own check, unless the account is locked; it comes with its unit and jurisdiction, which every page shows."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The active account that name and password belong to, or None. Raises PermissionDenied while it is locked."""
        AxesStandaloneBackend.authenticate(self, request, username=username, password=password, **kwargs)
        user: User | None = ModelBackend.authenticate(self, request, username, password)  # type: ignore[assignment]
        return user

    def get_user(self, user_id: int) -> User | None:
        """The active account of that number, or None. Every request asks, by one prepared query."""
        user = _read(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def _read(pk: int) -> User | None:
    rows = prepared(_account, pk)
    if not rows:
        return None
    values = iter(rows[0])
    user, unit, above = _made(User, values), _made(Unit, values), _made(Unit, values)
    if unit is not None:
        unit.jurisdiction = above
    user.unit = unit
    found: User = user
    return found


def _account(pk: int) -> QuerySet[Any, Any]:
    parts: list[tuple[type[models.Model], str]] = [(User, ""), (Unit, "unit__"), (Unit, "unit__jurisdiction__")]
    columns = [f"{path}{column.attname}" for model, path in parts for column in model._meta.concrete_fields]
    return User.objects.filter(pk=pk).order_by().values_list(*columns)


def _made(model: type[models.Model], values: Iterator[Any]) -> Any:
    """The next row of `model` among `values`; None where the join found none."""
    columns = [column.attname for column in model._meta.concrete_fields]
    row = [next(values) for _ in columns]
    return None if row[0] is None else model.from_db(connection.alias, columns, row)

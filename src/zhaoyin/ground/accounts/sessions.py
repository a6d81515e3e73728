"""Sessions in the database, as Django keeps them, read by one prepared query: every request asks for one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from zhaoyin.ground.prepared import Free, prepared


class SessionStore(db.SessionStore):
    """Django's own store but for how a session is found."""

    def load(self) -> dict[str, Any]:
        """The session's contents; empty, and without its key, where there is none or its time is over."""
        for data, until in prepared(_kept, Free(self.session_key)):
            if until > timezone.now():
                found: dict[str, Any] = self.decode(data)
                return found
        self._session_key = None
        return {}


def _kept(key: str) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key).order_by().values_list("session_data", "expire_date")

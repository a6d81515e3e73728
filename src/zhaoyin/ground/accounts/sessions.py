"""Sessions in the database, each with its owner, device and times. Every request asks for one, by a prepared query.

An idle session ends after settings.SESSION_COOKIE_AGE seconds and any session after settings.SESSION_LASTS: both stand in
`expire_date`, so that no request has to look at a clock of its own.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from zhaoyin.ground.journal.origin import address_of
from zhaoyin.ground.prepared import Free, prepared

from .models import Session

STARTED, ADDRESS, AGENT = "started", "address", "agent"
# How stale `seen` may be: a session is written at most once a minute for being used.
STALE = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """Django's own store over our table; `seen` is when the session was last written, None before it is read."""

    seen: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """The session's contents; empty, and without its key, where there is none or its time is over."""
        # A cookie may hold anything; no key that we gave has a character that PostgreSQL does not keep.
        key = str(self.session_key).replace("\0", "")
        for data, until, seen in prepared(_kept, Free(key)):
            if until > timezone.now():
                self.seen = seen
                found: dict[str, Any] = self.decode(data)
                return found
        self._session_key = None
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for these contents. Who, since when and from where stand in them too, and thus outlive a new key."""
        now = timezone.now()
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=_until(now, data),
            user_id=data.get(SESSION_KEY),
            started=_started(now, data),
            seen=now,
            address=data.get(ADDRESS) or None,
            agent=data.get(AGENT, ""),
        )

    def touch(self) -> None:
        """Let the session be used on, if its row is more than a minute old. Never brings back one that was ended."""
        now = timezone.now()
        if self.seen is not None and now - self.seen > STALE:
            self.seen = now
            Session.objects.filter(pk=self.session_key).update(seen=now, expire_date=_until(now, dict(self.items())))


def begin(request: HttpRequest) -> None:
    """Let the request's session remember when it began, from where and by which device."""
    agent = str(request.META.get("HTTP_USER_AGENT", ""))[:300].replace("\0", "")
    request.session.update({STARTED: timezone.now().timestamp(), ADDRESS: address_of(request), AGENT: agent})


def _kept(key: str) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key).order_by().values_list("session_data", "expire_date", "seen")


def _started(now: datetime, data: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(data[STARTED], UTC) if STARTED in data else now


def _until(now: datetime, data: dict[str, Any]) -> datetime:
    return min(now + timedelta(seconds=settings.SESSION_COOKIE_AGE), _started(now, data) + settings.SESSION_LASTS)

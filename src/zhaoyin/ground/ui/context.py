"""What every page's frame shows.

Upper rooms tell it what this floor cannot know, in their `apps.py`: `context.provide("place", lambda request: "临海市")`.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

from . import asof, navigation
from .navigation import Link, Shown

# place, plan: words; plan_url, search_url, notices_url: addresses; demo: the data are invented; notices: how many are
# unread (None: no bell); user_name, user_note: who is signed in; footer: a line under 数据截至.
KEYS = frozenset(
    ("place", "plan", "plan_url", "search_url", "demo", "notices", "notices_url", "user_name", "user_note", "footer")
)
Provider = Callable[[HttpRequest], Any]
_providers: dict[str, Provider] = {}


def provide(key: str, provider: Provider) -> None:
    """Let `provider` answer for `key` (one of KEYS, else LookupError) on every page that shows it."""
    if key not in KEYS:
        raise LookupError(f"the shell shows no {key}")
    _providers[key] = provider


class Shell:
    """The frame of one request. Everything is computed when a template asks for it, and once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __getattr__(self, key: str) -> Any:
        if key not in KEYS:
            raise AttributeError(key)
        provider = _providers.get(key)
        value = provider(self.request) if provider else None
        self.__dict__[key] = value
        return value

    @cached_property
    def as_of(self) -> date:
        """The day that this page's measures are computed for."""
        day: date = getattr(self.request, "as_of", None) or asof.usual(self.request)
        return day

    @cached_property
    def as_of_usual(self) -> date:
        """The day it would be without a choice."""
        return asof.usual(self.request)

    @cached_property
    def as_of_latest(self) -> date:
        """The last day that can be chosen."""
        return asof.latest(self.request)

    @cached_property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def user(self) -> str:
        """The name in the user menu: the provider's, else the sign-in name."""
        return self.user_name or (self.request.user.get_username() if self.signed_in else "")

    @cached_property
    def navigation(self) -> tuple[Shown, ...]:
        """The left navigation; nothing before sign-in."""
        return navigation.shown(self.request) if self.signed_in else ()

    @cached_property
    def bottom_bar(self) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        """The phone's bar: four items, and those behind 更多."""
        return navigation.bottom_bar(self.navigation)

    @cached_property
    def search(self) -> str | None:
        """Where the search box leads: the provider's page, else the project list; None for whoever may not open it."""
        url: str | None = self.search_url or navigation.address("library:index")
        return url if self.signed_in and url and navigation.open_to(self.request, url) else None

    @cached_property
    def logout_url(self) -> str | None:
        """Where 退出 posts to."""
        return navigation.address("accounts:logout")

    @cached_property
    def own_acts_url(self) -> str | None:
        """Where one reads what one has done."""
        return navigation.address("audit:mine")

    @cached_property
    def security_url(self) -> str | None:
        """Where one's password, second factor and sessions are."""
        return navigation.address("accounts:security")

    @cached_property
    def mine_url(self) -> str | None:
        """Where one reads what one may do."""
        return navigation.address("accounts:mine")

    @cached_property
    def here(self) -> str:
        """The address of this page with its query, to return to."""
        return self.request.get_full_path()


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `shell` in every template, and the token of its forms, masked once a page."""
    token = SimpleLazyObject(lambda: get_token(request))
    field = SimpleLazyObject(
        lambda: format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', str(token))
    )
    return {"shell": Shell(request), "csrf_token": token, "csrf_input": field}

"""The left navigation: what can be listed, in which order. A room that has no pages yet has no item.

An item points to a page of the room, and is listed for whoever may open that page. An upper room adds a count in its
`apps.py`:

    navigation.count("projects", lambda request: projects_of(request).count())
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, get_urlconf, resolve, reverse

from zhaoyin.ground.access.queries import may
from zhaoyin.ground.access.rules import Permission


@dataclass(frozen=True, slots=True)
class Item:
    """One declared item. `phone`: it is one of the bottom bar's; `short` is its word there and on the rail."""

    key: str
    label: str
    icon: str
    url_name: str
    phone: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a name; a group without a name stands by itself, and `ruled` has a line above it."""

    name: str
    items: tuple[Item, ...]
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An item as one user sees it: its address and its count, if any."""

    key: str
    label: str
    short: str
    icon: str
    url: str
    count: int | None
    phone: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A group as one user sees it; never empty."""

    name: str
    links: tuple[Link, ...]
    ruled: bool


GROUPS: tuple[Group, ...] = (
    Group("", (
        Item("workbench", "工作台", "home", "workbench:index", phone=True),
        Item("library", "项目库", "stack-2", "library:index", phone=True, short="项目"),
    )),
    Group("行动方案", (
        Item("plans", "方案", "file-text", "plans:index", phone=True),
        Item("schedules", "倒排计划", "calendar-time", "schedules:index"),
        Item("duties", "考勤", "clipboard-check", "duties:index", phone=True),
        Item("targets", "目标", "target-arrow", "targets:index", phone=True),
        Item("moves", "待确认", "user-check", "projects:moves"),
    )),
    Group("记录", (
        Item("filings", "备案", "flag", "filings:index"),
        Item("investors", "投资方", "building", "projects:investors"),
        Item("activities", "活动", "briefcase", "activities:index", phone=True),
        Item("promotion", "推介", "speakerphone", "promotion:index"),
        Item("chains", "产业链", "affiliate", "chains:index"),
        Item("channels", "渠道", "route", "channels:index"),
        Item("resources", "要素", "map-2", "resources:index"),
        Item("care", "投资者之家", "building-store", "care:index"),
    )),
    Group("", (
        Item("supervision", "督查", "gavel", "supervision:index", phone=True),
        Item("wall", "大屏", "device-desktop", "wall:index"),
    ), ruled=True),
    Group("管理", (
        Item("gates", "阶段条件", "list-check", "projects:gates"),
        Item("organisations", "组织", "sitemap", "organisations:index"),
        Item("people", "账号", "users", "accounts:people"),
        Item("audit", "操作日志", "history", "audit:index"),
    )),
)  # fmt: skip
ON_PHONE = 4  # and 更多 makes five

Counter = Callable[[HttpRequest], int | None]
_counters: dict[str, Counter] = {}


def _known(key: str) -> str:
    if key not in {item.key for group in GROUPS for item in group.items}:
        raise LookupError(f"no navigation item is called {key}")
    return key


def count(key: str, counter: Counter) -> None:
    """Let `counter` give the number beside item `key`, on every page; None shows none. LookupError for a wrong key."""
    _counters[_known(key)] = counter


def open_to(request: HttpRequest, url: str) -> bool:
    """Whether this user may open our page at that address: what the page itself says it needs decides."""
    needed = _needed(url, get_urlconf() or settings.ROOT_URLCONF)
    return not needed or any(may(request.user, permission) for permission in needed)


@cache
def _needed(url: str, urlconf: str) -> tuple[Permission, ...]:
    try:
        return getattr(resolve(url, urlconf).func, "needs", ())
    except Resolver404:  # an address that is not ours asks for nothing of ours
        return ()


def address(url_name: str) -> str | None:
    """The address of a page without arguments, or None when there is no such page in this deployment."""
    return _address(url_name, get_urlconf() or settings.ROOT_URLCONF)


@cache
def _address(url_name: str, urlconf: str) -> str | None:
    # Every page asks for a score of addresses, half of them of rooms that are not built; they never change.
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return None


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The groups and items that exist and that this user may use."""
    groups = []
    for group in GROUPS:
        links = []
        for item in group.items:
            url = address(item.url_name)
            if url is None or not open_to(request, url):
                continue
            number = _counters[item.key](request) if item.key in _counters else None
            links.append(Link(item.key, item.label, item.short or item.label, item.icon, url, number, item.phone))
        if links:
            groups.append(Shown(group.name, tuple(links), group.ruled))
    return tuple(groups)


def bottom_bar(groups: tuple[Shown, ...]) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The items a phone shows, and the rest, which stand behind 更多: five all in all, and no 更多 where there are no more."""
    links = [link for group in groups for link in group.links]
    if len(links) <= ON_PHONE + 1:
        return tuple(links), ()
    first = sorted(links, key=lambda link: not link.phone)[:ON_PHONE]
    return tuple(first), tuple(link for link in links if link not in first)

"""Signing in, decided on plain values: how long a lock holds, what comes before the first page, how devices are called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

# Failures in a row, for one account from one address, and for one account from wherever they come.
FAILURES = 5
FAILURES_OF_ACCOUNT = 50
FIRST_LOCK = timedelta(minutes=15)
# The longest lock, and the time after which failures are forgotten.
FORGOTTEN = timedelta(hours=24)


def lock(failures: int, limit: int = FAILURES) -> timedelta:
    """How long the account stays locked after so many failures in a row: nothing below `limit`, then 15 minutes, and twice
    as long with every further failure, up to a day (GB/T 22239-2019 8.1.4.1 b).
    """
    if failures < limit:
        return timedelta(0)
    doubled: int = 1 << min(failures - limit, 10)
    return min(FIRST_LOCK * doubled, FORGOTTEN)


def locked_until(failures: int, newest: datetime, limit: int = FAILURES) -> datetime | None:
    """The moment a lock ends, reckoned from the newest failure; None where there is none."""
    length = lock(failures, limit)
    return newest + length if length else None


def wait_words(wait: timedelta) -> str:
    """“15 分钟”, “2 小时”, rounded up so that whoever waits that long does get in."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} 分钟"
    return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"


class Door(Enum):
    """What must be done before any other page opens: its value is the name of the page that does it."""

    PASSWORD = "accounts:password"  # noqa: S105 (the name of a page)
    SECOND_FACTOR = "accounts:set_up_factor"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody who has signed in: what is asked of the account, and what this session has shown."""

    by_password: bool
    must_change: bool
    password_age: timedelta
    password_lasts: timedelta
    needs_factor: bool
    has_shown_factor: bool

    @property
    def expired(self) -> bool:
        """Whether the password has grown too old."""
        return self.password_age >= self.password_lasts

    @property
    def door(self) -> Door | None:
        """The page that comes first: a password is of no concern to whoever came by single sign-on."""
        if self.by_password and (self.must_change or self.expired):
            return Door.PASSWORD
        if self.needs_factor and not self.has_shown_factor:
            return Door.SECOND_FACTOR
        return None


SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "鸿蒙"), (r"iPhone", "苹果手机"), (r"iPad", "苹果平板"), (r"Android", "安卓"),
    (r"UOS|Deepin", "统信"), (r"Kylin", "麒麟"), (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "苹果电脑"), (r"Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    (r"DingTalk", "钉钉"), (r"MicroMessenger", "微信"), (r"QQBrowser", "QQ 浏览器"), (r"360SE|360EE|QihooBrowser", "360 浏览器"),
    (r"UCBrowser|UBrowser", "UC 浏览器"), (r"HuaweiBrowser", "华为浏览器"), (r"Edg/", "Edge 浏览器"), (r"Firefox/", "火狐浏览器"),
    (r"Chrom(e|ium)/", "Chrome 浏览器"), (r"Safari/", "Safari 浏览器"),
)  # fmt: skip


def device_words(agent: str) -> str:
    """A device as people know it (“Windows·Edge 浏览器”) from what its browser says of itself."""
    found = [word for table in (SYSTEMS, BROWSERS) if (word := _first(table, agent))]
    return "·".join(found) or "未知设备"


def _first(table: Iterable[tuple[str, str]], agent: str) -> str:
    return next((word for pattern, word in table if re.search(pattern, agent)), "")


def character_kinds(password: str) -> int:
    """How many of four kinds stand in the password: small letters, capitals, digits, anything else."""
    kinds = {"a" if one.islower() else "A" if one.isupper() else "0" if one.isdigit() else "" for one in password}
    return len(kinds)

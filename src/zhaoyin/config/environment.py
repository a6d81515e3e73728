"""The settings that come from the environment, each with a working default."""

import hashlib
import os
import secrets
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]


class WrongSetting(Exception):
    """A setting cannot be used. The message is one sentence for the person who set it."""


def data_dir() -> Path:
    """ZHAOYIN_DATA_DIR: database, attachments and secret key; `var/` in a checkout, else in the current folder."""
    given = os.environ.get("ZHAOYIN_DATA_DIR")
    if given:
        return Path(given).expanduser().resolve()
    return (CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()) / "var"


def secret_key(folder: Path, name: str = "secret-key") -> str:
    """The key in the file `folder`/`name`, made on first use and readable by its owner only."""
    path = folder / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_urlsafe(50)
    draft = path.with_name(f"{name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(key)
    try:
        # Linking fails where another process was first, so that all of them use one key.
        os.link(draft, path)
    except FileExistsError:
        return path.read_text().strip()
    finally:
        draft.unlink()
    return key


def database(folder: Path) -> dict[str, Any]:
    """ZHAOYIN_DATABASE_URL as Django's settings: `postgresql://user:password@host:port/name?options`, else SQLite.

    Raises WrongSetting for another kind of address.
    """
    url = os.environ.get("ZHAOYIN_DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "zhaoyin.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise WrongSetting("ZHAOYIN_DATABASE_URL 应形如 postgresql://用户:密码@主机:端口/库名")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A host with a leading slash (a socket's folder) comes as ?host=/folder.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **options},
    }


def as_of() -> date | None:
    """ZHAOYIN_AS_OF: the day that all measures are computed for; none means today. Raises WrongSetting."""
    given = os.environ.get("ZHAOYIN_AS_OF")
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise WrongSetting(f"ZHAOYIN_AS_OF 应为日期，形如 2022-07-15，现为“{given}”") from None


def whole(name: str, usual: int, least: int = 0) -> int:
    """The whole number in the variable `name`, at least `least`; `usual` where it is not set. Raises WrongSetting."""
    given = os.environ.get(name) or str(usual)
    if not given.isdecimal() or int(given) < least:
        raise WrongSetting(f"{name} 应为不小于 {least} 的整数，现为“{given}”")
    return int(given)


def flag(name: str, *, usual: bool = False) -> bool:
    """Whether the variable `name` is 1 and not 0; `usual` where it is not set. Raises WrongSetting."""
    given = os.environ.get(name) or str(int(usual))
    if given not in ("0", "1"):
        raise WrongSetting(f"{name} 应为 1（是）或 0（否），现为“{given}”")
    return given == "1"


def limits(usual: dict[str, int]) -> dict[str, int]:
    """ZHAOYIN_LIMITS: `export=10,search=120` instead of the numbers a minute in `usual`. Raises WrongSetting."""
    found = dict(usual)
    for one in filter(None, (part.strip() for part in os.environ.get("ZHAOYIN_LIMITS", "").split(","))):
        kind, _, number = one.partition("=")
        if kind not in usual or not number.isdecimal() or int(number) < 1:
            raise WrongSetting(
                f"ZHAOYIN_LIMITS 应形如 export=10,search=120（可设 {'、'.join(usual)}），现有误：“{one}”"
            )
        found[kind] = int(number)
    return found


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The addresses or networks (10.0.0.0/8) in the variable `name`, with commas between them. Raises WrongSetting."""
    given = [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]
    try:
        return tuple(ip_network(one, strict=False) for one in given)
    except ValueError as wrong:
        raise WrongSetting(
            f"{name} 应为用逗号分开的 IP 地址或网段，形如 10.0.0.5,10.1.0.0/16，现有误：{wrong}"
        ) from None


def second_factor_for_all() -> bool:
    """ZHAOYIN_SECOND_FACTOR: `all` asks everybody for one, `roles` (or not set) those whose role does. Raises WrongSetting."""
    given = os.environ.get("ZHAOYIN_SECOND_FACTOR") or "roles"
    if given not in ("all", "roles"):
        raise WrongSetting(f"ZHAOYIN_SECOND_FACTOR 应为 all 或 roles，现为“{given}”")
    return given == "all"


# What of an account a provider's claim may be compared with.
MATCHED = ("username", "mobile", "email")


def single_sign_on() -> dict[str, Any]:
    """The providers named by ZHAOYIN_OIDC_… and ZHAOYIN_DINGTALK_…, as django-allauth's setting; empty without any.

    `match` in an app's settings is (claim, column of the account), or None: only people who are linked may then sign in.
    Raises WrongSetting for a provider that is named by halves.
    """
    providers: dict[str, Any] = {}
    if url := os.environ.get("ZHAOYIN_OIDC_URL"):
        if urlsplit(url).scheme not in ("https", "http"):
            raise WrongSetting(f"ZHAOYIN_OIDC_URL 应为 https:// 开头的地址，现为“{url}”")
        app = {
            "provider_id": "oidc",
            "name": os.environ.get("ZHAOYIN_OIDC_NAME") or "统一身份认证",
            "client_id": _together("ZHAOYIN_OIDC_CLIENT", "ZHAOYIN_OIDC_URL"),
            "secret": _together("ZHAOYIN_OIDC_SECRET", "ZHAOYIN_OIDC_URL"),
            "settings": {
                "server_url": url.rstrip("/"),
                "oauth_pkce_enabled": True,
                "scope": (os.environ.get("ZHAOYIN_OIDC_SCOPE") or "openid profile").split(),
                "match": _match("ZHAOYIN_OIDC_MATCH", "preferred_username=username"),
            },
        }
        providers["openid_connect"] = {"APPS": [app]}
    if client := os.environ.get("ZHAOYIN_DINGTALK_CLIENT"):
        app = {
            "name": "钉钉",
            "client_id": client,
            "secret": _together("ZHAOYIN_DINGTALK_SECRET", "ZHAOYIN_DINGTALK_CLIENT"),
            "settings": {"match": _match("ZHAOYIN_DINGTALK_MATCH", "mobile=mobile")},
        }
        providers["dingtalk"] = {"APPS": [app], "AUTH_PARAMS": {"prompt": "consent"}}
    return providers


def _together(name: str, first: str) -> str:
    if given := os.environ.get(name):
        return given
    raise WrongSetting(f"设置了 {first} 时必须同时设置 {name}")


def _match(name: str, usual: str) -> tuple[str, str] | None:
    given = os.environ.get(name) or usual
    if given == "none":
        return None
    claim, _, column = given.partition("=")
    if not claim or column not in MATCHED:
        raise WrongSetting(f"{name} 应形如 {usual}（等号后为 {'、'.join(MATCHED)} 之一）或 none，现为“{given}”")
    return claim, column


def journal_hash() -> str:
    """ZHAOYIN_JOURNAL_HASH: `sha256` (as when not set) or `sm3`, for new lines of the journal. Raises WrongSetting."""
    given = os.environ.get("ZHAOYIN_JOURNAL_HASH") or "sha256"
    if given not in ("sha256", "sm3"):
        raise WrongSetting(f"ZHAOYIN_JOURNAL_HASH 应为 sha256 或 sm3，现为“{given}”")
    if given not in hashlib.algorithms_available:
        raise WrongSetting(
            "这台机器的 OpenSSL 没有 SM3，请把 ZHAOYIN_JOURNAL_HASH 设为 sha256，或换用带 SM3 的 OpenSSL"
        )
    return given


def journal_keep_days() -> int:
    """ZHAOYIN_JOURNAL_KEEP_DAYS: how long lines stay in the database; six months (183 days) at least. Raises WrongSetting."""
    return whole("ZHAOYIN_JOURNAL_KEEP_DAYS", 183, 183)


# The kinds of files that may hang on a record (ground.attachments knows what each is).
ATTACHED = ("pdf", "docx", "xlsx", "pptx", "jpg", "png", "ofd")


def attachment_kinds() -> tuple[str, ...]:
    """ZHAOYIN_ATTACHMENT_KINDS: which of ATTACHED are taken, with commas between them; all where not set. Raises WrongSetting."""
    given = os.environ.get("ZHAOYIN_ATTACHMENT_KINDS")
    if not given:
        return ATTACHED
    kinds = tuple(kind.strip().lower().lstrip(".") for kind in given.split(","))
    if unknown := [kind for kind in kinds if kind not in ATTACHED]:
        raise WrongSetting(f"ZHAOYIN_ATTACHMENT_KINDS 只能取 {'、'.join(ATTACHED)}，现有“{unknown[0]}”")
    return kinds

"""The settings that come from the environment, each with a working default."""

import os
import secrets
from datetime import date
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


def secret_key(folder: Path) -> str:
    """The key in `folder`/secret-key, made on first use and readable by its owner only."""
    path = folder / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(50)
    draft = path.with_name(f"secret-key.{os.getpid()}")
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

"""`zhaoyin check --deploy` names everything that is unsafe, in words, with what to do; a safe deployment passes."""

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.factories.plans import a_jurisdiction
from zhaoyin.config import checks
from zhaoyin.config.cli import main
from zhaoyin.config.environment import networks
from zhaoyin.ground.accounts.actions import add_user, grant_role
from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db
Found = Callable[[], list[str]]


def an_administrator(role: str, name: str) -> User:
    user, _ = add_user(by=None, username=f"admin-{role}", name=name, unit=None, role=role)
    user.must_change_password = False
    user.save()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


@pytest.fixture
def found(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Found:
    """What the command finds, by key, over a deployment that is safe before a test spoils it."""
    settings.TLS, settings.DEBUG, settings.AS_OF = True, False, None
    settings.PROXIES = 1
    monkeypatch.setenv("ZHAOYIN_TRIED", "10.0.0.5")
    # Browser tests of the same run set it, and a deployment has none of those.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    settings.PROXY_ADDRESSES = networks("ZHAOYIN_TRIED")
    settings.DATA_DIR, settings.JOURNAL_DIR = tmp_path, Path(settings.JOURNAL_DIR)
    tmp_path.chmod(0o700)
    (tmp_path / "secret-key").touch(0o600)
    for role, name in (("system", "系统甲"), ("security", "安全乙"), ("auditor", "审计丙")):
        an_administrator(role, name)

    def asked() -> list[str]:
        code = main(["check", "--deploy", "--json"])
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert code == (1 if lines else 0)
        assert all(line["said"].endswith("。") and line["hint"] for line in lines), lines
        return [line["id"] for line in lines]

    return asked


def test_a_safe_deployment_passes(found: Found, capsys: Any) -> None:
    assert found() == []
    assert main(["check", "--deploy"]) == 0
    assert "没有发现不安全的设置" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("setting", "value", "key"),
    [
        ("TLS", False, "tls"),
        ("PROXIES", 0, "front"),
        ("PROXY_ADDRESSES", (), "proxies"),
        ("ALLOWED_HOSTS", ["*"], "hosts"),
        ("DEBUG", True, "debug"),
        ("AS_OF", date(2024, 7, 1), "as_of"),
        ("JOURNAL_KEEP_DAYS", 90, "journal"),
    ],
)
def test_a_setting_that_is_unsafe(found: Found, settings: Any, setting: str, value: object, key: str) -> None:
    setattr(settings, setting, value)
    assert found() == [key]


def test_the_demonstrations_account_outside_of_the_demonstration(found: Found) -> None:
    user = User.objects.create_user(DEMO_USER, password=DEMO_PASSWORD)
    assert found() == ["demo"]
    place = a_jurisdiction("云溪市")
    Unit.objects.filter(pk=place.pk).update(demo=True)
    assert found() == []
    Unit.objects.filter(pk=place.pk).update(demo=False)
    user.set_password("bie-de-Mima-9")
    user.save()
    assert found() == []


def test_a_one_time_password_that_nobody_replaced(found: Found) -> None:
    user, _ = add_user(by=None, username="new", name="王某", unit=None, role="office")
    assert found() == []
    User.objects.filter(pk=user.pk).update(password_set_at=timezone.now() - timedelta(days=8))
    assert found() == ["one_time"]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert found() == []


@pytest.mark.parametrize("role", ["system", "security", "auditor"])
def test_an_administrator_that_is_missing(found: Found, role: str) -> None:
    User.objects.filter(username=f"admin-{role}").update(is_active=False)
    assert found() == ["administrators"]


def test_one_person_with_two_accounts(found: Found) -> None:
    User.objects.filter(username="admin-auditor").update(name="系统甲")
    assert found() == ["one_person"]


def test_two_of_one_kind_may_have_one_name(found: Found) -> None:
    user, _ = add_user(by=None, username="other", name="系统甲", unit=None, role="office")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    grant_role(by=None, user=user, role="system")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert found() == []


def test_an_administrator_without_a_second_factor(found: Found) -> None:
    Authenticator.objects.filter(user__username="admin-auditor").delete()
    assert found() == ["factor"]


def test_keys_and_folder_that_others_can_read(found: Found, tmp_path: Path) -> None:
    (tmp_path / "secret-key").chmod(0o644)
    assert found() == ["keys"]
    (tmp_path / "secret-key").chmod(0o600)
    tmp_path.chmod(0o755)
    assert found() == ["folder"]


def test_sqlite_on_a_disk_of_another_machine(found: Found, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "file_system", lambda path: "nfs4")
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    assert found() == (["sqlite"] if on_sqlite else [])


def test_the_kind_of_a_file_system_is_read_from_the_machine() -> None:
    if os.path.exists("/proc/self/mounts"):
        assert checks.file_system(Path("/proc")) == "proc"

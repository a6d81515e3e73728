"""What is unsafe in the present settings and data, as Django's deployment checks.

A check yields what it finds as (id, what is unsafe, what to do); each finding becomes a warning of Django's framework, so that
`zhaoyin check --deploy` and `zhaoyin django check --deploy` say the same.
"""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Unsafe
from django.utils import timezone

PREFIX = "zhaoyin."
Findings = Iterator[tuple[str, str, str]]
ONE_TIME_DAYS = 7
SIX_MONTHS = 183
# File systems of another machine, on which SQLite's locks cannot be relied upon.
SHARED = ("nfs", "cifs", "smb", "9p", "ceph", "gluster", "lustre", "fuse.sshfs", "fuse.glusterfs", "fuse.juicefs")
KEYS = ("secret-key", "factor-key", "record-key")


def _deployment(check: Callable[[], Findings]) -> Callable[[], Findings]:
    """Register `check` with Django, to run on `--deploy` only."""

    def run(app_configs: Any, **options: Any) -> list[CheckMessage]:
        return [Unsafe(said, hint=hint, id=PREFIX + key) for key, said, hint in check()]

    run.__name__ = check.__name__
    register(run, Tags.security, deploy=True)
    return check


@_deployment
def transport() -> Findings:
    """How the product is reached."""
    if not settings.TLS:
        yield "tls", "没有启用 TLS，密码和数据以明文传输。", "在前端（如 nginx）配置证书，并设置 ZHAOYIN_TLS=1。"
    elif not settings.PROXIES:
        yield (
            "front", "启用了 TLS，但没有声明前端，HSTS 和跳转到 https 不起作用。",
            "设置 ZHAOYIN_PROXIES=1，并让前端写入 X-Forwarded-Proto。",
        )  # fmt: skip
    if settings.PROXIES and not settings.PROXY_ADDRESSES:
        yield (
            "proxies", "任何来源的 X-Forwarded-For 都被采信，来访地址可以伪造。",
            "用 ZHAOYIN_PROXY_ADDRESSES 写明前端的 IP 地址或网段。",
        )  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS:
        yield "hosts", "接受任意域名的访问（ZHAOYIN_HOSTS 为 *）。", "把 ZHAOYIN_HOSTS 改为实际使用的域名。"


@_deployment
def modes() -> Findings:
    """Settings made for trying things out."""
    if settings.DEBUG:
        yield "debug", "调试模式开着，出错时会把内部信息显示给访问者。", "去掉 ZHAOYIN_DEBUG。"
    if settings.AS_OF:
        yield "as_of", f"数据截至日固定为 {settings.AS_OF}，灯号和进度不再随日期变化。", "去掉 ZHAOYIN_AS_OF。"
    if settings.JOURNAL_KEEP_DAYS < SIX_MONTHS:
        yield (
            "journal", f"操作日志只保留 {settings.JOURNAL_KEEP_DAYS} 天，少于六个月。",
            f"把 ZHAOYIN_JOURNAL_KEEP_DAYS 设为 {SIX_MONTHS} 以上。",
        )  # fmt: skip


@_deployment
def accounts() -> Findings:
    """Accounts that anybody could use."""
    from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER
    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.organisations.models import Unit

    people = User.objects.filter(is_active=True)
    demo = people.filter(username=DEMO_USER).first()
    sample = Unit.objects.filter(demo=True).exists()
    if demo and not sample and demo.check_password(DEMO_PASSWORD):
        yield (
            "demo", f"正式数据中有密码公开的演示账号“{DEMO_USER}”。", "由系统管理员在“账号”中停用它。"
        )  # fmt: skip
    old = people.filter(
        must_change_password=True, password_set_at__lt=timezone.now() - timedelta(days=ONE_TIME_DAYS)
    ).order_by("username")
    if names := list(old.values_list("username", flat=True)):
        yield (
            "one_time", f"{len(names)} 个账号的一次性密码超过 {ONE_TIME_DAYS} 天没有更换：{_listed(names)}。",
            "请本人登录更换，或停用账号。",
        )  # fmt: skip


@_deployment
def administrators() -> Findings:
    """System, security and audit administrators: three people, each with a second factor."""
    from zhaoyin.ground.access.rules import ROLES, THREE
    from zhaoyin.ground.accounts.models import RoleGrant
    from zhaoyin.ground.accounts.queries import has_second_factor

    grants = list(RoleGrant.objects.filter(role__in=THREE, user__is_active=True).select_related("user").order_by("pk"))
    held = {grant.role for grant in grants}
    if missing := [ROLES[key].name for key in THREE if key not in held]:
        yield (
            "administrators", f"还没有{'、'.join(missing)}。",
            "用 zhaoyin user add 建立，由三个不同的人担任系统管理员、安全管理员、审计员。",
        )  # fmt: skip
    # One person cannot hold two by one account (the database refuses it), but may have been given two accounts.
    people = {grant.user.pk: grant.user for grant in grants}
    names = Counter(user.name.strip() for user in people.values() if user.name.strip())
    if twice := sorted(name for name, number in names.items() if number > 1 and _roles_of(name, grants) > 1):
        yield (
            "one_person", f"三类管理员中有同名的账号：{_listed(twice)}，可能由一人兼任。",
            "核实后改由不同的人担任；确系同名的，请在姓名后加注。",
        )  # fmt: skip
    if bare := [user.username for user in people.values() if not has_second_factor(user)]:
        yield "factor", f"管理员还没有设置动态验证码：{_listed(bare)}。", "请本人登录，按提示设置。"


def _roles_of(name: str, grants: list[Any]) -> int:
    return len({grant.role for grant in grants if grant.user.name.strip() == name})


@_deployment
def storage() -> Findings:
    """What lies on the disk, and who can read it."""
    folder = Path(settings.DATA_DIR)
    kind = file_system(folder)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and kind.startswith(SHARED):
        yield (
            "sqlite", f"SQLite 数据库放在网络文件系统（{kind}）上，多台机器同时使用会损坏数据。",
            "改用 PostgreSQL（ZHAOYIN_DATABASE_URL），或把数据目录放到本机磁盘。",
        )  # fmt: skip
    keys = [folder / name for name in KEYS] + [Path(settings.JOURNAL_DIR) / "journal-key"]
    if open_keys := [path for path in keys if path.exists() and mode_of(path) & 0o077]:
        yield (
            "keys", f"密钥文件可被他人读取：{_listed([path.name for path in open_keys])}。",
            "执行 chmod 600 " + " ".join(str(path) for path in open_keys),
        )  # fmt: skip
    if folder.exists() and mode_of(folder) & 0o007:
        yield "folder", f"数据目录 {folder} 可被本机其他用户读取。", f"执行 chmod 700 {folder}"


def mode_of(path: Path) -> int:
    """The permission bits of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def file_system(path: Path) -> str:
    """The kind of file system that `path` lies on ("ext4", "nfs4"); empty where the machine does not tell."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    place = os.path.realpath(path)
    mounts = [(point, kind) for _, point, kind, *_ in (line.split(" ") for line in lines)]
    under = [(len(point), kind) for point, kind in mounts if (place + "/").startswith(point.rstrip("/") + "/")]
    return max(under, default=(0, ""))[1]


def _listed(names: list[str], most: int = 5) -> str:
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown} 等 {len(names)} 个"

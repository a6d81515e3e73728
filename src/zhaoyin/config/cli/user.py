"""`zhaoyin user add NAME`: make an account."""

import argparse

from zhaoyin.ground.access.rules import ROLES

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    add = verbs.add_parser("add", help="新建账号，印出一次性密码")
    add.add_argument("name", help="登录名")
    add.add_argument("--display", default="", help="姓名")
    add.add_argument("--unit", help="单位名称")
    add.add_argument("--role", default="office", choices=list(ROLES), metavar="角色", help=_roles())
    add.set_defaults(run=run)


def _roles() -> str:
    return "、".join(f"{role.key} {role.name}" for role in ROLES.values()) + "；不写为 office"


def run(options: argparse.Namespace) -> int:
    """Make the account in a database brought up to date first; the one-time password goes to standard output."""
    start_django()
    from django.core.management import call_command

    from zhaoyin.ground.accounts.actions import AccountExists, GrantRefused, add_user
    from zhaoyin.ground.organisations.models import Unit

    call_command("migrate", verbosity=0)
    unit = None
    if options.unit:
        unit = Unit.objects.filter(name=options.unit).first()
        if unit is None:
            raise Refusal(f"没有名为“{options.unit}”的单位")
    try:
        user, password = add_user(by=None, username=options.name, name=options.display, unit=unit, role=options.role)
    except (AccountExists, GrantRefused) as refused:
        raise Refusal(str(refused)) from None
    where = f"{unit}" if unit else "整个系统"
    print(f"账号 {user.username}\n角色 {ROLES[options.role].name}（{where}）\n一次性密码 {password}\n首次登录后须改密码。")
    return 0

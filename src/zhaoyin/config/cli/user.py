"""`zhaoyin user`: make an account, list accounts, list roles. Whoever runs it at the machine may do everything."""

import argparse

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    add = verbs.add_parser("add", help="新建账号，印出一次性密码")
    add.add_argument("name", help="登录名")
    add.add_argument("--display", default="", help="姓名")
    add.add_argument("--unit", help="单位名称；没有单位的账号，角色在整个系统有效")
    add.add_argument(
        "--role", default="office", help="角色的键或名称，见 zhaoyin user roles；none 为暂不授予（默认：office）"
    )
    add.set_defaults(run=add_account)
    verbs.add_parser("list", help="列出账号、单位和角色").set_defaults(run=list_accounts)
    verbs.add_parser("roles", help="列出角色，各能做什么").set_defaults(run=list_roles)


def add_account(options: argparse.Namespace) -> int:
    """Make the account in a database brought up to date first; the one-time password goes to standard output."""
    start_django()
    from django.core.management import call_command
    from django.utils import timezone

    from zhaoyin.ground.access.rules import ROLES
    from zhaoyin.ground.accounts.actions import AccountExists, GrantRefused, add_user
    from zhaoyin.ground.accounts.queries.people import Units
    from zhaoyin.ground.accounts.rules.people import login_fault, login_name
    from zhaoyin.ground.organisations.models import Unit

    keys = {**{role.name: key for key, role in ROLES.items()}, **{key: key for key in ROLES}, "none": None}
    if options.role not in keys:
        raise Refusal(f"没有“{options.role}”这个角色，应为：{'、'.join(keys)}")
    name = login_name(options.name)
    if fault := login_fault(name):
        raise Refusal(fault)
    call_command("migrate", verbosity=0)
    try:
        number = Units(timezone.localdate()).called(options.unit or "")
        unit = Unit.objects.get(pk=number) if number is not None else None
        user, password = add_user(by=None, username=name, name=options.display, unit=unit, role=keys[options.role])
    except (AccountExists, GrantRefused, LookupError) as refused:
        raise Refusal(str(refused)) from None
    print(f"账号 {user.username}\n一次性密码 {password}\n首次登录后须改密码。")
    return 0


def list_accounts(options: argparse.Namespace) -> int:
    """One account a line: name, person, unit, state, roles; separated by tabs."""
    start_django()
    from zhaoyin.ground.accounts.models import User

    for user in User.objects.select_related("unit").prefetch_related("grants__unit").order_by("username"):
        roles = "、".join(str(grant) for grant in user.grants.all()) or "没有角色"
        unit = user.unit.name if user.unit else "/"
        print(user.username, user.name, unit, "在用" if user.is_active else "已停用", roles, sep="\t")
    return 0


def list_roles(options: argparse.Namespace) -> int:
    """Every role: key, name, reach, description; separated by tabs."""
    from zhaoyin.ground.access.rules import ROLES

    for key, role in ROLES.items():
        print(key, role.name, role.reach.value, role.description, sep="\t")
    return 0

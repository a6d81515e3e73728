"""`zhaoyin user add NAME`: make an account."""

import argparse

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    add = verbs.add_parser("add", help="新建账号，印出一次性密码")
    add.add_argument("name", help="登录名")
    add.add_argument("--display", default="", help="姓名")
    add.add_argument("--unit", help="单位名称")
    add.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the account in a database brought up to date first; the one-time password goes to standard output."""
    start_django()
    from django.core.management import call_command

    from zhaoyin.ground.accounts.actions import AccountExists, add_user
    from zhaoyin.ground.organisations.models import Unit

    call_command("migrate", verbosity=0)
    unit = None
    if options.unit:
        unit = Unit.objects.filter(name=options.unit).first()
        if unit is None:
            raise Refusal(f"没有名为“{options.unit}”的单位")
    try:
        user, password = add_user(by=None, username=options.name, name=options.display, unit=unit)
    except AccountExists as exists:
        raise Refusal(str(exists)) from None
    print(f"账号 {user.username}\n一次性密码 {password}\n首次登录后须改密码。")
    return 0

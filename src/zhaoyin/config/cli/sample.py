"""`zhaoyin sample`: load the sample into an empty database."""

import argparse
import sys
from pathlib import Path

from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command has no options."""
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load the sample; a database that holds anything is refused."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if not load_into_empty():
        raise Refusal("数据库里已有数据，演示数据只载入空数据库")
    print(f"已载入演示数据。演示账号：{DEMO_USER}  密码：{DEMO_PASSWORD}")
    return 0


def load_into_empty() -> bool:
    """Load the sample and its account if the database holds neither units nor accounts. Returns whether it did."""
    from django.db import transaction

    from zhaoyin.config.loading import WrongData, load_folder
    from zhaoyin.ground.accounts.actions import grant_role
    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.organisations.models import Unit

    if Unit.objects.exists() or User.objects.exists():
        return False
    try:
        with transaction.atomic():
            user = User.objects.create_user(DEMO_USER, password=DEMO_PASSWORD, name="投资促进中心")
            grant_role(by=None, user=user, role="office")
            jurisdiction = load_folder(folder(), by=user)
            user.unit = jurisdiction.units.filter(short_name="投资促进中心").first() or jurisdiction
            user.save(update_fields=["unit"])
    except WrongData as wrong:
        print("演示数据有误：", file=sys.stderr)
        raise Refusal(str(wrong)) from None
    return True


def folder() -> Path:
    """Where the sample lies: beside the loader in an installed package, in data/ of a checkout."""
    from zhaoyin.config.environment import CHECKOUT

    installed = Path(__file__).resolve().parents[1] / "loading" / "sample"
    return installed if installed.is_dir() else CHECKOUT / "data" / "sample"

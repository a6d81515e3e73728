"""`zhaoyin load DIR --by NAME`: load a jurisdiction's files."""

import argparse
from pathlib import Path

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="organisations.yaml、plan.yaml、records.yaml 所在的文件夹"
    )
    parser.add_argument("--by", required=True, metavar="NAME", help="以哪个账号的名义")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load the folder in one transaction, into a database that is brought up to date first."""
    start_django()
    from django.core.management import call_command

    from zhaoyin.config.loading import WrongData, load_folder
    from zhaoyin.ground.accounts.models import User

    call_command("migrate", verbosity=0)
    by = User.objects.filter(username=options.by).first()
    if by is None:
        raise Refusal(f"没有账号“{options.by}”；先运行 zhaoyin user add {options.by}")
    try:
        jurisdiction = load_folder(options.folder, by=by)
    except WrongData as wrong:
        raise Refusal(str(wrong)) from None
    print(f"已载入{jurisdiction.name}：{jurisdiction.units.count()} 个单位，{jurisdiction.projects.count()} 个项目。")
    return 0

"""`zhaoyin projects export`: the project table as a file."""

import argparse
import os
from datetime import date
from pathlib import Path

from . import Refusal, start_django
from .lights import day

# What the end of the file's name asks for: the plan's ten columns, or the list as the page shows it.
FORMS = {".xlsx": "table.xlsx", ".docx": "table.docx", ".csv": "csv"}


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    export = verbs.add_parser("export", help="导出责任分解表（.xlsx、.docx）或项目清单（.csv）")
    export.add_argument("--out", required=True, type=Path, metavar="文件")
    export.add_argument("--as-of", metavar="日期", help="截至日，形如 2022-07-15；不写就是数据的截至日或今天")
    export.add_argument("--by", required=True, metavar="账号", help="以谁的名义导出，记入操作日志")
    export.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file whole or not at all; what was there before is replaced."""
    form = FORMS.get(options.out.suffix.lower())
    if form is None:
        raise Refusal(f"导出文件应以 {'、'.join(FORMS)} 结尾，不能是“{options.out.name}”")
    as_of = day(options.as_of) if options.as_of else None
    start_django()
    from django.db import OperationalError, ProgrammingError

    try:
        data, count = made(form, as_of, options.by)
    except (OperationalError, ProgrammingError):
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up 或 zhaoyin plan commit") from None
    draft = options.out.with_name(f".{options.out.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(options.out)
    except OSError as wrong:
        draft.unlink(missing_ok=True)
        raise Refusal(f"不能写入 {options.out}：{wrong.strerror}") from None
    print(f"已导出 {count} 个项目：{options.out}")
    return 0


def made(form: str, as_of: date | None, username: str) -> tuple[bytes, int]:
    """The file's bytes and the number of projects in it, of what the account `username` may see; journalled."""
    from django.conf import settings
    from django.http import QueryDict
    from django.utils import timezone

    from zhaoyin.ground.access.rules import Permission
    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.organisations.queries import jurisdiction_of
    from zhaoyin.record.projects.queries import sight_of
    from zhaoyin.report.library import actions, exporting, queries

    user = User.objects.select_related("unit__jurisdiction").filter(username=username, is_active=True).first()
    if user is None:
        raise Refusal(f"没有账号“{username}”")
    here = jurisdiction_of(user.unit)
    if here is None:
        raise Refusal("项目库还是空的，没有可导出的内容")
    asked = queries.chosen(
        QueryDict(""),
        queries.field_of(
            user,
            as_of or settings.AS_OF or here.opens_on or timezone.localdate(),
            sight_of(user, Permission.RECORDS_EXPORT),
        ),
    )
    mark = exporting.mark_of(user, user.username, timezone.localtime())
    try:
        file = exporting.export(asked, form, place=here.name, demo=here.demo, mark=mark)
    except exporting.CannotExport as refused:
        raise Refusal(str(refused)) from None
    actions.record_export(by=user, jurisdiction=here, name=file.name, count=file.count)
    return file.data, file.count

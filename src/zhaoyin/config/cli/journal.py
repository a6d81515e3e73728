"""`zhaoyin journal verify | archive`: is the journal whole, and old lines into a file."""

import argparse
import json
from typing import Any

from . import Refusal, start_django
from .lights import day


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    verify = verbs.add_parser("verify", help="从第一条走到最后一条，逐一指出被改、被删、换位、伪造的记录")
    verify.add_argument("--json", action="store_true", help="以 JSON 输出，一行一处，最后一行是合计")
    verify.set_defaults(run=run_verify)
    archive = verbs.add_parser("archive", help="把半年以前的记录连同链移入归档文件")
    archive.add_argument("--before", required=True, metavar="日期", help="归档这一天以前的，形如 2026-01-01")
    archive.set_defaults(run=run_archive)


def run_verify(options: argparse.Namespace) -> int:
    """Print what is wrong as it is found, then a sum. Returns 0 for a whole journal, 1 otherwise."""
    _start()
    from zhaoyin.ground.journal.actions import verify
    from zhaoyin.ground.journal.keeping import NoKey
    from zhaoyin.ground.journal.queries import last_verification

    count = 0
    try:
        for finding in verify(by=None):
            count += 1
            print(json.dumps(finding.as_dict(), ensure_ascii=False) if options.json else finding, flush=True)
    except NoKey as missing:
        raise Refusal(str(missing)) from None
    said = last_verification()
    total: dict[str, Any] = {"whole": not count, "lines": said.detail["lines"] if said else 0, "count": count}
    if options.json:
        print(json.dumps(total))
    else:
        print(f"走过 {total['lines']} 条，" + (f"发现 {count} 处问题。" if count else "链完整，没有问题。"))
    return 1 if count else 0


def run_archive(options: argparse.Namespace) -> int:
    """Move old lines into a file; nothing moves unless the file was read back whole."""
    before = day(options.before)
    _start()
    from zhaoyin.ground.journal.actions import TooYoung, Unsound, archive
    from zhaoyin.ground.journal.keeping import NoKey, archives

    try:
        row = archive(by=None, before=before)
    except (TooYoung, Unsound, NoKey) as refused:
        raise Refusal(str(refused)) from None
    except OSError as wrong:
        raise Refusal(f"不能写入 {archives()}：{wrong.strerror}") from None
    if row is None:
        print(f"没有 {before} 以前的记录，无需归档。")
    else:
        print(
            f"已归档 {row.last_seq - row.first_seq + 1} 条（第 {row.first_seq}–{row.last_seq} 条）：{archives() / row.file}"
        )
    return 0


def _start() -> None:
    """Django, on a database that has a journal."""
    start_django()
    from django.db import DatabaseError

    from zhaoyin.ground.journal.queries import last_verification

    try:
        last_verification()
    except DatabaseError:
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up 或 zhaoyin plan commit") from None

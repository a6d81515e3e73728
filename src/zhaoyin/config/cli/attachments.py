"""`zhaoyin attachments check | sweep`: are the files those that were uploaded, and away with what no record speaks of."""

import argparse

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    check = verbs.add_parser("check", help="逐个核对附件文件的摘要，指出丢失和被改的")
    check.set_defaults(run=run_check)
    sweep = verbs.add_parser("sweep", help="清理一小时以前中断的上传和没有记录的文件")
    sweep.set_defaults(run=run_sweep)


def run_check(options: argparse.Namespace) -> int:
    """Print each file that is missing or altered. Returns 0 where there is none, else 1."""
    start_django()
    from django.db import DatabaseError

    from zhaoyin.ground.attachments.queries import known_paths
    from zhaoyin.ground.attachments.storing import hash_of

    try:
        known = known_paths()
    except DatabaseError:
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up") from None
    wrong = 0
    for path, digest in known.items():
        found = hash_of(path)
        if found != digest:
            wrong += 1
            print(f"{path}：{'文件丢失' if found is None else '内容与上传时不同'}")
    print(f"核对 {len(known)} 个附件，" + (f"{wrong} 个有问题。" if wrong else "全部完好。"))
    return 1 if wrong else 0


def run_sweep(options: argparse.Namespace) -> int:
    """Remove what no record speaks of. Returns 0."""
    start_django()
    from django.db import DatabaseError

    from zhaoyin.ground.attachments.actions import sweep

    try:
        count = sweep(by=None)
    except DatabaseError:
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up") from None
    except OSError as wrong:
        raise Refusal(f"不能清理附件文件夹：{wrong.strerror}") from None
    print(f"清理了 {count} 个文件。")
    return 0

"""`zhaoyin check --deploy`: what is unsafe in the present settings and data, each with what to do about it."""

import argparse
import json

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--deploy", action="store_true", help="按正式部署的要求检查设置、账号和数据目录")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，一行一处")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is found, one after another. Returns 0 if nothing is, else 1."""
    start_django()
    from django.core.checks import run_checks
    from django.db import DatabaseError

    from zhaoyin.config import checks

    try:
        found = run_checks(include_deployment_checks=options.deploy)
    except DatabaseError:
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up 或 zhaoyin plan commit") from None
    # Django's own deployment advice says in English what ours says; its errors are kept.
    kept = [one for one in found if one.is_serious() or (one.id or "").startswith(checks.PREFIX)]
    for number, one in enumerate(kept, 1):
        key = (one.id or "").removeprefix(checks.PREFIX)
        if options.json:
            print(json.dumps({"id": key, "said": str(one.msg), "hint": str(one.hint or "")}, ensure_ascii=False))
        else:
            print(f"{number}. {one.msg}\n   {one.hint or ''}")
    if not options.json:
        print(f"\n发现 {len(kept)} 处不安全的设置。" if kept else "没有发现不安全的设置。")
    return 1 if kept else 0

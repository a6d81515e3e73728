"""`zhaoyin targets --as-of DATE`: the year's targets, counted from the library as of a day."""

import argparse
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import Refusal, start_django
from .lights import day

if TYPE_CHECKING:
    from zhaoyin.plan.targets.queries import PlanProgress
    from zhaoyin.plan.targets.rules import Progress, Record


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--as-of", required=True, metavar="日期", help="截至日，形如 2022-07-15")
    parser.add_argument("--year", metavar="年度", help="方案的年度，不写就是截至日所在年")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，含每个数字的记录")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every target of every plan of the year; nothing is written."""
    as_of = day(options.as_of)
    year = options.year or str(as_of.year)
    if not (year.isascii() and year.isdigit() and 1 <= int(year[:5]) <= 9999):
        raise Refusal(f"年度应为四位数字，形如 2022，不能是“{year[:20]}”")
    start_django()
    from django.db import OperationalError, ProgrammingError

    from zhaoyin.ground.organisations.queries import jurisdiction_ids
    from zhaoyin.plan.targets.queries import progress_of

    try:
        plans = progress_of(jurisdiction_ids(None), int(year), as_of)
    except (OperationalError, ProgrammingError):
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up 或 zhaoyin plan commit") from None
    if not plans:
        raise Refusal(f"库里没有 {int(year)} 年度的方案，没有目标可计")
    if options.json:
        print(
            json.dumps([plain(plan, row) for plan in plans for _, row in plan.progress], ensure_ascii=False, indent=1)
        )
    else:
        for plan in plans:
            print_plan(plan, as_of)
    return 0


def print_plan(plan: "PlanProgress", as_of: date) -> None:
    """One plan's targets as lines for people."""
    from zhaoyin.kernel.numerals import plain as digits
    from zhaoyin.plan.targets.rules import gap_words, percent

    print(f"{plan.place}　{plan.plan}（截至 {as_of}）")
    for _, row in plan.progress:
        figure = "/" if row.figure is None else digits(row.figure)
        print(f"  {row.target.label}：{figure} / {digits(row.target.required)} {row.target.unit}")
        print(f"    时间已过 {percent(row.elapsed)}（第 {row.elapsed_days} 天，共 {row.days} 天），{gap_words(row)}")
        print(f"    {row.definition}")


def plain(plan: "PlanProgress", row: "Progress") -> dict[str, Any]:
    """One target as JSON: numbers in the target's unit, `elapsed` the share of the year, None where unknown."""
    return {
        "plan": plan.plan,
        "place": plan.place,
        "label": row.target.label,
        "metric": row.target.metric,
        "comparator": row.target.comparator.value,
        "required": _number(row.target.required),
        "figure": _number(row.figure),
        "unit": row.target.unit,
        "floor_yi": _number(row.target.floor_yi),
        "elapsed": row.elapsed_days / row.days,
        "elapsed_days": row.elapsed_days,
        "days": row.days,
        "gap": None if row.gap is None else float(row.gap),
        "ok": row.verdict.ok,
        "reasons": list(row.verdict.reasons),
        "definition": row.definition,
        "records": [_record(record) for record in row.records],
        "left_out": [{**_record(item.record), "reason": item.reason} for item in row.left_out],
    }


def _record(record: "Record") -> dict[str, Any]:
    return {"id": record.id, "name": record.name, "on": record.on.isoformat(), "amount": _number(record.amount)}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

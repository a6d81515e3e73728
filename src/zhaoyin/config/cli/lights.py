"""`zhaoyin lights --as-of DATE`: every milestone not reached by the day, with its light."""

import argparse
import json
from datetime import date
from typing import Any

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--as-of", required=True, metavar="日期", help="截至日，形如 2022-07-15")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the milestones, those due first first and undated ones last; nothing is written."""
    as_of = day(options.as_of)
    start_django()
    from django.db import OperationalError, ProgrammingError

    try:
        rows = lights(as_of)
    except (OperationalError, ProgrammingError):
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up 或 zhaoyin plan commit") from None
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    from zhaoyin.kernel.lights import Light

    for row in rows:
        late = "" if row["days"] is None else f"逾期 {row['days']} 天" if row["days"] > 0 else f"剩 {-row['days']} 天"
        words = [row["end"] or "----------", Light(row["light"]).label, late, row["project"], row["phase"], row["text"]]
        print("\t".join(words))
    return 0


def day(text: str) -> date:
    """`text` as a day; Refusal for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"截至日应为日期，形如 2022-07-15，不能是“{text[:20]}”") from None


def lights(as_of: date) -> list[dict[str, Any]]:
    """Per milestone: project, phase, text, end, kind, light, days (late > 0; None without a date)."""
    from zhaoyin.plan.schedules.queries import facts_of, lights_of, open_milestones
    from zhaoyin.plan.schedules.rules import days_late

    return [
        {
            "project": row.project.name,
            "phase": row.phase.name if row.phase else "",
            "text": row.text,
            "end": row.end_then and row.end_then.isoformat(),
            "kind": facts_of(row).kind,
            "light": light.value,
            "days": days_late(row.end_then, as_of),
        }
        for row, light in lights_of(open_milestones(as_of), as_of)
    ]

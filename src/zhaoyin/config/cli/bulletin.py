"""`zhaoyin bulletin 2022-06 --out FILE.docx`: the month's supervision bulletin as an official document."""

import argparse
import json
import os
import re
import tempfile
from datetime import date
from pathlib import Path

from . import Refusal, start_django


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("month", metavar="月份", help="形如 2022-06")
    parser.add_argument("--out", metavar="文件", help="写成的 .docx 文件")
    parser.add_argument("--number", metavar="文号", help="发文字号，形如 临投促办〔2022〕6号")
    parser.add_argument("--place", metavar="行政区划", help="名称或代码，库里不止一个时使用")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出通报内容和检查结果")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compose the bulletin, check that it adds up, and write it whole or not at all. Raises Refusal."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", options.month) or options.month < "0001":
        raise Refusal(f"月份应写成 2022-06 的样子，不能是“{options.month[:20]}”")
    if not options.out and not options.json:
        raise Refusal("请用 --out 写明要写成的 .docx 文件，或用 --json 只看内容")
    out = Path(options.out) if options.out else None
    if out is not None and out.suffix.lower() != ".docx":
        raise Refusal(f"通报只写成 .docx 文件，不能写成“{out.name[:60]}”")
    start_django()
    from django.db import OperationalError, ProgrammingError

    from zhaoyin.documents.writing.package import UnwritableDocument
    from zhaoyin.kernel.period import Period
    from zhaoyin.report.supervision.bulletin import as_json
    from zhaoyin.report.supervision.compose import compose
    from zhaoyin.report.supervision.document import to_docx
    from zhaoyin.report.supervision.queries import NotYet, gather
    from zhaoyin.report.supervision.rules import DoesNotFoot, checks

    try:
        jurisdiction = _jurisdiction(options.place)
        period = Period.parse(options.month)
        bulletin = compose(gather(jurisdiction, period, _today(jurisdiction.opens_on)), options.number)
        content = to_docx(bulletin) if out is not None else b""
    except (OperationalError, ProgrammingError):
        raise Refusal("数据库还没有建好，请先运行 zhaoyin up 或 zhaoyin plan commit") from None
    except (NotYet, DoesNotFoot, UnwritableDocument, ValueError) as fault:
        raise Refusal(str(fault)) from None
    if out is not None:
        write_whole(out, content)
    if options.json:
        found = [
            {"title": check.title, "outcome": check.outcome.name.lower(), "word": check.word, "text": check.text}
            for check in checks(bulletin)
        ]
        print(json.dumps({**as_json(bulletin), "checks": found}, ensure_ascii=False, indent=1))
    else:
        print(f"已写成 {out}：{bulletin.title}（截至 {bulletin.as_of}）")
    return 0


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` in one step: a reader sees the old file or the new one, never a part. Raises Refusal."""
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as fault:
        raise Refusal(f"不能写入“{path}”：{_reason(fault)}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(draft, 0o666 & ~_mask())
        os.replace(draft, path)
    except OSError as fault:
        os.unlink(draft)
        raise Refusal(f"不能写入“{path}”：{_reason(fault)}") from None


def _reason(fault: OSError) -> str:
    reasons = {
        FileNotFoundError: "所在的文件夹不存在",
        NotADirectoryError: "所在的文件夹不存在",
        PermissionError: "没有写入的权限",
        IsADirectoryError: "那是一个文件夹",
    }
    return reasons.get(type(fault), "磁盘拒绝写入")


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _jurisdiction(place: str | None):  # type: ignore[no-untyped-def]
    from django.db.models import Q

    from zhaoyin.ground.organisations.models import Unit, UnitKind
    from zhaoyin.ground.organisations.queries import jurisdiction_of

    if place:
        found = Unit.objects.filter(Q(name=place) | Q(code=place), kind=UnitKind.JURISDICTION).first()
        if found is None:
            raise Refusal(f"库里没有名称或代码为“{place[:40]}”的行政区划")
        return found
    found = jurisdiction_of(None)
    if found is None:
        raise Refusal("库里还没有行政区划，请先载入数据或建立行动方案")
    return found


def _today(opens_on: date | None) -> date:
    from django.conf import settings
    from django.utils import timezone

    return settings.AS_OF or opens_on or timezone.localdate()

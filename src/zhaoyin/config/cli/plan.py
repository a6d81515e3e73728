"""`zhaoyin plan read FILE` and `zhaoyin plan commit FILE --by NAME`."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import Refusal, start_django

if TYPE_CHECKING:
    from zhaoyin.documents.reading.model import PlanReading
    from zhaoyin.documents.reading.source import SourceDocument
    from zhaoyin.plan.plans.comparison import Comparison


def declare(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    verbs = parser.add_subparsers(dest="verb", metavar="动作", required=True)
    reader = verbs.add_parser("read", help="读取一份方案，印出读到的内容；不写任何东西")
    committer = verbs.add_parser("commit", help="读取一份方案并建立为项目库")
    for verb in (reader, committer):
        verb.add_argument("file", type=Path, metavar="FILE", help=".txt .md .html .docx .xlsx .csv .pdf")
        verb.add_argument("--year", type=int, help="文件没有写明年度时，由此给出")
    reader.add_argument("--json", action="store_true", help="印出 JSON")
    reader.set_defaults(run=read)
    committer.add_argument("--by", required=True, metavar="NAME", help="以哪个账号的名义")
    committer.add_argument("--dry-run", action="store_true", help="只说会做什么，不写任何东西")
    committer.set_defaults(run=commit)


def read(options: argparse.Namespace) -> int:
    """Print the reading; needs neither settings nor a database."""
    from zhaoyin.documents.reading.as_json import as_json

    _, reading = _read(options.file, options.year)
    if options.json:
        json.dump(as_json(reading), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        _summarise(reading)
    return 0


def commit(options: argparse.Namespace) -> int:
    """Commit the file's reading in one transaction, into a database that is brought up to date first."""
    source, reading = _read(options.file, options.year)
    start_django()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from zhaoyin.ground.accounts.models import User
    from zhaoyin.ground.organisations.queries import jurisdiction_of
    from zhaoyin.plan.plans import actions
    from zhaoyin.plan.plans.actions import AlreadyReceived, Refused
    from zhaoyin.plan.plans.comparison import compare
    from zhaoyin.plan.plans.models import DocumentState
    from zhaoyin.record.projects.actions import NotAllowed

    call_command("migrate", verbosity=0)
    by = User.objects.filter(username=options.by).first()
    if by is None:
        raise Refusal(f"没有账号“{options.by}”；先运行 zhaoyin user add {options.by}")
    jurisdiction = jurisdiction_of(by.unit)
    try:
        if options.dry_run:
            _tell(reading, compare(reading, jurisdiction))
            return 0
        with transaction.atomic():
            try:
                document = actions.receive_document(
                    by=by, jurisdiction=jurisdiction, name=options.file.name, data=options.file.read_bytes(),
                    year=options.year,
                )  # fmt: skip
            except AlreadyReceived as here:
                if here.document.state == DocumentState.COMMITTED:
                    raise
                # What the command has just read counts, as it would in an empty database, and as --dry-run tells.
                document = actions.request_reading(by=by, document=here.document, year=options.year)
            actions.keep_reading(by=by, document_id=document.pk, source=source, reading=reading)
            made = actions.commit_document(by=by, document=document, on=settings.AS_OF or timezone.localdate())
    except (NotAllowed, Refused) as refused:
        raise Refusal(str(refused)) from None
    plan = made.plan
    assert plan is not None  # noqa: S101 (only an undone commit has none)
    print(f"已建立《{plan}》：{plan.entries.filter(dropped=False).count()} 个项目，"
          f"{plan.milestones.filter(withdrawn_on=None).count()} 个节点，{plan.targets.count()} 个目标，"
          f"{plan.duties.count()} 项职责要求；未决疑点 {document.doubts.filter(settled_at=None).count()} 处。")  # fmt: skip
    return 0


def _read(path: Path, year: int | None) -> "tuple[SourceDocument, PlanReading]":
    from zhaoyin.documents.reading.files import read_file
    from zhaoyin.documents.reading.interpret import interpret
    from zhaoyin.documents.reading.source import UnreadableFile

    try:
        source = read_file(path)
        for note in source.notes:
            print(note, file=sys.stderr)
        return source, interpret(source, year=year)
    except UnreadableFile as unreadable:
        raise Refusal(str(unreadable)) from None


def _summarise(reading: "PlanReading") -> None:
    print(f"《{reading.title}》 {reading.year or '未写年度'} {reading.place or '未写地区'}")
    print(f"目标 {len(reading.targets)}，职责要求 {len(reading.duties)}，项目 {len(reading.projects)}，"
          f"节点 {sum(len(project.milestones) for project in reading.projects)}")  # fmt: skip
    for project in reading.projects:
        print(f"{project.seq or '':>4} {project.name}  {_shown(project.investment_yi)} 亿元  {_shown(project.land_mu)} 亩"
              f"  {'、'.join(project.leaders)}  {project.unit or '/'}")  # fmt: skip
    doubts = [*reading.doubts, *(doubt for project in reading.projects for doubt in project.doubts)]
    for number, doubt in enumerate(doubts, start=1):
        print(f"疑点 {number}：{doubt.message}")


def _tell(reading: "PlanReading", comparison: "Comparison") -> None:
    where = f"更新《{comparison.plan}》" if comparison.plan else f"新建《{reading.title}》"
    print(f"{where}：新增 {len(comparison.new)} 个项目，变更 {len(comparison.changed)} 个，不变 {len(comparison.same)} 个，"
          f"新版已删 {len(comparison.dropped)} 个。未写入任何内容。")  # fmt: skip
    for row in comparison.new:
        print(f"  新增 {reading.projects[row].name}")
    for changed in comparison.changed:
        print(f"  变更 {changed.project.name}")
        for heading, (before, after) in changed.differences.items():
            print(f"    {heading}：{before} → {after}")
    for entry in comparison.dropped:
        print(f"  新版已删 {entry.project.name}")


def _shown(value: Any) -> str:
    return "/" if value is None else str(value)

"""Work measured in this process: reading, previewing, committing, exporting, writing the bulletin."""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from bench.table import Table, median_ms

AS_OF = date(2022, 7, 15)


@cache
def sample_document() -> bytes:
    """The sample's plan as .docx."""
    from zhaoyin.config.cli.sample import folder
    from zhaoyin.config.loading.document import plan_document
    from zhaoyin.config.loading.folder import read_folder

    plan = read_folder(folder()).plan
    assert plan is not None
    return plan_document(plan, folder())[1]


@cache
def sample_text() -> str:
    """The same document as the plain text that web copies are: the table's cells one after the other."""
    from zhaoyin.documents.reading.files import read_file
    from zhaoyin.documents.reading.source import Table as TableBlock

    source = read_file(_kept("plan.docx", sample_document()))
    lines: list[str] = []
    for block in source.blocks:
        if isinstance(block, TableBlock):
            lines += [" ".join(cell.text for cell in row) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n\n".join(lines)


def measure(table: Table) -> None:
    """Everything that needs no server."""
    _reading(table)
    _thousand_rows(table)
    _exports(table)
    _bulletin(table)


def _reading(table: Table) -> None:
    from zhaoyin.documents.reading.files import read_file
    from zhaoyin.documents.reading.interpret import interpret

    text, word = _kept("plan.txt", sample_text().encode()), _kept("plan.docx", sample_document())
    floor = median_ms(lambda: text.read_text(encoding="utf-8"), 20)
    table.add(
        "样例方案读取（文本）", 100, median_ms(lambda: interpret(read_file(text)), 20), floor, note="floor：只读文件"
    )
    table.add(
        "样例方案读取（.docx）", 100, median_ms(lambda: interpret(read_file(word)), 20), floor, note="floor：只读文件"
    )


def _thousand_rows(table: Table) -> None:
    from django.db import transaction

    from zhaoyin.documents.reading.files import read_file
    from zhaoyin.documents.reading.interpret import interpret
    from zhaoyin.ground.accounts.models import User
    from zhaoyin.plan.plans.actions import commit_document, keep_reading, receive_document
    from zhaoyin.plan.plans.comparison import compare

    user = User.objects.get(username="bench")
    here = user.unit
    assert here is not None
    data = _sheet(1000)
    path = _kept("thousand.xlsx", data)
    floor = median_ms(lambda: read_file(path), 3)
    preview = median_ms(lambda: compare(interpret(read_file(path)), here), 3)
    table.add("1000 行 .xlsx 预览", 500, preview, floor, note="floor：只读出单元格")

    source = read_file(path)
    reading = interpret(source)

    class Undone(Exception):
        pass

    def commit() -> None:
        try:
            with transaction.atomic():
                commit_document(by=user, document=document, on=AS_OF)
                raise Undone
        except Undone:
            pass

    document = receive_document(by=user, jurisdiction=here, name="thousand.xlsx", data=data)
    keep_reading(by=user, document_id=document.pk, source=source, reading=reading)
    table.add("1000 行 .xlsx 建立", 1500, median_ms(commit, 3), _insert_floor(1000), note="floor：同样多的行直接写入")


def _insert_floor(rows: int) -> float:
    """Four tables' worth of rows written by plain SQL and rolled back."""
    from django.db import connection, transaction

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE floor (id integer, a text, b text, c numeric, d date)")
            cursor.executemany(
                "INSERT INTO floor VALUES (%s, %s, %s, %s, %s)",
                [(n, "甲" * 20, "乙" * 40, "1.5", "2022-07-15") for n in range(rows * 8)],
            )
            cursor.execute("DROP TABLE floor")

    return median_ms(insert, 3)


def _exports(table: Table) -> None:
    from django.db import connection
    from django.http import QueryDict

    from zhaoyin.ground.accounts.models import User
    from zhaoyin.report.library.exporting import export
    from zhaoyin.report.library.queries import chosen, field_of

    asked = chosen(QueryDict(), field_of(User.objects.get(username="bench"), AS_OF))

    def rows() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, name, investor, investment_yi, land_mu, stage, unit_id, moved_on FROM projects_project"
            )
            cursor.fetchall()

    floor = median_ms(rows, 5)
    for form, limit in (("csv", 300), ("xlsx", 1200)):
        taken = median_ms(lambda form=form: export(asked, form, place="测试市", demo=True, mark="测试导出"), 3)
        table.add(f"导出全部项目 .{form}", limit, taken, floor, note="floor：SQL 取行")


def _bulletin(table: Table) -> None:
    from django.db import connection

    def rows() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT unit_id, stage, count(*), sum(investment_yi) FROM projects_project GROUP BY 1, 2")
            cursor.fetchall()

    floor = median_ms(rows, 5)
    table.add("6 月督查通报 .docx", 500, median_ms(_write_bulletin(), 3), floor, note="floor：一次 SQL 汇总")


def _write_bulletin() -> Callable[[], object]:
    from zhaoyin.ground.accounts.models import User
    from zhaoyin.kernel.period import Period
    from zhaoyin.report.supervision.compose import compose
    from zhaoyin.report.supervision.document import to_docx
    from zhaoyin.report.supervision.queries import gather

    here = User.objects.get(username="bench").unit
    assert here is not None
    return lambda: to_docx(compose(gather(here, Period.parse("2022-06"), AS_OF), None))


def _sheet(rows: int) -> bytes:
    from zhaoyin.documents.writing.project_table import ProjectTable, TableRow, TableSection, write_table_xlsx

    return write_table_xlsx(ProjectTable("2022年测试市重大项目推进表", (
        TableSection("签约抓落地项目", rows, tuple(
            TableRow(n + 1, f"第{n + 1}号精密铸件扩建项目", Decimal(n % 90 + 1), Decimal(n % 300 + 5), f"第{n % 400}精铸有限公司",
                     "新建厂房和生产线", ("已对接",), "4月签约；5月落地；8月开工", ("领导1", "领导2"), f"第{n % 30}镇")
            for n in range(rows)
        )),
    )))  # fmt: skip


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(dir=os.environ["ZHAOYIN_DATA_DIR"]))


def _kept(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path

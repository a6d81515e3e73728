"""A sheet of projects that leaves the house to be edited and comes back by its keys."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from zhaoyin.documents.writing.sheets import last_words, write_rows_xlsx
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.queries import visible_to

from ..queries import known_of, secret
from ..rules import CHECKED, KEY_LABELS, key_of
from ..rules.weighing import LABEL
from .reading import Refused

NOTE = "可修改各栏后在“导入”中传回；系统编号、系统版本、校验码三列请勿改动；新增项目写在最下面，这三列留空"


@transaction.atomic
def offline_sheet(*, by: Any, jurisdiction: Unit, mark: str, numbers: Sequence[int] | None = None) -> bytes:
    """The projects that the person may edit (of `numbers`, where given) as an .xlsx with keys. Raises Refused for none."""
    permit(by, Permission.PROJECT_EDIT)
    rows = visible_to(by, Permission.PROJECT_EDIT).filter(jurisdiction=jurisdiction).order_by("pk")
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        raise Refused("没有您可以修改的项目")
    known, key = known_of(by, ids), secret()
    lines: list[list[Any]] = []
    for number in ids:
        project, version = known[number]
        cells: list[Any] = [project.cells[field] for field in CHECKED]
        cells[CHECKED.index("investment_yi")] = project.investment_yi
        lines.append([*cells, number, version, key_of(key, number, version, project.cells)])
    headings = [*(LABEL[field] for field in CHECKED), *KEY_LABELS.values()]
    data = write_rows_xlsx(headings, lines, sheet="离线修改", notes=[NOTE], mark=last_words(mark))
    journal.record(
        by=by, act="imports.taken", subject=jurisdiction, jurisdiction_id=jurisdiction.pk, detail={"count": len(ids)}
    )
    return data

"""The journal's lines as a file."""

from dataclasses import dataclass

from django.utils import timezone

from zhaoyin.documents.writing import sheets
from zhaoyin.documents.writing.package import UnwritableDocument
from zhaoyin.ground.accounts.models import User

from . import queries

MOST = 100_000
FORMS = ("csv", "xlsx")


class CannotExport(Exception):
    """There is no such file, or it cannot hold the lines; the message is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name for the person, its bytes, and how many lines are in it."""

    name: str
    data: bytes
    count: int


def export(listing: queries.Listing, form: str, *, by: User) -> Made:
    """The lines of the list as `form` (csv, xlsx), under a line that says who took them and when. Raises CannotExport."""
    if form not in FORMS:
        raise CannotExport("没有这种导出格式，可选 .xlsx 和 .csv。")
    found, _ = queries.listed(queries.visible_to(by), listing)
    rows = list(queries.exported(found[: MOST + 1]))
    if len(rows) > MOST:
        raise CannotExport(f"一次最多导出 {MOST} 条，请加上起止日期，分几次导出。")
    now = timezone.localtime()
    note = "　".join([
        f"{by}（{by.username}）于 {now:%Y-%m-%d %H:%M} 导出，共 {len(rows)} 条", *words_of(listing),
    ])  # fmt: skip
    try:
        if form == "csv":
            data = sheets.write_rows_csv(queries.HEADINGS, [*rows, (note,)])
        else:
            data = sheets.write_rows_xlsx(queries.HEADINGS, rows, sheet="操作日志", notes=[note])
    except UnwritableDocument as wrong:
        raise CannotExport(str(wrong)) from None
    return Made(f"操作日志-{now:%Y%m%d-%H%M}.{form}", data, len(rows))


def words_of(listing: queries.Listing) -> list[str]:
    """The conditions in force, as words."""
    return [f"{chip.label}：{chip.word}" for chip in listing.chips]

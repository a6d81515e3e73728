"""Whether a bulletin adds up and may be written: every check recomputes from what is printed, and names what it found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from zhaoyin.documents.writing.official import fault_of_number
from zhaoyin.kernel.numerals import plain

from ..bulletin import Bulletin, Cell, Figure, Table

LONGEST = 5000  # characters of text, by the 2024 rules against formalism


class Outcome(IntEnum):
    """How a check came out; the worst comes first in a list."""

    FAIL = 0
    WARN = 1
    PASS = 2

    @property
    def label(self) -> str:
        """The word shown beside the shape."""
        return ("不通过", "提醒", "通过")[self]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `word` is its result in a few characters, `text` a sentence, `keys` the figures that disagree."""

    title: str
    outcome: Outcome
    word: str
    text: str
    keys: tuple[str, ...] = ()


class DoesNotFoot(Exception):
    """The bulletin contradicts itself and is not written. The message names the figures."""


def checks(bulletin: Bulletin) -> list[Check]:
    """Every check of a bulletin, failures first, then remarks, then what holds."""
    found = [
        _agreement(bulletin),
        _lists(bulletin),
        _sums(bulletin),
        _definitions(bulletin),
        _period(bulletin),
        _number(bulletin),
        _ranking(bulletin),
        _personal(bulletin),
        _length(bulletin),
    ]
    return sorted(found, key=lambda check: check.outcome)


def require_footing(bulletin: Bulletin) -> None:
    """Raise DoesNotFoot where any check fails."""
    failed = [check for check in checks(bulletin) if check.outcome is Outcome.FAIL]
    if failed:
        raise DoesNotFoot("通报没有写出：" + "；".join(check.text.rstrip("。") for check in failed) + "。")


def differences(bulletin: Bulletin) -> dict[str, list[tuple[str, Figure]]]:
    """Figures that are printed twice and differ, by their key: where they stand and what is printed there."""
    places: dict[str, list[tuple[str, Figure]]] = {}
    for place, figure in bulletin.figures():
        places.setdefault(figure.key, []).append((place, figure))
    return {key: found for key, found in places.items() if len({figure.value for _, figure in found}) > 1}


def misfits(table: Table) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    """The columns of a table that do not add up: head, key of the total, sum of the rows, printed total."""
    if table.total is None:
        return
    for column, cell in enumerate(table.total):
        if not isinstance(cell, Figure):
            continue
        parts = sum((_amount(row[column]) for row in table.rows), Decimal(0))
        if table.repeated is not None:
            parts -= _amount(table.repeated[column])
        if parts != _amount(cell):
            yield table.heads[column].text, cell.key, parts, _amount(cell)


def _amount(cell: Cell) -> Decimal:
    return Decimal(cell.value) if isinstance(cell, Figure) and cell.value is not None else Decimal(0)


def _agreement(bulletin: Bulletin) -> Check:
    wrong = differences(bulletin)
    if not wrong:
        count = len({figure.key for _, figure in bulletin.figures()})
        return Check("文表一致", Outcome.PASS, f"{count} 个数相符", "正文与各表、表与表之间的同一个数相等。")
    words = "；".join("、".join(f"{place}写 {figure}" for place, figure in found) for found in wrong.values())
    return Check("文表一致", Outcome.FAIL, "不通过", f"同一个数前后不一：{words}。", tuple(wrong))


def _lists(bulletin: Bulletin) -> Check:
    both = [name for name in bulletin.silent if name in set(bulletin.zero)]
    if both:
        text = f"{'、'.join(both)}同时列入零报告和未报告名单。"
        return Check("零报与未报", Outcome.FAIL, "不通过", text)
    if bulletin.silent:
        text = f"{'、'.join(bulletin.silent)}。列入未报告名单，不作 0。"
        return Check("未报单位", Outcome.WARN, f"{len(bulletin.silent)} 个", text)
    return Check("未报单位", Outcome.PASS, "没有", "应报单位本月都已报进展。")


def _sums(bulletin: Bulletin) -> Check:
    tables = [table for table in bulletin.tables() if table.total is not None]
    columns = sum(isinstance(cell, Figure) for table in tables for cell in table.total or ())
    wrong = [(table, *found) for table in tables for found in misfits(table)]
    if not wrong:
        names = "、".join(f"表{table.number}" for table in tables)
        return Check("合计勾稽", Outcome.PASS, f"{columns} 项全部相符", f"{names}的各列之和与合计相等。")
    words = "；".join(
        f"表{table.number}“{head}”各行之和为 {plain(parts)}，合计写 {plain(total)}"
        for table, head, _, parts, total in wrong
    )
    return Check("合计勾稽", Outcome.FAIL, "不通过", f"{words}。", tuple(key for _, _, key, _, _ in wrong))


def _definitions(bulletin: Bulletin) -> Check:
    named = {sentence.partition("：")[0] for sentence in bulletin.definitions}
    missing = [
        head.text
        for table in bulletin.tables()
        if table.total is not None and table.key in ("units", "leaders")
        for head in table.heads[1:]
        if not any(head.text in name for name in named)
    ]
    if missing:
        text = f"{'、'.join(dict.fromkeys(missing))}没有写明口径。"
        return Check("附注口径", Outcome.FAIL, "不通过", text)
    return Check("附注口径", Outcome.PASS, f"{len(bulletin.definitions)} 条齐全", "表中每个指标都有口径。")


def _period(bulletin: Bulletin) -> Check:
    if bulletin.complete:
        return Check("报告期", Outcome.PASS, "已满月", f"数据截至 {bulletin.as_of}，为本月最后一天。")
    return Check("报告期", Outcome.WARN, "未满月", f"本月还没有结束，数据截至 {bulletin.as_of}，正文已写明。")


def _number(bulletin: Bulletin) -> Check:
    if bulletin.number is None:
        return Check("发文字号", Outcome.WARN, "未填", "还没有发文字号，印发前须填写。")
    fault = fault_of_number(bulletin.number)
    if fault:
        return Check("发文字号", Outcome.FAIL, "不通过", fault)
    return Check("发文字号", Outcome.PASS, "相符", f"{bulletin.number}，年份用六角括号，序号不编虚位。")


def _ranking(bulletin: Bulletin) -> Check:
    ranked = [
        head.text for table in bulletin.tables() for head in table.heads if re.search(r"名次|排名|位次", head.text)
    ]
    if ranked:
        return Check("排名", Outcome.FAIL, "不通过", f"表中有“{ranked[0]}”一列，没有依据文号，不得排名。")
    return Check("排名", Outcome.PASS, "已关闭", "未填依据文号，不显示名次，单位按机构次序排列。")


_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])")


def _personal(bulletin: Bulletin) -> Check:
    texts = [(section.title, str(paragraph)) for section, paragraph in bulletin.paragraphs()]
    texts += [
        (f"表{table.number}", cell)
        for table in bulletin.tables()
        for row in table.rows
        for cell in row
        if isinstance(cell, str)
    ]
    found = dict.fromkeys(place for place, text in texts if _PHONE.search(text) or _IDENTITY.search(text))
    if found:
        return Check("个人信息", Outcome.WARN, "疑似", f"{'、'.join(found)}疑有手机号或身份证号，印发前须删去。")
    return Check("个人信息", Outcome.PASS, "未发现", "无手机号、身份证号。")


def _length(bulletin: Bulletin) -> Check:
    length = sum(len(str(paragraph)) for _, paragraph in bulletin.paragraphs())
    outcome = Outcome.WARN if length > LONGEST else Outcome.PASS
    return Check("篇幅", outcome, f"{length} 字", f"正文不超过 {LONGEST} 字，表格不计。")

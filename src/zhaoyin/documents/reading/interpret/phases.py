"""一期, 二期 … of a project: what its content and progress say of each part, and whether the parts make up the whole."""

import re
from decimal import Decimal

from zhaoyin.kernel.area import find_areas
from zhaoyin.kernel.money import find_money
from zhaoyin.kernel.numerals import plain

from ..model import Doubt, ReadPhase, ReadProject
from .goals import NAMED_PHASE, phase_name
from .passage import Span, with_next

_MARK = re.compile(r"(?<!分)(?<!第)([一二三四五六七八九]|[1-9])\s?期(?![限间货望待刊满盼])" + NAMED_PHASE)
_NOT_TOTAL = re.compile(r"(?:年度|完成|税收|产值|收入|年|新增|利润|设备|固定资产|已)[^,;。、]{0,6}$")
_LAND_WORD = re.compile(r"(?:用地|占地|土地|征地|供地)[^,;。]{0,8}$")
_PART = re.compile(r"[^,;。、()]{1,20}?\((?:总?投资)?\s?[^()]{1,14}\)")


def read_phases(texts: tuple[Span, ...]) -> tuple[ReadPhase, ...]:
    """The phases that the texts speak of, in order of their number, with the first investment and land said of each."""
    found: dict[str, ReadPhase] = {}
    for text in texts:
        if "期" not in text.text and "阶段" not in text.text:
            continue
        marks = list(_MARK.finditer(text.folded))[:60]
        for mark, following in with_next(marks):
            name = phase_name(mark)
            phase = found.setdefault(name, ReadPhase(name, places={"name": text.sub(mark.start(), mark.end()).places}))
            part = text.sub(mark.end(), following.start() if following else None)
            _fill(phase, part if len(part) < 2000 else part.sub(0, 2000))
    return tuple(
        found[name] for name in sorted(found, key=lambda name: "首一二三四五六七八九".find(name.lstrip("第")[0]))
    )


def _fill(phase: ReadPhase, part: Span) -> None:
    folded = part.folded
    # The words that decide stand right before a figure: a dozen characters hold the longest of them.
    if phase.investment_yi is None:
        for money, at, to in find_money(part.text):
            if (
                not money.foreign
                and not _NOT_TOTAL.search(folded[max(0, at - 12) : at])
                and ("投资" in folded[max(0, at - 8) : at] or at < 6)
            ):
                phase.investment_yi = money.yi()
                phase.places["investment_yi"] = part.sub(at, to).places
                break
    if phase.land_mu is None:
        for area, at, to in find_areas(part.text):
            if _LAND_WORD.search(folded[max(0, at - 12) : at]) or (
                area.unit.endswith("亩") and folded[:at].strip(",、 ") == ""
            ):
                phase.land_mu = area.mu()
                phase.places["land_mu"] = part.sub(at, to).places
                break


def phase_doubts(project: ReadProject, content: Span | None) -> list[Doubt]:
    """Where the parts of a project and its whole differ: phases, or items such as 电站(投资75亿元)、光伏(25亿元)."""
    if not project.phases:
        return _item_doubts(project, content) if content is not None else []
    doubts = []
    for unit, parts, whole in (
        ("亿元", [p.investment_yi for p in project.phases], project.investment_yi),
        ("亩", [p.land_mu for p in project.phases], project.land_mu),
    ):
        known = [value for value in parts if value is not None]
        total = sum(known, Decimal(0))
        if whole is None or not known or total == whole:
            continue
        if (len(known) == len(parts) and len(parts) > 1) or total > whole:
            said = "、".join(
                f"{p.name}{plain(v)}{unit}" for p, v in zip(project.phases, parts, strict=True) if v is not None
            )
            word = "投资" if unit == "亿元" else "用地"
            first = next(
                (
                    p.places.get("investment_yi" if unit == "亿元" else "land_mu")
                    for p, v in zip(project.phases, parts, strict=True)
                    if v is not None
                ),
                None,
            )
            doubts.append(
                Doubt(
                    "phases",
                    f"分期{word}相加为{plain(total)}{unit}，与总{word}{plain(whole)}{unit}不符",
                    said,
                    first[0] if first else None,
                )
            )
    return doubts


def _item_doubts(project: ReadProject, content: Span) -> list[Doubt]:
    whole = project.investment_yi
    if whole is None or len(content) > 4000 or "元" not in content.text:
        return []
    folded, amounts, first, last = content.folded, [], None, 0
    for match in _PART.finditer(folded):
        inner = content.sub(match.start(), match.end())
        found = [m for m, _, _ in find_money(inner.text) if not m.foreign]
        if len(found) == 1:
            amounts.append(found[0].yi())
            first, last = match.start() if first is None else first, match.end()
    if len(amounts) < 2 or first is None or sum(amounts) == whole:
        return []
    quote = content.sub(first, last)
    message = f"分项投资相加为{plain(sum(amounts, Decimal(0)))}亿元，与总投资{plain(whole)}亿元不符"
    return [Doubt("phases", message, quote.words, next(iter(quote.places), None))]

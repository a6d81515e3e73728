"""How the journal says what was done to an investor."""

from typing import Any

from zhaoyin.ground.journal.sentences import Sentence

from .models import Investor, InvestorKind

LABELS = {one.name: str(one.verbose_name) for one in Investor._meta.fields} | {"members": "成员"}


def _word(field: str, value: Any) -> str:
    if value in (None, ""):
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    return InvestorKind(value).label if field == "kind" else str(value)


def _edited(detail: dict[str, Any]) -> str:
    parts = [
        f"{LABELS[field]} {_word(field, detail[field][0])} → {_word(field, detail[field][1])}"
        for field in LABELS
        if field in detail
    ]
    return "；".join(parts)


SENTENCES: dict[str, Sentence] = {
    "investors.added": lambda detail: f"登记投资方（{InvestorKind(detail['kind']).label}）",
    "investors.edited": _edited,
}
NAMES = {"investors.added": "登记投资方", "investors.edited": "修改投资方"}

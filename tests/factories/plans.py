"""Plans for tests: a small plan as text, and documents that were read from it. Every name in it is invented."""

from typing import Any

from zhaoyin.documents.reading.files import read_file
from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.actions import add_jurisdiction
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.plan.plans import actions
from zhaoyin.plan.plans.models import PlanDocument
from zhaoyin.plan.plans.queries import file_at

PLAN = """2024年云溪市招大引强攻坚行动实施方案

为进一步激发招商活力，特制定本实施方案。

一、目标任务

2024 年，全市签约亿元以上产业项目 25 个，其中 10 亿元以上产业项目 5 个，实际使用外资 6700 万美元以上。

二、工作举措

市党政主要领导原则上每月参与招商活动的时间不少于三分之一，4 个专业化招商专班每月外出招商或牵头对接项目不少于 4 次。

附件：云溪市 2024 年重大招商项目推进责任分解表

序号 项目名称 总投资 (亿元)

用地 (亩)

投资方 项目内容 进展情况 全年工作目标 联系市领导 主责单位 一、盯引抓签约项目(3 个)

1 青山新材料产业园项目 1000 10000 青山控股集团 拟选址东港产业园。一期主要建设年产 10 万吨树脂，总投资 100亿元，用地 1350 亩；二期主要建设年产 50 万吨尼龙，总投资 170亿元，用地 1200 亩。

框架协议已签订。正在对接协议文本内容。

4 月一期项目签约；5月一期项目落地；8月一期项目开工建设。

领导甲 领导乙

云溪经济技术开发区 2 白石精密制造项目 100 / 白石集团 拟选址南洋区块。以精密制造为主。

1、企业投资意向明确。

4 月签订框架协议；11 月完成土地空间规划调整。

领导甲 云溪经济技术开发区

"""  # noqa: E501


def a_jurisdiction(name: str = "云溪市", code: str = "") -> Unit:
    """A jurisdiction of its own."""
    return add_jurisdiction(by=None, name=name, code=code)


def a_user(name: str, unit: Unit | None, role: str = "office") -> User:
    """Somebody of `unit` who has set a password of their own."""
    user, _ = add_user(by=None, username=name, unit=unit, role=role)
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    return user


def a_document(by: User, text: str = PLAN, *, name: str = "方案.txt", **more: Any) -> PlanDocument:
    """A document that was received from `by` and waits to be read."""
    jurisdiction = more.pop("jurisdiction", by.unit)
    return actions.receive_document(by=by, jurisdiction=jurisdiction, name=name, data=text.encode(), **more)


def a_read_document(by: User, text: str = PLAN, **more: Any) -> PlanDocument:
    """A document that was received and read."""
    document = a_document(by, text, **more)
    source = read_file(file_at(document.path), name=document.name)
    reading = interpret(source, year=document.year_hint)
    actions.keep_reading(by=by, document_id=document.pk, source=source, reading=reading)
    document.refresh_from_db()
    return document

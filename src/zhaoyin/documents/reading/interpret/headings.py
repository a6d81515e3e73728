"""What the headings of project tables are called, as data: patterns → role. The first match wins; order is meaning."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zhaoyin.kernel.area import area_unit
from zhaoyin.kernel.characters import fold
from zhaoyin.kernel.money import money_unit
from zhaoyin.kernel.phrases import first_phrase

# (role, rank, pattern). Of two columns with one role the lower rank takes it, the other stays an extra field.
_RULES: tuple[tuple[str, int, str], ...] = (
    ("name", 1, r"(?:重点|招商|重大)?项目(?:名称|名)(?:及|和|与).*|(?:外资|内资|外商投资|市外|省外)项目(?:名称|全称)?"),
    ("investment", 3, r"(?:计划)?总投资额?(?:及|和|与|、)(?:用地|占地).*"),
    ("unit", 3, r".*(?:主责|责任|牵头|主管)(?:单位|部门)(?:及|和|与|、)?(?:联系人|责任人|负责人)(?:姓名)?"),
    ("seq", 1, r"序号?|编号|项目编号|no\.?|№|排序"),
    (
        "other",
        1,
        (
            r".*(?:联系人|联系方式|联系电话|电话|手机|备注|说明|来源|行业|产业类|产业链|所属产业|类型|类别|性质"
            r"|起止|年限|工期|地址|方位|代码).*"
        ),
    ),
    ("other", 1, r".*(?:问题|困难|建议|需协调|排名|得分|比重|占比|税收|产值|产出|就业|亩均|强度|能耗|资金来源|融资).*"),
    ("other", 1, r".*(?:配合|协助|协同|会办|参与)(?:单位|部门|领导).*"),
    ("date:签约", 1, r"(?:计划|拟|预计|实际|预期|正式)?签约(?:时间|日期|时限|节点)"),
    ("date:落地", 1, r"(?:计划|拟|预计|实际|预期)?落地(?:时间|日期|时限|节点)"),
    ("date:开工", 1, r"(?:计划|拟|预计|实际|预期)?(?:开工|动工|开建)(?:建设)?(?:时间|日期|时限|节点|年月)"),
    ("date:竣工", 1, r"(?:计划|拟|预计|实际|预期)?(?:竣工|完工|建成|完成)(?:时间|日期|年月)"),
    ("date:投产", 1, r"(?:计划|拟|预计|实际|预期)?(?:竣工|建成)?投产(?:时间|日期|时限|节点|年月)"),
    ("date:达产", 1, r"(?:计划|拟|预计|实际|预期)?达产(?:时间|日期|时限|节点|年月)"),
    (
        "other",
        1,
        r".*(?:已完成|累计|本年|当年|今年|上年|年度|全年|\d{4}年度?)(?:计划)?(?:完成)?(?:总)?投资(?:额|计划|目标)?",
    ),
    ("other", 1, r".*(?:固定资产投资|固投|设备投资|设备购置|到位资金|实际到位|到资|外资|贷款|注册资本).*"),
    (
        "investment",
        1,
        r"(?:项目|计划|预计|估算|概算|拟|意向|协议|合同|签约|规划|投资)*总投资(?:额|规模|金额|估算|概算|总额)?",
    ),
    (
        "investment",
        2,
        (
            r"(?:项目|计划|预计|拟|意向|协议|合同|签约)*投资(?:额|总额|规模|金额|估算|概算)?|(?:合同|协议"
            r"|签约)(?:金额|额|资金|投资)|投资总量|承诺投资额?"
        ),
    ),
    (
        "land",
        1,
        (
            r"(?:项目|计划|规划|拟|需|预计|总)*(?:用地|占地|供地|征地|使用土地|需用土地)(?:面积|规模|需求|情况"
            r"|指标|亩数)?|土地(?:面积|需求|规模)?|(?:占|用)地?亩数"
        ),
    ),
    ("land", 3, r"面积|亩数"),
    ("unit", 4, r".*(?:属地|落户地|落户镇街|落地园区|所在镇.*|所在园区|镇街|乡镇|园区|承载平台|承接平台|落户平台)"),
    (
        "leaders",
        1,
        (
            r".*(?:联系|包抓|包联|包保|挂钩|挂联|挂包|牵头|联挂|领办|帮扶|帮包|督办|负责|分管|责任|包干|领衔|服务"
            r"|挂点|挂帅|推进|包案|总)?(?:的)?(?:市|县|区|镇|州|旗|厅|处)?(?:级|委|政府|党政)*领导(?:干部|同志"
            r"|姓名|人)?(?:及职务)?"
        ),
    ),
    (
        "leaders",
        3,
        (
            r"(?:项目)?(?:第一)?(?:责任人|负责人|包抓人|包联人|专班长|指挥长|链长|组长|专班组长|首席服务官|牵头人)"
            r"|(?:分管|联系|牵头|包抓|包联|挂钩|责任)(?:副?(?:市长|县长|区长|州长|旗长|书记|主任)|干部)"
        ),
    ),
    ("unit", 1, r".*(?:主责|主办|总牵头|牵头责任|牵头)(?:单位|部门|主体|地区).*|主责|牵头"),
    (
        "unit",
        2,
        (
            r".*(?:责任|主管|落实|承办|实施责任|推进|负责|主体责任|招引|申报|引进|招商|承接|填报)(?:单位|部门|主体"
            r"|地区|处室|乡镇|镇街|板块).*|单位|部门"
        ),
    ),
    ("unit", 3, r".*(?:包抓|包联|包保|挂钩|联系|服务|行业主管|帮扶|跟踪)(?:单位|部门).*"),
    ("unit", 5, r"(?:所属|所在)?(?:县市?区|市县区?|区县|市州|地市|县|市|区)"),
    ("unit", 5, r"(?:项目)?(?:服务|推进|工作|招商|产业|责任|攻坚|牵头)专班"),
    ("investor", 1, r".*(?:投资方|投资主体|投资商|投资企业|投资单位|投资者|投资人|投资公司|客商|外方|资方).*"),
    (
        "investor",
        2,
        (
            r"(?:项目)?(?:业主|法人|企业|意向企业|引进企业|签约企业|建设单位|承建企业|建设主体|实施主体"
            r"|投资建设单位)(?:单位|名称|全称)?|项目单位|(?:企业|公司|单位)(?:名称|全称)|实施单位"
        ),
    ),
    ("investor", 3, r"(?:项目)?(?:合作|引资|洽谈|在谈|意向|入驻|目标)(?:企业|单位|方|对象|公司)(?:名称)?"),
    (
        "goals",
        1,
        (
            r".*(?:工作目标|年度目标|目标任务|全年目标|推进目标|推进节点|时间节点|节点目标|节点安排|关键节点"
            r"|重要节点|里程碑|推进计划|工作节点|年度计划|序时目标|推进时序|形象进度目标|节点计划|年度任务"
            r"|进度目标|进度安排|进度计划|工作计划|计划安排|时序进度).*"
        ),
    ),
    ("goals", 2, r".*(?:下一?步|下阶段|计划节点|工作安排|时间安排|推进措施|工作任务|工作打算|目标|节点|计划|任务).*"),
    (
        "progress",
        1,
        (
            r".*(?:进展|推进情况|对接情况|洽谈情况|目前情况|当前情况|形象进度|现状|项目动态|目前状态|当前状态"
            r"|推进现状|前期工作|前期情况|工作情况).*|(?:当前|目前|实际|最新)?进度(?:情况)?|项目进度|状态|阶段|项目阶段|当前阶段"
        ),
    ),
    (
        "content",
        1,
        (
            r".*(?:建设内容|项目内容|主要内容|建设规模|内容及规模|规模及内容|项目概况|项目简介|基本情况|基本概况"
            r"|项目情况|建设概况|投资内容|生产内容|内容).*|简介|概况|主要产品"
        ),
    ),
    ("other", 1, r".*(?:地点|选址|位置|园区|平台).*"),
    ("name", 1, r"(?:重点|招商|重大|拟|签约|意向|在谈|洽谈|产业|工程)*(?:项目|工程)(?:全称|名称|名)(?:及.*)?"),
    ("name", 2, r"名称|项目|重点项目|重大项目|招商项目|具体项目|事项"),
)
_COMPILED = tuple((role, rank, re.compile(pattern)) for role, rank, pattern in _RULES)
_PAREN = re.compile(r"\(([^()]{0,20})\)|\[([^\[\]]{0,20})\]")
_DECORATION = re.compile(r"[\s:*_#\"“”'、,。.|]+")
_UNIT_TAIL = re.compile(r"(?:/|单位:?)([^/]{1,6})$")
_PERIOD_TAIL = re.compile(
    r"(?:工作|推进|进度|形象|计划|主要|具体|阶段性?|节点|年度|的|完成|项目|建设|力争|达到|情况|任务|目标|安排|要求|内容)*"
)

PARTS_OF_WHOLE = frozenset(
    ("seq", "name", "investment", "land", "investor", "content", "progress", "goals", "leaders", "unit")
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading understood: its role, the unit it names, and for a goals column the period it stands for.

    `role` is one of `PARTS_OF_WHOLE`, "period" (a column of goals due in `when`), "date:开工" … (a column of dates of one
    event), "other" (known, but no field of the contract) or "" (never seen).
    """

    role: str
    rank: int = 9
    money: str | None = None
    area: str | None = None
    when: str = ""
    event: str = ""


def heading(text: str) -> Heading:
    """The heading `text` understood; role "" when nobody foresaw it."""
    return _heading(fold(text)) if len(text) <= 60 else Heading("")


@lru_cache(maxsize=4096)
def _heading(folded: str) -> Heading:
    money = area = None
    for match in _PAREN.finditer(folded):
        inner = (match[1] or match[2] or "").replace("单位:", "").replace("单位", "").strip()
        for part in re.split(r"[、,/]", inner):
            money, area = money or money_unit(part), area or area_unit(part)
    bare = _DECORATION.sub("", _PAREN.sub("", folded)).lower()
    if tail := _UNIT_TAIL.search(bare):
        stated = money_unit(tail[1]), area_unit(tail[1])
        money, area = money or stated[0], area or stated[1]
        if tail[0].startswith("/") or any(stated):  # but 责任单位及责任人 states no unit of measure
            bare = bare[: tail.start()]
    if not bare or len(bare) > 30:
        return Heading("")
    if period := _period(bare):
        return Heading("period", 1, when=period)
    for role, rank, pattern in _COMPILED:
        if pattern.fullmatch(bare):
            kind, _, event = role.partition(":")
            if kind == "investment" and money is None:
                money = next((unit for unit in ("亿元", "万元") if bare.endswith(unit)), None)
            return Heading(kind, rank, money, area, event=event)
    for unit in ("亿元", "万元", "亩"):  # 总投资亿元, 用地亩
        if (
            bare.endswith(unit)
            and len(bare) > len(unit)
            and (known := _heading(bare.removesuffix(unit))).role in ("investment", "land")
        ):
            return Heading(known.role, known.rank, None if unit == "亩" else unit, unit if unit == "亩" else None)
    return Heading("")


def _period(bare: str) -> str:
    """The time phrase a heading consists of ("一季度目标", "3月", "6月底前工作任务", "2022年上半年"), else ""."""
    phrase = first_phrase(bare, 2000)
    if phrase is None or phrase.at > 2 or bare[: phrase.at] not in ("", "截至", "截止", "到", "至"):
        return ""
    rest = bare[phrase.to :]
    if not _PERIOD_TAIL.fullmatch(rest):
        return ""
    whole_year = phrase.start is not None and phrase.end is not None and (phrase.end - phrase.start).days > 200
    # "全年工作目标" and "2022年工作计划" are the goals column itself, not one period of it.
    return "" if (whole_year or "情况" in rest) and phrase.kind == "planned" else bare[: phrase.to]


# The words that may stand in a flattened table's head, longest first; used to find it and to cut heads that run together.
_FLAT_WORDS = """
序号 编号 项目名称 工程名称 项目 名称 总投资 计划总投资 投资总额 投资额 计划投资 投资规模
协议投资 合同金额 预计投资 用地 占地 用地面积 占地面积 用地需求 拟用地 土地面积 项目用地 投资方
投资主体 投资商 投资企业 投资单位 项目业主 业主单位 项目单位 建设单位 企业名称 意向企业 项目内容
建设内容 建设内容及规模 建设规模及内容 主要建设内容 建设规模 项目概况 项目简介 主要内容
主要建设内容及规模 项目基本情况 基本情况 进展情况 目前进展 当前进展 项目进展 工作进展 进展 推进情况
项目进展情况 目前进展情况 当前进展情况 形象进度 工作目标 全年工作目标 年度目标 年度工作目标 全年目标
目标任务 推进计划 时间节点 节点 年度计划 推进节点 节点目标 工作计划 下步计划 下一步计划
下一步工作计划 年度目标任务 联系市领导 联系县领导 联系区领导 联系领导 包抓领导 牵头领导 责任领导
包联领导 包保领导 挂钩领导 挂联领导 分管领导 市领导 县领导 区领导 牵头市领导 牵头县领导 包抓县领导
包联县领导 包联县级领导 责任人 主责单位 责任单位 责任部门 牵头单位 牵头部门 配合单位 主管部门
落实单位 承办单位 属地 建设地点 项目选址 选址 备注 所属产业 产业类别 行业类别 建设性质 建设年限
起止年限 开工时间 计划开工时间 竣工时间 投产时间 签约时间 联系人 联系电话
"""
WORDS = tuple(sorted(_FLAT_WORDS.split(), key=len, reverse=True))

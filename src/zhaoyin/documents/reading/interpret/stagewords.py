"""Which stage a clause promises to reach, by its words; the table is read from the last stage to the first.

A framework agreement, a letter of intent and a charter are no signing; a ceremony, the levelling of a site and papers for
the start are no 开工 (domain.md §3, counting).
"""

import re
from functools import lru_cache

from zhaoyin.kernel.characters import fold

# What only looks like a stage: taken out before the table is asked.
_DECOYS = re.compile(
    r"(?:开工|签约|落地|投产|竣工)(?:前(?![完签落])|准备|手续|条件|令|许可|报告|率|证|仪式筹备)(?:的?(?:各项|相关|前期)?(?:准备|工作))*"
    r"|(?:具备|创造|满足|达到)[^,;。、]{0,6}(?:开工|投产|签约|落地)(?:建设)?(?:条件)?"
    r"|(?:土地|施工|租赁|采购|保密|监管|监理|征迁|拆迁|征收|搬迁|劳动|供货|供地|设计|委托|出让|工程|用地|托管|贷款|安置|补偿)[^,;。、]{0,6}(?:合同|协议|签约)(?:书)?的?(?:签订|签署)?"
    r"|(?:签订|签署|完成)[^,;。、]{0,12}(?:土地|施工|租赁|采购|保密|监管|监理|征迁|拆迁|征收|搬迁|供货|供地|设计|委托|出让|用地|托管|贷款|安置|补偿)[^,;。、]{0,4}(?:合同|协议)"
    r"|项目落地(?:部门|联合|会审|服务|要素|政策|问题|选址|地块|条件)|落地(?:部门|联合|会审|服务|要素|政策|问题|选址|地块|条件|方案)"
    r"|奠基|场平|土地平整|试生产|试运行|待[^,;。]{0,8}(?:签约|落地|开工|投产)后?|(?:签约|落地|开工|投产|签订)后"
)
_FRAMEWORK = r"框架(?:性)?(?:合作)?协议|意向(?:性)?(?:合作|投资)?(?:协议|书)|战略合作|备忘录|框架合作|草签"
_PAPER = r"(?:投资|合作|正式|入园|入驻|招商|项目|落户|引进|建设)[^,;。、框]{0,6}?(?:协议|合同)"
_SIGNED = (
    r"(?<!意向)(?<!框架)(?:签约|成功签订|签订项目)(?!项目)|签约(?!率|仪式准备)|摘约"
    rf"|(?:签订|签署|签定|签)(?:[^,;。、]{{0,14}}?){_PAPER}|(?:签订|签署|签定)(?:正式)?(?:协议|合同)"
    r"|(?:投资|合作|正式|入园|入驻|落户)[^,;。、框]{0,4}(?:协议|合同)(?:书)?(?:的)?(?:签订|签署)"
)
_TABLE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(pattern))
    for stage, pattern in (
        ("capacity", r"达产|达到设计产能|满产"),
        ("production", r"投产|投入生产|正式生产|投入运营|投运|正式运营|建成运营"),
        ("construction", r"开工|动工|破土|开建"),
        ("landed", r"(?<!签约)落地(?!率)|落户"),
        ("negotiation", r"协议(?:条款|文本|内容)?(?:的)?(?:谈判|洽谈|磋商|商谈)"),
        ("signed", _SIGNED),
        ("framework", _FRAMEWORK),
        ("negotiation", r"谈判|洽谈|磋商|商谈"),
        ("appraisal", r"研判|准入评审|入园评审|项目评审|预评估"),
    )
)
_FRAMEWORK_SIGNING = re.compile(
    rf"(?:签订|签署|签|达成)[^,;。]{{0,14}}?(?:{_FRAMEWORK})|(?:{_FRAMEWORK})[^,;。]{{0,4}}(?:签订|签署|签约)"
)


@lru_cache(maxsize=8192)
def stage_of(clause: str) -> str | None:
    """The furthest stage that `clause` promises to reach (a `Stage` value), or None where its words name no stage."""
    text = _DECOYS.sub("", fold(clause[:2000]).replace(" ", ""))
    text = _FRAMEWORK_SIGNING.sub("框架协议", text)
    return next((stage for stage, pattern in _TABLE if pattern.search(text)), None)

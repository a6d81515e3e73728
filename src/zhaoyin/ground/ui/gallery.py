"""Every component on one page, with invented data, to look at while building. Served in DEBUG and by tests only."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhaoyin.ground.access.needs import needs

from .listing import Declared, Filter

STAGES = (("lead", "信息"), ("negotiation", "谈判"), ("signed", "签约"), ("construction", "开工"))
LIST = Declared(
    filters=(
        Filter("stage", "阶段", STAGES, many=True),
        Filter("light", "灯", (("red", "逾期"), ("yellow", "预警"), ("green", "按期"), ("grey", "未定期"))),
        Filter("least", "总投资不少于", kind="number", unit="亿元"),
        Filter("q", "名称含"),
    ),
    sorts={"seq": ("seq",), "money": ("money", "seq"), "due": ("due", "seq")},
    order="seq",
)
UNITS = ("东湾经济开发区", "市科技局", "北山街道", "市发改委", "南溪镇")
# fmt: off
NAMES = (
    ("东湾新材料产业园项目", 1000, 10000, "浙江甲盛控股集团", "谈判", "4-30", "一期签约", "red", "逾期 76 天"),
    ("复合纤维新材料产业园项目", 100, 1000, "乙星集团、丙盛股份", "研判", "11-30", "空间规划调整", "green", "按期"),
    ("环保技术研究院项目", 5, 80, "丁长征化学工程股份有限公司", "谈判", "8-31", "研究院设立备案", "green", "按期"),
    ("新材料能源创新研发和中试基地项目", 2, 100, "市人民政府、戊旦大学研究院", "签约", "8-31", "中试基地设计", "green", "按期"),
    ("国际时尚产业园（己强一期项目）", 12, 300, "己强集团", "签约", "10-31", "首期土地招拍挂", "green", "按期"),
    ("“世界新能源商用装备之都”项目", 150, 1000, "阳光庚星投资集团", "谈判", "6-30", "框架协议、尽调", "red", "逾期 15 天"),
    ("新建 1000 吨 CDMO 产品建设项目", 6, 120, "辛江北南药业有限公司", "谈判", "9-30", "部门联合会审", "yellow", "33 天未动"),
    ("高端制剂项目", 8, 120, "壬江北药业有限公司", "谈判", "12-31", "争取签约", "green", "按期"),
    ("抽水蓄能电站项目", 100, None, "癸峡、子唐、丑核等意向", "研判", "9-30", "选定开发业主", "green", "按期"),
    ("头门港新型建材产业园项目", 50, 400, "寅狮控股集团", "开工", "11-30", "二期争取落地", "green", "按期"),
    ("电商产业园项目", 5.5, 36, "城发集团、北京卯然之家投资控股有限公司", "签约", "5-31", "土地招拍挂", "red", "逾期 45 天"),
    ("新建拉唑类药物及其中间体项目", 8, 150, "浙江辰锋药业有限公司", "研判", "", "", "grey", "未定期"),
    ("巳祥新材料产学研一体化基地项目", 50, 400, "某院院士团队领衔", "研判", "7-25", "可研评审", "yellow", "剩 10 天"),
)
# fmt: on


def rows() -> list[dict[str, object]]:
    """Twenty-three invented projects."""
    made = []
    for number in range(23):
        name, money, land, investor, stage, due, what, light, word = NAMES[number % len(NAMES)]
        made.append(
            {
                "seq": number + 1,
                "name": name,
                "money": money,
                "land": land,
                "investor": investor,
                "stage": stage,
                "due": due,
                "what": what,
                "light": light,
                "word": word,
                "unit": UNITS[number % len(UNITS)],
                "leader": f"领导{'甲乙丙丁戊'[number % 5]}",
                "latest": "协议 41 条剩 2 条未定" if number % 2 else "4 个入园项目完成选址初审",
            }
        )
    return made


def context(request: HttpRequest) -> dict[str, object]:
    """What both pages of the gallery show."""
    listing = LIST.read(request.GET)
    return {"listing": listing, "page": listing.page_of(rows()), "day": date(2022, 7, 15)}


@needs()
def parts(request: HttpRequest) -> HttpResponse:
    """Cards, forms and drawings."""
    return render(request, "ui/gallery.html", context(request))


@needs()
def table(request: HttpRequest) -> HttpResponse:
    """A list page."""
    return render(request, "ui/gallery_list.html", context(request))

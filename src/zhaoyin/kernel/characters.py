"""One written form for each character, so that rules need not know every way a document was typed."""

import re

_PUNCTUATION = {
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "．": ".", "！": "!", "？": "?", "％": "%", "／": "/",
    "～": "~", "〜": "~", "∼": "~", "—": "-", "–": "-", "―": "-", "－": "-", "‐": "-", "‑": "-", "−": "-", "─": "-",
    "﹣": "-", "【": "[", "】": "]", "［": "[", "］": "]", "｜": "|", "＋": "+", "＜": "<", "＞": ">", "＝": "=",
    "﹙": "(", "﹚": ")", "﹐": ",", "﹔": ";", "﹕": ":", "﹪": "%", "｡": "。", "､": "、", "﹑": "、",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ", "\t": " ",
    "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "〇": "零", "㎡": "㎡", "²": "2", "×": "x",
    "＂": '"', "﹤": "<", "﹥": ">", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "亊": "事",
}  # fmt: skip

# Traditional forms that turn up in copies of plans; one character for one, so that offsets stay true.
_TRADITIONAL = dict(
    zip(
        "項總資單領導責任聯繫萬億畝頃開產業設廠區縣鎮鄉陽陳張劉趙簽約協議談進況內標個點節時間計劃預規範圍積額實際"
        "爭確發園專營務農機構電動車輛達兩雙書長處辦關於應對將並為與從無價稅電類級檢測藥療復復備註種號階牽頭門戶"
        "營據構術創醫轉變環節華國臺灣東漢連鏈鋰晶體庫試驗蓄儲綠氫鋼鐵鎂鋁銅錄結束續終經緯線組織給統維網質貨貿費"
        "過還運選適遠遷鑒銷錢錶鍵隊陸際隨險雲項須頓預題願風飛館驅體魯鮮麗齊龍龜決審覆遞測評論證財務場處離",
        "项总资单领导责任联系万亿亩顷开产业设厂区县镇乡阳陈张刘赵签约协议谈进况内标个点节时间计划预规范围积额实际"
        "争确发园专营务农机构电动车辆达两双书长处办关于应对将并为与从无价税电类级检测药疗复复备注种号阶牵头门户"
        "营据构术创医转变环节华国台湾东汉连链锂晶体库试验蓄储绿氢钢铁镁铝铜录结束续终经纬线组织给统维网质货贸费"
        "过还运选适远迁鉴销钱表键队陆际随险云项须顿预题愿风飞馆驱体鲁鲜丽齐龙龟决审覆递测评论证财务场处离",
        strict=True,
    )
)

_FORM = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # the full-width forms of ASCII
    **_TRADITIONAL,
    **_PUNCTUATION,
}
_ODD = re.compile(f"[{re.escape(''.join(old for old, new in _FORM.items() if old != new))}]")


def fold(text: str) -> str:
    """`text` in half-width, simplified characters with one form per punctuation mark; same length, same offsets."""
    at = 0
    while found := _ODD.search(text, at):  # once for each different character: few of a text are ever folded
        text = text.replace(found[0], _FORM[found[0]])
        at = found.end()
    return text

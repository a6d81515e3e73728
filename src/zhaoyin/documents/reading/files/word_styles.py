"""What a Word file keeps beside its body: paragraph styles, and the numbers Word prints before list paragraphs.

Source: ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering); number formats are those of ST_NumberFormat that Chinese
documents use. A format not listed is printed as decimal digits.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from zhaoyin.documents.reading.files.archive import Node


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph takes from its style: outline level from 0, list number and depth, table of contents or not."""

    outline: int | None = None
    number: str | None = None
    depth: int | None = None
    is_contents: bool = False


class Styles:
    """The paragraph styles of a document, with what each inherits."""

    def __init__(self, root: Node | None) -> None:
        nodes = root.all("style") if root else []
        self._nodes = {n.attributes.get("styleId", ""): n for n in nodes if n.attributes.get("type") == "paragraph"}
        self._found: dict[str, Style] = {}
        defaults = (key for key, n in self._nodes.items() if n.attributes.get("default") in {"1", "true"})
        self._default = next(defaults, "")

    def of(self, key: str | None) -> Style:
        """The style called `key`, or the document's own when a paragraph names none."""
        key = key or self._default
        if key not in self._found:
            chain: list[Node] = []
            at = self._nodes.get(key)
            while at is not None and at not in chain and len(chain) < 20:
                chain.append(at)
                at = self._nodes.get(at.value("basedOn") or "")
            style = Style()
            for node in reversed(chain):
                style = _own(node, style)
            self._found[key] = style
        return self._found[key]


def _own(node: Node, inherited: Style) -> Style:
    style = inherited
    name = (node.value("name") or "").lower()
    if name.startswith("heading ") and name[8:].isdecimal():
        style = replace(style, outline=min(_whole(name[8:], 1) - 1, 9))
    elif name == "title":
        style = replace(style, outline=0)
    elif name.startswith("toc ") or name == "toc heading":
        style = replace(style, is_contents=True)
    properties = node.first("pPr")
    if properties is None:
        return style
    if (outline := properties.value("outlineLvl")) is not None:
        style = replace(style, outline=_whole(outline, 9))
    if (numbers := properties.first("numPr")) is not None:
        depth = numbers.value("ilvl")
        style = replace(
            style,
            number=numbers.value("numId") or style.number,
            depth=_whole(depth, 0) if depth is not None else style.depth,
        )
    return style


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    suffix: str
    legal: bool
    style: str | None


class Numbering:
    """The lists of a document and how far each has counted. Ask for labels in document order."""

    def __init__(self, root: Node | None) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        for node in root.all("abstractNum") if root else []:
            levels = {_whole(n.attributes.get("ilvl"), 0): _level(n) for n in node.all("lvl")}
            self._lists[node.attributes.get("abstractNumId", "")] = levels
        for node in root.all("num") if root else []:
            key = node.attributes.get("numId", "")
            self._abstract[key] = node.value("abstractNumId") or ""
            for override in node.all("lvlOverride"):
                if (start := override.value("startOverride")) is not None:
                    self._restarts[key, _whole(override.attributes.get("ilvl"), 0)] = _whole(start, 1)

    def label(self, number: str, depth: int | None, style: str | None) -> str:
        """The printed number of the next paragraph of list `number`, with what parts it from the text; may be empty.

        `depth` is the list level from 0; when `None`, it is the level that belongs to the paragraph's style.
        """
        abstract = self._abstract.get(number, "")
        levels = self._lists.get(abstract, {})
        if depth is None:
            depth = next((d for d, level in levels.items() if style and level.style == style), 0)
        level = levels.get(depth)
        if level is None or not 0 <= depth <= 8:
            return ""
        counts = self._counts.setdefault(abstract, [None] * 9)
        restart = self._restarts.pop((number, depth), None)
        last = counts[depth]
        counts[depth] = restart if restart is not None else level.start if last is None else last + 1
        counts[depth + 1 :] = [None] * (8 - depth)
        if level.form in {"bullet", "none"}:
            return ""
        label = level.text
        for d in range(depth + 1):
            if f"%{d + 1}" in label:
                own = levels.get(d, level)
                count = counts[d]
                form = "decimal" if level.legal else own.form
                label = label.replace(f"%{d + 1}", printed_number(own.start if count is None else count, form))
        return label + (" " if level.suffix != "nothing" and label[-1:].isascii() and label else "")


def _level(node: Node) -> _Level:
    # A format of Word's own is followed by a substitute for other programs, which then counts.
    own = [node, *node.all("AlternateContent")]
    held = [inner for outer in own for inner in outer.children]
    forms = [n for inner in held for n in [inner, *inner.children] if n.name == "numFmt"]
    named = [n.attributes.get("val", "") for n in forms]
    form = next((name for name in reversed(named) if name != "custom"), "decimal")
    legal = node.first("isLgl")
    return _Level(
        start=_whole(node.value("start"), 0),
        form=form,
        text=node.value("lvlText") or "",
        suffix=node.value("suff") or "tab",
        legal=legal is not None and legal.attributes.get("val") not in {"0", "false"},
        style=node.value("pStyle"),
    )


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else otherwise


def printed_number(number: int, form: str) -> str:
    """`number` as Word prints it in a format named as in ST_NumberFormat, e.g. `chineseCounting`: 21 → 二十一."""
    printer = _FORMS.get(form)
    return printer(number) if printer else str(number)


def _chinese(number: int, digits: str, tens: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    written, skipped = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            skipped = bool(written)
            continue
        written += ("零" if skipped else "") + digits[digit] + (tens[place - 1] if place else "")
        skipped = False
    # In counting, ten to nineteen begin with 十; in the legal form the one is written.
    return written[1:] if written.startswith("一十") else written


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


def _plain_chinese(number: int) -> str:
    return _chinese(number, "零一二三四五六七八九", "十百千")


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _plain_chinese,
    "chineseCountingThousand": _plain_chinese,
    "taiwaneseCounting": _plain_chinese,
    "taiwaneseCountingThousand": _plain_chinese,
    "japaneseCounting": _plain_chinese,
    "ideographDigital": lambda n: str(n).translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
    "chineseLegalSimplified": lambda n: _chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": lambda n: _chinese(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[n - 1] if 0 < n <= 10 else str(n),
    "ideographZodiac": lambda n: "子丑寅卯辰巳午未申酉戌亥"[n - 1] if 0 < n <= 12 else str(n),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
}

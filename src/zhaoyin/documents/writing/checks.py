"""Whether a .docx stands as GB/T 9704-2012 asks: read back from its bytes, so that the check believes nobody's intention.

The check of the bulletin page (公文格式) and the tests use it; it also answers for documents others have written.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..reading.source import UnreadableFile
from .measures import CHARACTERS_PER_LINE, LINES_PER_PAGE
from .official.numbering import fault_of_number
from .package import OFFICE
from .styles import FANGSONG, HEITI, KAITI, NAMESPACE, SONGTI, XIAOBIAOSONG

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = f"{{{NAMESPACE}}}"
_LARGEST = 64 * 1024 * 1024  # bytes unpacked
_NUMBER_LIKE = re.compile(r"\S*[〔\[（(【［]\s*\d{4}\s*[〕\])）】］].{0,12}号")
_HEADINGS = (("heading 1", HEITI), ("heading 2", KAITI), ("heading 3", FANGSONG), ("heading 4", FANGSONG))


@dataclass(frozen=True, slots=True)
class Finding:
    """One point of the standard: what was found (`figure`), what is asked (`required`), and the clause."""

    subject: str
    ok: bool
    figure: str
    required: str
    clause: str


def check_official(data: bytes) -> list[Finding]:
    """The findings for a .docx, one per point of the standard, those that fail first.

    Raises UnreadableFile when the bytes are no readable .docx.
    """
    package = _Package(data)
    findings = [
        *_page_findings(package),
        _line_spacing(package),
        *_font_findings(package),
        _number_finding(package),
        *_footer_findings(package),
        _embedding(package),
    ]
    return sorted(findings, key=lambda finding: finding.ok)


class _Package:
    """The parts of a .docx that the check looks at, and what a style comes to after inheritance."""

    def __init__(self, data: bytes) -> None:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self.names = archive.namelist()
                wanted = [name for name in self.names if name.startswith("word/") and name.endswith((".xml", ".rels"))]
                if sum(archive.getinfo(name).file_size for name in wanted) > _LARGEST:
                    raise UnreadableFile("文档展开后过大，无法检查。")
                self.parts = {name: etree.fromstring(archive.read(name), parser) for name in wanted}
            self.document = self.parts["word/document.xml"]
            self.styles = self.parts["word/styles.xml"]
        except (
            zipfile.BadZipFile,
            zlib.error,
            etree.XMLSyntaxError,
            KeyError,
            NotImplementedError,
            RuntimeError,
        ) as fault:
            raise UnreadableFile("这不是完好的 Word 文档（.docx），无法检查格式。") from fault
        self._by_id = {style.get(f"{_W}styleId"): style for style in self.styles.iter(f"{_W}style")}
        self._by_name = {_value(style, "name"): style for style in self._by_id.values()}

    def settled(self, style: "_Element | None", path: str) -> "_Element | None":
        """The element at `path` (such as rPr/sz) in the style or the nearest it is based on, at last in the defaults."""
        seen: set[int] = set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            found = style.find("/".join(_W + step for step in path.split("/")))
            if found is not None:
                return found
            style = self._by_id.get(_value(style, "basedOn"))
        top, rest = path.split("/", 1)
        return self.styles.find(
            f"{_W}docDefaults/{_W}{top}Default/{_W}{top}/" + "/".join(_W + step for step in rest.split("/"))
        )

    def style_of(self, paragraph_properties: "_Element | None") -> "_Element | None":
        """The style that a paragraph's properties name."""
        return None if paragraph_properties is None else self._by_id.get(_value(paragraph_properties, "pStyle"))

    def style_named(self, name: str) -> "_Element | None":
        """The paragraph style with this name."""
        return self._by_name.get(name)

    def face(self, style: "_Element | None") -> tuple[str, float]:
        """East Asian font and size in points of a style."""
        fonts = self.settled(style, "rPr/rFonts")
        points = _length(self.settled(style, "rPr/sz"), "val") / 2
        return ("" if fonts is None else fonts.get(f"{_W}eastAsia", "")), points

    def texts(self) -> list[str]:
        """The text of each paragraph of the body, in order."""
        return ["".join(piece.text or "" for piece in each.iter(f"{_W}t")) for each in self.document.iter(f"{_W}p")]


def _value(element: "_Element", child: str) -> str:
    found = element.find(_W + child)
    return "" if found is None else found.get(f"{_W}val", "")


def _length(element: "_Element | None", name: str) -> int:
    """A whole-number attribute; 0 where it is missing or not a number."""
    text = "" if element is None else element.get(_W + name, "")
    return int(text) if re.fullmatch(r"-?\d+", text) else 0


def _millimetres(twips: int) -> float:
    return round(twips * 25.4 / 1440, 1)


def _page_findings(package: _Package) -> list[Finding]:
    """Paper, margins, text area and grid, over every section: the first section that differs is the one shown."""
    papers, margins, areas, grids = [], [], [], []
    normal = package.style_named("Normal")
    points = package.face(normal)[1] or 16.0
    for section in package.document.iter(f"{_W}sectPr"):
        size, margin, lattice = (section.find(_W + name) for name in ("pgSz", "pgMar", "docGrid"))
        width, height = _length(size, "w"), _length(size, "h")
        top, right, bottom, left = (_length(margin, side) for side in ("top", "right", "bottom", "left"))
        if width > height:  # a page across is the upright one turned, its head at the binding edge
            width, height, top, right, bottom, left = height, width, right, bottom, left, top
        papers.append((_millimetres(width), _millimetres(height)))
        margins.append((_millimetres(top), _millimetres(left)))
        areas.append((_millimetres(width - left - right), _millimetres(height - top - bottom)))
        pitch = _length(lattice, "linePitch")
        lines = (height - top - bottom) // pitch if pitch else 0
        room = (width - left - right) / 20
        kind = "" if lattice is None else lattice.get(f"{_W}type", "")
        across = int(room / (points + _length(lattice, "charSpace") / 4096)) if kind == "linesAndChars" else 0
        grids.append((lines, across))
    return [
        _measured("纸张", papers, (210, 297), 1, "{:g} × {:g} mm", "5.1"),
        _measured("天头与订口", margins, (37, 28), 1, "{:g} mm、{:g} mm", "5.2.1"),
        _measured("版心", areas, (156, 225), 0.5, "{:g} × {:g} mm", "5.2.1"),
        _measured("每页行数与每行字数", grids, (LINES_PER_PAGE, CHARACTERS_PER_LINE), 0, "{:g} 行 × {:g} 字", "5.2.3"),
    ]


def _measured(
    subject: str,
    found: Sequence[tuple[float, float]],
    required: tuple[float, float],
    slack: float,
    form: str,
    clause: str,
) -> Finding:
    def right(pair: tuple[float, float]) -> bool:
        return all(abs(have - want) <= slack for have, want in zip(pair, required, strict=True))

    shown = next((pair for pair in found if not right(pair)), found[0] if found else (0, 0))
    return Finding(subject, bool(found) and right(shown), form.format(*shown), form.format(*required), clause)


def _line_spacing(package: _Package) -> Finding:
    spacing = package.settled(package.style_named("Normal"), "pPr/spacing")
    points = _length(spacing, "line") / 20
    exact = spacing is not None and spacing.get(f"{_W}lineRule") == "exact"
    figure = f"固定值 {points:g} 磅" if exact else "不是固定值"
    return Finding("正文行距", exact and 28 <= points <= 29, figure, "固定值 28 至 29 磅", "5.2.3")


def _font_findings(package: _Package) -> list[Finding]:
    wanted = [("正文字体", "公文正文", FANGSONG, 16.0, "7.3.3"), ("标题字体", "公文标题", XIAOBIAOSONG, 22.0, "7.3.1")]
    wanted += [
        (f"{level}级标题字体", name, font, 16.0, "7.3.3")
        for level, (name, font) in zip("一二三四", _HEADINGS, strict=True)
    ]
    findings = []
    for subject, name, font, points, clause in wanted:
        style = package.style_named(name)
        face, size = package.face(style)
        figure = "没有这个样式" if style is None else f"{face} {size:g} 磅"
        findings.append(
            Finding(
                subject, style is not None and (face, size) == (font, points), figure, f"{font} {points:g} 磅", clause
            )
        )
    return findings


def _number_finding(package: _Package) -> Finding:
    """发文字号, looked for among the first paragraphs; a draft may have none."""
    printed = next((text.strip() for text in package.texts()[:12] if _NUMBER_LIKE.fullmatch(text.strip())), None)
    fault = fault_of_number(printed) if printed else None
    return Finding(
        "发文字号", fault is None, printed or "未编号", "机关代字〔年份〕顺序号，不加“第”，不编虚位", "7.2.5"
    )


def _footer_findings(package: _Package) -> list[Finding]:
    settings = package.parts.get("word/settings.xml")
    switch = None if settings is None else settings.find(f"{_W}evenAndOddHeaders")
    on = switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false", "off")
    relations = package.parts.get("word/_rels/document.xml.rels")
    targets = {} if relations is None else {each.get("Id"): each.get("Target") for each in relations}
    sides: dict[str, list[str]] = {"default": [], "even": []}
    shapes: set[str] = set()
    for reference in package.document.iter(f"{_W}footerReference"):
        target = targets.get(reference.get(f"{{{OFFICE}}}id"))
        footer = package.parts.get(f"word/{target}")
        line = None if footer is None else footer.find(f"{_W}p")
        kind = reference.get(f"{_W}type", "default")
        if footer is None or line is None or kind not in sides:
            continue
        properties = line.find(f"{_W}pPr")
        sides[kind].append("" if properties is None else _value(properties, "jc"))
        words = "".join(each.text or "" for each in footer.iter(f"{_W}t"))
        page = any("PAGE" in (each.text or "") for each in footer.iter(f"{_W}instrText"))
        style = package.style_of(properties)
        face, size = package.face(style)
        shapes.add(f"{re.sub(r'[0-9]+', '1', words)} {face} {size:g} 磅" if page else "没有页码")
    placed = on and set(sides["default"]) == {"right"} and set(sides["even"]) == {"left"}
    form = f"— 1 — {SONGTI} 14 磅"
    return [
        Finding("页码位置", placed, "单页居右，双页居左" if placed else "单双页没有分开", "单页居右，双页居左", "7.5"),
        Finding("页码样式", shapes == {form}, "；".join(sorted(shapes)) or "没有页码", form, "7.5"),
    ]


def _embedding(package: _Package) -> Finding:
    table = package.parts.get("word/fontTable.xml")
    inside = (
        [each.tag for each in table.iter() if isinstance(each.tag, str) and "embed" in each.tag]
        if table is not None
        else []
    )
    free = not inside and not any(name.startswith("word/fonts/") for name in package.names)
    return Finding("字体不嵌入", free, "未嵌入" if free else "嵌入了字体文件", "只写字体名称", "字体授权")

"""The Word styles of an official document: fonts by name, sizes, indents and spacing of GB/T 9704-2012 §7.

Fonts are named, never embedded: 仿宋_GB2312, 楷体_GB2312 and 方正小标宋简体 are not free. Where one is missing, Word takes
the one other name that `w:altName` may give (at most 31 characters), so each substitute names the next one down.
"""

from dataclasses import dataclass

from .measures import (
    BODY_POINTS,
    CHARACTER_PITCH,
    LINE_PITCH,
    SMALL_POINTS,
    TITLE_POINTS,
)
from .package import XML_HEAD

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
RED = "C8161D"
GREY = "59636E"

# Characters drawn 2 % narrower, so that one of 16 pt fits its place of 15.79 pt on the grid. Word closes up by itself
# and spreads a full line over the same 28 places, but LibreOffice gives a character that is too wide two places.
_SCALE = 98

# font → (the name to try next, Word's family of shapes)
_SUBSTITUTES = {
    FANGSONG: ("FangSong", "modern"),
    KAITI: ("KaiTi", "modern"),
    XIAOBIAOSONG: ("STZhongsong", "script"),
    HEITI: ("SimHei", "swiss"),
    SONGTI: ("SimSun", "roman"),
    "FangSong": ("Noto Serif CJK SC", "roman"),
    "KaiTi": ("Noto Serif CJK SC", "roman"),
    "STZhongsong": ("Noto Serif CJK SC", "roman"),
    "SimHei": ("Noto Sans CJK SC", "swiss"),
    "SimSun": ("Noto Serif CJK SC", "roman"),
}


def font_table() -> str:
    """The part `word/fontTable.xml`."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, (other, family) in _SUBSTITUTES.items()
    )
    return f'{XML_HEAD}<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'


def font(name: str) -> str:
    """`w:rFonts` with the font for every script, so that digits and quotation marks keep the page's grid too."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def indent(
    *, first: float = 0, left: float = 0, right: float = 0, hanging: float = 0, points: float = BODY_POINTS
) -> str:
    """`w:ind` in characters of `points`. The first line begins at `left + first`, or at `left` with the others `hanging`
    further in.

    Lengths are given in characters and in twips for programs that know no characters; a hanging indent in twips only,
    because Word counts its characters from another edge than its twips.
    """
    pitch = CHARACTER_PITCH * points / BODY_POINTS
    if hanging:
        ends = f' w:right="{round(right * pitch)}"' if right else ""
        return f'<w:ind w:left="{round((left + hanging) * pitch)}"{ends} w:hanging="{round(hanging * pitch)}"/>'
    parts = [
        # Rounded down: LibreOffice moves an indent that ends past its place on the grid to the next one.
        f'w:{name}Chars="{round(value * 100)}" w:{name}="{max(int(value * pitch) - 1, 0)}"'
        for name, value in (("left", left), ("right", right), ("firstLine", first))
        if value
    ]
    return f"<w:ind {' '.join(parts)}/>" if parts else ""


def exact_lines(twips: int, *, before: int = 0, after: int = 0) -> str:
    """`w:spacing` with lines of a fixed height."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{twips}" w:lineRule="exact"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style. `id` is what paragraphs name; `name` is what Word shows; an empty part is inherited."""

    id: str
    name: str
    font: str = ""
    points: float = 0
    before_spacing: str = ""  # pPr elements that stand before w:spacing in the schema
    spacing: str = ""
    indent: str = ""
    align: str = ""
    outline: int | None = None
    bold: bool = False
    colour: str = ""
    off_grid: bool = False

    def xml(self) -> str:
        """The `w:style` element, its children in the schema's order."""
        paragraph = (
            self.before_spacing + ('<w:snapToGrid w:val="0"/>' if self.off_grid else "") + self.spacing + self.indent
        )
        paragraph += f'<w:jc w:val="{self.align}"/>' if self.align else ""
        paragraph += f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline is not None else ""
        run = font(self.font) if self.font else ""
        run += "<w:b/>" if self.bold else ""
        run += '<w:snapToGrid w:val="0"/>' if self.off_grid else ""
        run += f'<w:color w:val="{self.colour}"/>' if self.colour else ""
        run += '<w:w w:val="100"/>' if self.off_grid else ""
        half = round(self.points * 2)
        run += f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
        return (
            f'<w:style w:type="paragraph" w:customStyle="{int(not self.name.startswith(("heading", "header", "footer")))}" '
            f'w:styleId="{self.id}"><w:name w:val="{self.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )


_TWO = indent(first=2)
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="6" w:color="' + RED + '"/></w:pBdr>'
_KEEP = "<w:keepNext/>"

STYLES = (
    Style("Body", "公文正文", indent=_TWO),
    Style("Flush", "公文顶格"),
    Style("RedHead", "公文红头", font=XIAOBIAOSONG, align="center", colour=RED, off_grid=True),
    Style("Number", "发文字号", align="center"),
    Style("NumberRuled", "发文字号与红线", before_spacing=_RULE, align="center"),
    Style("DocTitle", "公文标题", font=XIAOBIAOSONG, points=TITLE_POINTS, align="center", off_grid=True),
    Style("Heading1", "heading 1", font=HEITI, before_spacing=_KEEP, indent=_TWO, outline=0),
    Style("Heading2", "heading 2", font=KAITI, before_spacing=_KEEP, indent=_TWO, outline=1),
    Style("Heading3", "heading 3", font=FANGSONG, before_spacing=_KEEP, indent=_TWO, outline=2),
    Style("Heading4", "heading 4", font=FANGSONG, before_spacing=_KEEP, indent=_TWO, outline=3),
    Style("AnnexMark", "附件标识", font=HEITI, align="left"),
    Style("Signature", "署名与日期", align="right"),
    Style("Caption", "表题", font=HEITI, points=SMALL_POINTS, before_spacing=_KEEP, align="center", off_grid=True),
    Style("TableNote", "表注", points=10.5, spacing=exact_lines(340), align="left", off_grid=True),
    Style("TableCell", "表格文字", spacing=exact_lines(340), align="left", off_grid=True),
    Style(
        "TableHead", "表头", font=HEITI, before_spacing=_KEEP, spacing=exact_lines(340), align="center", off_grid=True
    ),
    Style("Imprint", "版记", points=SMALL_POINTS, spacing=exact_lines(LINE_PITCH), align="left", off_grid=True),
    Style("Footer", "footer", font=SONGTI, points=SMALL_POINTS, spacing=exact_lines(400), align="left", off_grid=True),
    Style(
        "Header", "header", font=HEITI, points=10.5, spacing=exact_lines(320), align="right", colour=GREY, off_grid=True
    ),
    # Carries a section break or an anchor and takes no room: a full page stays one page.
    Style("Nothing", "分节占位", points=1, spacing=exact_lines(15), off_grid=True),
)


def style_sheet() -> str:
    """The part `word/styles.xml`."""
    half = BODY_POINTS * 2
    styles = "".join(style.xml() for style in STYLES)
    return (
        f'{XML_HEAD}<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{font(FANGSONG)}'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        # No widow control and no room between scripts: both would cost a page one of its 22 lines or 28 characters.
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/>'
        f'{exact_lines(LINE_PITCH)}<w:jc w:val="both"/></w:pPr><w:rPr>{font(FANGSONG)}'
        f'<w:w w:val="{_SCALE}"/><w:kern w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr></w:style>{styles}</w:styles>"
    )

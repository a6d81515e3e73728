"""Files as offices make them, and as nobody should: written for a test, read back by it."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relationships(targets: dict[str, tuple[str, str]]) -> str:
    """A relationships part: id → (kind, target)."""
    items = "".join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{to}"/>' for i, (kind, to) in targets.items())
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{items}</Relationships>'


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def docx(path: Path, body: str | bytes, *, prolog: str = "", **parts: str) -> Path:
    """A .docx with this body; `styles=`, `numbering=`, `footnotes=` add those parts."""
    targets = {f"rId{i}": (kind, f"{kind}.xml") for i, kind in enumerate(parts)}
    document: str | bytes = body
    if isinstance(body, str):
        document = (
            f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{W}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"<w:body>{body}</w:body></w:document>"
        )
    return package(
        path,
        {
            "_rels/.rels": relationships({"r1": ("officeDocument", "word/document.xml")}),
            "word/_rels/document.xml.rels": relationships(targets),
            "word/document.xml": document,
            **{f"word/{kind}.xml": content for kind, content in parts.items()},
        },
    )


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def xlsx(
    path: Path,
    sheets: dict[str, str],
    *,
    strings: Sequence[str] = (),
    formats: Sequence[str] = (),
    states: dict[str, str] | None = None,
    book: str = "",
    prolog: str = "",
) -> Path:
    """An .xlsx whose sheets are given as XML after `<worksheet>`; style n + 1 prints with the n-th of `formats`."""
    entries = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="s{i}" state="{(states or {}).get(name, "visible")}"/>'
        for i, name in enumerate(sheets)
    )
    codes = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for i, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    targets = {f"s{i}": ("worksheet", f"worksheets/{i}.xml") for i in range(len(sheets))}
    targets |= {"st": ("styles", "styles.xml"), "ss": ("sharedStrings", "sharedStrings.xml")}
    shared = "".join(text if text.startswith("<") else f"<si><t>{text}</t></si>" for text in strings)
    return package(
        path,
        {
            "_rels/.rels": relationships({"r1": ("officeDocument", "xl/workbook.xml")}),
            "xl/_rels/workbook.xml.rels": relationships(targets),
            "xl/workbook.xml": f'{prolog}<workbook xmlns="{S}" xmlns:r="{R}">{book}<sheets>{entries}</sheets></workbook>',
            "xl/styles.xml": f'<styleSheet xmlns="{S}"><numFmts>{codes}</numFmts>'
            f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{S}">{shared}</sst>',
            **{
                f"xl/worksheets/{i}.xml": f'<worksheet xmlns="{S}">{content}</worksheet>'
                for i, content in enumerate(sheets.values())
            },
        },
    )


def rows(*lines: Sequence[Any], first: int = 1) -> str:
    """Sheet data of plain rows: text inline, numbers as numbers, None left out."""
    written = []
    for number, line in enumerate(lines, first):
        cells = "".join(cell(f"{chr(65 + i)}{number}", value) for i, value in enumerate(line) if value is not None)
        written.append(f'<row r="{number}">{cells}</row>')
    return f"<sheetData>{''.join(written)}</sheetData>"


def cell(reference: str, value: Any, style: int = 0) -> str:
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{reference}" s="{style}"><v>{value!r}</v></c>'


def bomb(path: Path, part: str, start: bytes, filling: bytes, end: bytes, size: int, others: dict[str, str]) -> Path:
    """A package whose `part` unpacks to about `size` bytes of `filling`, written without ever holding them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        for name, content in others.items():
            archive.writestr(name, content)
        block = filling * (1 + (1 << 20) // len(filling))
        with archive.open(part, "w", force_zip64=True) as stream:
            stream.write(start)
            for _ in range(size // len(block)):
                stream.write(block)
            stream.write(end)
    return path


DOCX_RELATIONS = {"_rels/.rels": relationships({"r1": ("officeDocument", "word/document.xml")})}
XLSX_PARTS = {
    "_rels/.rels": relationships({"r1": ("officeDocument", "xl/workbook.xml")}),
    "xl/_rels/workbook.xml.rels": relationships({"s1": ("worksheet", "worksheets/1.xml")}),
    "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="表" sheetId="1" r:id="s1"/></sheets>'
    "</workbook>",
}


def ole(*streams: str) -> bytes:
    """The beginning of an OLE compound file whose directory names these streams."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


# PDF. Chinese text in one of Adobe's standard collections needs no font in the file: the codes are UTF-16.

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap
CMapName currentdict /CMap defineresource pop end end"""


def text_at(x: float, y: float, text: str, size: float = 12) -> str:
    """A drawing command: `text` with its first character at x, baseline y, from the lower left corner."""
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def box_at(x: float, y: float, width: float, height: float) -> str:
    return f"{x} {y} {width} {height} re S\n"


def pdf(path: Path, pages: Sequence[str], *, objects: Sequence[bytes] = (), trailer: bytes = b"") -> Path:
    """A PDF of A4 pages with these drawing commands. Every character is as wide as the font is high."""
    count = len(pages)
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(count))
    numbered: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/FontDescriptor 6 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        5: _stream(_TO_UNICODE),
        6: b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -140 1000 860]/ItalicAngle 0/Ascent 860"
        b"/Descent -140/CapHeight 700/StemV 80>>",
    }
    for i, commands in enumerate(pages):
        numbered[10 + 2 * i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {11 + 2 * i} 0 R>>"
        ).encode()
        numbered[11 + 2 * i] = _stream(commands.encode())
    numbered |= {10 + 2 * count + i: content for i, content in enumerate(objects)}
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n")
    places = {}
    for number, content in sorted(numbered.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    last = max(numbered)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1))
    for number in range(1, last + 1):
        out.write(b"%010d 00000 %b \n" % (places.get(number, 0), b"n" if number in places else b"f"))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, trailer, start))
    path.write_bytes(out.getvalue())
    return path


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed)

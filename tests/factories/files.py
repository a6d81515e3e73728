"""Files as people bring them, whole and hostile. Each is made here, byte by byte or by the program that usually makes it."""

import io
import struct
import zipfile
import zlib

from zhaoyin.documents.writing.sheets import write_rows_xlsx
from zhaoyin.documents.writing.word import Part, paragraph, write_docx

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
EXE = b"MZ\x90\x00" + b"\x00" * 200
HTML = b"<!DOCTYPE html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OFFICE = "application/vnd.openxmlformats-officedocument"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png(width: int = 4, height: int = 3, after: bytes = b"") -> bytes:
    """A grey picture that says it is so large; what is drawn is always small."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00\x80\x80\x80\x80" * 3)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + after


def jpg(width: int = 4, height: int = 3) -> bytes:
    """The segments of a picture that says it is so large."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    start = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + b"\x00" * 9
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00"
    return start + b"\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame + scan + b"\x12\x34" + b"\xff\xd9"


def package(kind: str, main: str = "", more: dict[str, bytes] | None = None, relations: str = "") -> bytes:
    """A package whose main part is of that content type; `more` are further parts, `relations` those of the main part."""
    names = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
    types = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet", "pptx": "presentationml.presentation"}
    part, content = names[kind], main or f"{OFFICE}.{types[kind]}.main+xml"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/{part}" ContentType="{content}"/></Types>'
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="a" Type="{RELATIONSHIPS}/officeDocument" Target="{part}"/></Relationships>',
        )
        if part not in (more or {}):
            archive.writestr(part, "<root/>")
        if relations:
            folder = part.split("/")[0]
            archive.writestr(f"{folder}/_rels/settings.xml.rels", f"<Relationships>{relations}</Relationships>")
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def ofd(inside: str = "<ofd:DocBody/>") -> bytes:
    """A layout document as far as it says so of itself."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("OFD.xml", f'<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016">{inside}</ofd:OFD>')
    return buffer.getvalue()


def docx() -> bytes:
    """A document as the product itself writes them."""
    from datetime import date

    part = Part(paragraph("Flush", "会议纪要"))
    return write_docx([part], title="纪要", creator="", dated=date(2022, 7, 1), demo=False, compress=True)


def xlsx() -> bytes:
    """A sheet as the product itself writes them."""
    return write_rows_xlsx(["列"], [["甲"]], sheet="表")


def bomb(kind: str = "docx") -> bytes:
    """A package with a part of 400 MB of nothing."""
    data = package(kind)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media.bin", "w") as part:
        for _ in range(400):
            part.write(bytes(1 << 20))
    return buffer.getvalue()

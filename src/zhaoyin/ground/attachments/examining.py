"""Whether a file is what its name says: nothing is opened, drawn or unpacked whole, and everything has a limit.

Sources: ISO 32000-1 7.5.2 (PDF), ECMA-376 part 2 (office packages), GB/T 33190-2016 7.1 (OFD), ISO/IEC 15948 5 (PNG),
ITU-T T.81 B (JPEG).
"""

import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from zhaoyin.documents.reading.files.archive import Archive
from zhaoyin.documents.reading.source import UnreadableFile

from .rules import Kind, Refused

MOST_PIXELS = 100_000_000  # larger than any camera's; unpacked it would take 400 MB of whoever looks at it
LONGEST_SIDE = 30_000
_MOST_CHUNKS = 20_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
# The main part's content type, without "+xml"; the kinds with macros end in macroEnabled.main.
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
MACROS = "文件里有宏，为安全起见不能上传，请另存为不含宏的文件"
DAMAGED = "文件已损坏或不完整，请打开检查后重新保存再上传"


def examine(path: Path, kind: Kind) -> None:
    """Raise Refused unless the file at `path` is whole and of that kind."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
            if not _BEGINS[kind.key](head):
                raise Refused(f"文件内容不是{kind.label}，可能改过扩展名，请用原来的程序打开后另存再上传")
            _EXAMINED[kind.key](path, file)
    except UnreadableFile as wrong:
        raise Refused(str(wrong).rstrip("。")) from None


def _pdf(path: Path, file: BinaryIO) -> None:
    file.seek(max(path.stat().st_size - 4096, 0))
    if b"%%EOF" not in file.read():
        raise Refused(DAMAGED)


def _office(key: str) -> Callable[[Path, BinaryIO], None]:
    def examine_package(path: Path, file: BinaryIO) -> None:
        archive = Archive(path)
        try:
            types = archive.tree("[Content_Types].xml")
            kinds = {
                node.attributes.get("PartName", "").lower().lstrip("/"): node.attributes.get("ContentType", "")
                for node in types.all("Override")
            }
            main = archive.main_part()
            if "macroenabled" in kinds.get(main.lower(), "").lower() or _has_macros(archive, kinds):
                raise Refused(MACROS)
            if kinds.get(main.lower()) != _MAIN[key]:
                raise Refused(f"文件内容不是 .{key}，可能改过扩展名，请用原来的程序打开后另存再上传")
            _refuse_fetched_templates(archive)
            archive.walk(main, lambda name, attributes: None, lambda name: None, lambda text: None)
        finally:
            archive.close()

    return examine_package


def _has_macros(archive: Archive, kinds: dict[str, str]) -> bool:
    return any("vbaproject" in one.lower() or "activex" in one.lower() for one in [*archive.parts(), *kinds.values()])


def _refuse_fetched_templates(archive: Archive) -> None:
    """A document may name a template that lies elsewhere; opening it would fetch that, with the macros that are in it."""
    for part in archive.parts():
        if part.endswith(".rels") and PurePosixPath(part).name in (
            "settings.xml.rels",
            "presentation.xml.rels",
            ".rels",
        ):
            for node in archive.tree(part).all("Relationship"):
                outside = node.attributes.get("TargetMode") == "External"
                if outside and node.attributes.get("Type", "").endswith(("/attachedTemplate", "/frame", "/oleObject")):
                    raise Refused("文件会从别处加载模板，为安全起见不能上传，请复制内容到新文件后再上传")


def _ofd(path: Path, file: BinaryIO) -> None:
    archive = Archive(path)
    try:
        if "OFD.xml" not in archive or not archive.tree("OFD.xml").all("DocBody"):
            raise Refused("文件内容不是版式文件（.ofd），请重新导出后再上传")
    finally:
        archive.close()


def _png(path: Path, file: BinaryIO) -> None:
    file.seek(len(_PNG))
    for place in range(_MOST_CHUNKS):
        length = int.from_bytes(file.read(4))
        name = file.read(4)
        if (place == 0) != (name == b"IHDR") or length > path.stat().st_size:
            raise Refused(DAMAGED)
        data = file.read(length)
        if len(data) < length or int.from_bytes(file.read(4)) != zlib.crc32(data, zlib.crc32(name)):
            raise Refused(DAMAGED)
        if place == 0:
            _drawable(int.from_bytes(data[:4]), int.from_bytes(data[4:8]))
        if name == b"IEND":
            if file.read(1):
                raise Refused("图片后面还藏有别的内容，请重新保存图片后再上传")
            return
    raise Refused(DAMAGED)


def _jpg(path: Path, file: BinaryIO) -> None:
    """Walk the segments to the picture itself; on the way stands how large it is."""
    file.seek(2)
    framed = False
    for _ in range(_MOST_CHUNKS):
        marker = file.read(2)
        while marker[1:] == b"\xff":  # fill bytes
            marker = b"\xff" + file.read(1)
        if len(marker) < 2 or marker[0] != 0xFF:
            break
        if marker[1] in _WITHOUT_LENGTH:
            continue
        length = int.from_bytes(file.read(2))
        data = file.read(max(length - 2, 0))
        if length < 2 or len(data) < length - 2:
            break
        if marker[1] in _JPEG_FRAMES:
            _drawable(int.from_bytes(data[3:5]), int.from_bytes(data[1:3]))
            framed = True
        if marker[1] == 0xDA:  # the picture's own data, which ends with a mark of their own
            if framed and b"\xff\xd9" in file.read():
                return
            break
    raise Refused(DAMAGED)


def _drawable(width: int, height: int) -> None:
    if not width or not height:
        raise Refused(DAMAGED)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused(f"图片有 {width}×{height} 像素，过大，请缩小后再上传")


_BEGINS: dict[str, Callable[[bytes], bool]] = {
    "pdf": lambda head: head.startswith(b"%PDF-"),
    "png": lambda head: head.startswith(_PNG),
    "jpg": lambda head: head.startswith(b"\xff\xd8\xff"),
    # A package with anything before it is a program that unpacks itself.
    **dict.fromkeys(("docx", "xlsx", "pptx", "ofd"), lambda head: head.startswith(b"PK\x03\x04")),
}
_EXAMINED: dict[str, Callable[[Path, BinaryIO], None]] = {
    "pdf": _pdf, "png": _png, "jpg": _jpg, "ofd": _ofd, **{key: _office(key) for key in _MAIN},
}  # fmt: skip

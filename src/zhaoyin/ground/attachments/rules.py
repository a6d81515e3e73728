"""What files may be called, which kinds there are, and how much may be kept: decided on plain values."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

MOST_BYTES_OF_A_NAME = 180  # file systems take 255, and a browser may put a number behind
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # in the names of Windows
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
NAMELESS = "附件"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its key (also its suffix), what people call it, its media type, further suffixes."""

    key: str
    label: str
    media: str
    more: tuple[str, ...] = ()


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf"),
        Kind("docx", "Word（.docx）", f"{_OFFICE}.wordprocessingml.document"),
        Kind("xlsx", "Excel（.xlsx）", f"{_OFFICE}.spreadsheetml.sheet"),
        Kind("pptx", "演示文稿（.pptx）", f"{_OFFICE}.presentationml.presentation"),
        Kind("jpg", "图片（.jpg）", "image/jpeg", ("jpeg",)),
        Kind("png", "图片（.png）", "image/png"),
        Kind("ofd", "版式文件（.ofd）", "application/ofd"),
    )
}
# What people bring most often of what is not taken, and what they can do.
ADVICE = {
    "doc": "请用 Word 或 WPS 打开后另存为 .docx", "wps": "请用 WPS 打开后另存为 .docx",
    "xls": "请用 Excel 或 WPS 打开后另存为 .xlsx", "et": "请用 WPS 打开后另存为 .xlsx",
    "ppt": "请打开后另存为 .pptx", "dps": "请用 WPS 打开后另存为 .pptx",
    "docm": "请打开后另存为不含宏的 .docx", "xlsm": "请打开后另存为不含宏的 .xlsx", "pptm": "请打开后另存为不含宏的 .pptx",
    "zip": "请解压后逐个上传", "rar": "请解压后逐个上传", "7z": "请解压后逐个上传", "txt": "请另存为 .docx 或 .pdf",
    "heic": "请在手机相机设置里改为 JPG 格式，或转换为 .jpg", "bmp": "请另存为 .jpg 或 .png", "gif": "请另存为 .png",
    "webp": "请另存为 .jpg 或 .png", "tif": "请另存为 .pdf 或 .jpg", "tiff": "请另存为 .pdf 或 .jpg",
}  # fmt: skip


class Refused(Exception):
    """A file that is not taken. The message is one Chinese sentence for the person."""


def clean_name(given: str) -> str:
    """A file's name as it may be kept, shown and sent: no folders, nothing unseen, nothing that turns text around.

    Never empty, at most MOST_BYTES_OF_A_NAME in UTF-8; what stands before the suffix is cut, never the suffix. Cleaning a
    clean name changes nothing.
    """
    bare = _SEPARATORS.split(unicodedata.normalize("NFC", given))[-1]
    # Cc, Cf, Cs, Co, Cn: controls, directions and joiners, halves of pairs, what no font has. Zl, Zp: line ends.
    seen = "".join(
        " " if one.isspace() else one for one in bare if unicodedata.category(one)[0] != "C" or one.isspace()
    )
    words = " ".join(_FORBIDDEN.sub("_", seen).split()).rstrip(" .")
    found = _SUFFIX.search(words)
    suffix = found.group() if found else ""
    stem = words.removesuffix(suffix).strip(" .") or NAMELESS
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    room = MOST_BYTES_OF_A_NAME - len(suffix)
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + suffix


def promised(name: str, taken: Collection[str]) -> Kind:
    """The kind that a clean name promises, of those `taken`. Raises Refused, saying what to do instead."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    for kind in KINDS.values():
        if suffix in (kind.key, *kind.more) and kind.key in taken:
            return kind
    labels = "、".join(KINDS[key].label for key in KINDS if key in taken)
    if suffix in ADVICE:
        raise Refused(f"不收 .{suffix} 文件，{ADVICE[suffix]}再上传")
    raise Refused(f"不收{f' .{suffix} ' if suffix else '这种'}文件，可以上传：{labels}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes one file may have, and all files of one record together."""

    file: int
    record: int
    count: int = 200


def fits(limits: Limits, *, size: int, held: int, count: int) -> None:
    """Raise Refused unless a file of `size` bytes, may come to `count` files of `held` bytes."""
    if size == 0:
        raise Refused("文件是空的，请确认选对了文件")
    if size > limits.file:
        raise Refused(f"文件超过 {megabytes(limits.file)}，请压缩图片或拆分后再上传")
    if count >= limits.count:
        raise Refused(f"这里已有 {count} 份附件，最多 {limits.count} 份，请先删除不用的")
    if held + size > limits.record:
        left = max(limits.record - held, 0)
        raise Refused(
            f"这里的附件合计最多 {megabytes(limits.record)}，还能上传 {megabytes(left)}，请先删除不用的或压缩后再上传"
        )


def megabytes(size: int) -> str:
    """So many bytes as people say it: 20 MB, 0.3 MB."""
    whole, rest = divmod(size, 1 << 20)
    return f"{whole} MB" if not rest else f"{size / (1 << 20):.1f} MB"

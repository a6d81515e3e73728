"""The parts of a .docx or .xlsx, unpacked as a stream and never beyond a limit.

Source: ECMA-376 part 2 (Open Packaging Conventions). Parts are found by their relationships, not by customary names.
"""

import posixpath
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from xml.parsers import expat

from zhaoyin.documents.reading.files.limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_UNPACKED_BYTES
from zhaoyin.documents.reading.source import UnreadableFile

_CHUNK = 1 << 18
_SECONDS = 12.0  # for all parts of one file
_DEEPEST = 200  # elements within elements in a small part
_DEEPEST_ANYWHERE = 200_000
_MOST_NODES = 300_000
# Unpacked parts that are not read (pictures) cost nothing, but no real document declares this much of them.
_BOMB_BYTES = 300 * 1024 * 1024
_BOMB_RATIO = 100

DAMAGED = "文件已损坏或不完整，无法打开，请用 Word 或 WPS 打开检查后重新保存再试。"
TOO_DEEP = "文件内部结构嵌套过深，不是正常的文档，为安全起见没有读取。"
TOO_LONG = "文件内容过于庞大，没有在 20 秒内读完，请只保留行动方案后再试。"
INFLATED = "文件解压后的内容异常巨大，不是正常的文档，为安全起见没有读取。"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(slots=True)
class Node:
    """One element of a small part: local name, attributes by local name, children in order."""

    name: str
    attributes: dict[str, str]
    children: "list[Node]" = field(default_factory=list)

    def first(self, name: str) -> "Node | None":
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> "list[Node]":
        return [child for child in self.children if child.name == name]

    def value(self, name: str) -> str | None:
        """The `val` of the first child called `name`: how Word writes a property."""
        child = self.first(name)
        return child.attributes.get("val") if child else None


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of a package is to another: its kind and where it lies."""

    kind: str  # the last word of the relationship's type, e.g. "worksheet"
    part: str


def local(name: str) -> str:
    """A name without its prefix."""
    return name[name.find(":") + 1 :]


class Archive:
    """An opened package. Opening and reading raise UnreadableFile for whatever is damaged, locked or inflated."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableFile(DAMAGED) from error
        members = self._zip.infolist()
        declared = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or (
            declared > _BOMB_BYTES and declared > _BOMB_RATIO * sum(member.compress_size for member in members)
        ):
            raise UnreadableFile(INFLATED)
        self._members = {member.filename.replace("\\", "/").lower(): member for member in members}
        self._left = MAX_UNPACKED_BYTES
        self._until = time.monotonic() + _SECONDS

    def close(self) -> None:
        self._zip.close()

    def parts(self) -> list[str]:
        """The names of all parts, in small letters."""
        return list(self._members)

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of `part` ("" for the package) by id; empty when it has none."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", name + ".rels")
        found: dict[str, Relation] = {}
        if source not in self:
            return found
        for node in self.tree(source).all("Relationship"):
            target, kind = node.attributes.get("Target", ""), node.attributes.get("Type", "")
            if node.attributes.get("TargetMode") != "External":
                joined = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
                found[node.attributes.get("Id", "")] = Relation(kind.rpartition("/")[2], joined.lstrip("/"))
        return found

    def main_part(self) -> str:
        """The part that is the document itself."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.part in self:
                return relation.part
        raise UnreadableFile(DAMAGED)

    def walk(self, part: str, start: Start, end: End, text: Text) -> None:
        """Call back for every element and text of an XML part, in document order, names with their prefixes.

        A document type declaration is refused: office files have none, and entities could read or inflate anything.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        depth = 0
        try:
            with self._open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    # The parser remembers every open element; counting signs is near enough to stop it in time.
                    depth += chunk.count(b"<") - 2 * chunk.count(b"</") - chunk.count(b"/>")
                    if depth > _DEEPEST_ANYWHERE:
                        raise UnreadableFile(TOO_DEEP)
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise UnreadableFile(INFLATED)
                    parser.Parse(chunk)
                    if time.monotonic() > self._until:
                        raise UnreadableFile(TOO_LONG)
                parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise UnreadableFile(DAMAGED) from error

    def tree(self, part: str) -> Node:
        """A small part (styles, relationships) as nodes."""
        root = Node("", {})
        open_nodes = [root]
        count = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal count
            count += 1
            if count > _MOST_NODES:
                raise UnreadableFile(INFLATED)
            node = Node(local(name), {local(key): value for key, value in attributes.items()})
            open_nodes[-1].children.append(node)
            open_nodes.append(node)
            if len(open_nodes) > _DEEPEST:
                raise UnreadableFile(TOO_DEEP)

        def end(name: str) -> None:
            open_nodes.pop()

        self.walk(part, start, end, lambda text: None)
        return root.children[0]

    def _open(self, part: str) -> IO[bytes]:
        member = self._members.get(part.lower())
        if member is None:
            raise UnreadableFile(DAMAGED)
        if member.flag_bits & 0x1:
            raise UnreadableFile("文件设置了密码，无法读取，请取消密码后另存再试。")
        # Other methods are never used by office programs, and some unpack into memory of their own choosing.
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFile(DAMAGED)
        # zipfile stops at the declared size, so a part that declares too little is cut and found damaged.
        if member.file_size > MAX_PART_BYTES:
            raise UnreadableFile(INFLATED)
        return self._zip.open(member)


def _refuse_doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
    raise UnreadableFile("文件内部含有实体定义，不是正常的文档，为安全起见没有读取。")

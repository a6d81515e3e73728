"""Office files are zip files of XML: packing them so that the same contents give the same bytes, and text fit for XML."""

import io
import re
import zipfile
from collections.abc import Iterable

# The earliest moment a zip file can name. A member's date says nothing about the document, so it is always this one.
EPOCH = (1980, 1, 1, 0, 0, 0)
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff&<>"]')


class UnwritableDocument(ValueError):
    """What was handed in cannot become this kind of document. The message is one Chinese sentence for a person."""


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (control characters, lone surrogates)."""
    return _ILLEGAL.sub("", text)


def escaped(text: str) -> str:
    """`text` as XML character data or as a quoted attribute, without what XML forbids."""
    if not _SPECIAL.search(text):
        return text
    text = _ILLEGAL.sub("", text)
    # A bare carriage return would be read back as a line feed.
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("\r", "&#13;")
    )


def pack(members: Iterable[tuple[str, str | bytes]], *, compress: bool = True) -> bytes:
    """The members (name, contents) as a zip file, in the order given, with a fixed date and fixed attributes.

    An issued document must come out the same to the byte on every machine, and zlib's output differs between its
    versions; such a document is stored uncompressed (`compress=False`). Exports are compressed for speed, not size.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, contents in members:
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            data = contents.encode() if isinstance(contents, str) else contents
            archive.writestr(info, data, compresslevel=1 if compress else None)
    return buffer.getvalue()


def content_types(parts: Iterable[tuple[str, str]]) -> str:
    """The part `[Content_Types].xml`: `parts` are (path in the package, media type)."""
    overrides = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in parts)
    return (
        f'{XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(targets: Iterable[tuple[str, str]]) -> str:
    """A relationships part: `targets` are (kind, target), numbered rId1, rId2 … in the order given."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def core_properties(*, title: str, creator: str, stamp: str, keywords: str = "") -> str:
    """The part `docProps/core.xml`. `stamp` is an ISO moment taken from the document, never from the clock."""
    moment = f'xsi:type="dcterms:W3CDTF">{stamp}<'
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(creator)}</dc:creator>"
        f"<cp:keywords>{escaped(keywords)}</cp:keywords><cp:lastModifiedBy>{escaped(creator)}</cp:lastModifiedBy>"
        f"<dcterms:created {moment}/dcterms:created><dcterms:modified {moment}/dcterms:modified></cp:coreProperties>"
    )

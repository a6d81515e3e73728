"""A file on its way to a browser: to be saved, never to be shown or run in the product's place."""

from typing import BinaryIO

from django.http import FileResponse

from .models import Attachment
from .rules import KINDS

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Should a browser show it all the same, then without scripts, forms, and the product's own origin.
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def answer(attachment: Attachment, file: BinaryIO) -> FileResponse:
    """The response with the file's own name and media type."""
    response = FileResponse(
        file, as_attachment=True, filename=attachment.name, content_type=KINDS[attachment.kind].media, headers=HEADERS
    )
    response["Content-Length"] = str(attachment.size)
    return response

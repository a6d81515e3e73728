"""In which encoding a request is read: ours, and never one that it names itself.

Django takes the one that Content-Type names, while it makes the request and before any middleware: some are none for words
(hex), and UTF-7 lets in halves of pairs, which no database keeps.
"""

from typing import Any

from django.core.signals import request_started


def connect() -> None:
    """Have every request read as UTF-8, as our pages send theirs."""
    request_started.connect(_without_charset, dispatch_uid="ui.encoding")


def _without_charset(environ: dict[str, Any], **kwargs: Any) -> None:
    kind, *rest = environ.get("CONTENT_TYPE", "").split(";")
    kept = [one for one in rest if one.partition("=")[0].strip().rstrip("*").lower() != "charset"]
    if len(kept) < len(rest):
        environ["CONTENT_TYPE"] = ";".join([kind, *kept])

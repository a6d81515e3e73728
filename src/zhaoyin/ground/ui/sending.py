"""Files that a page makes and a browser is to save."""

from urllib.parse import quote

from django.http import HttpResponse

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sent(data: bytes, name: str) -> HttpResponse:
    """The answer with a file to be saved under its name, whose suffix (one of `KINDS`) says what it is."""
    response = HttpResponse(data, content_type=KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response

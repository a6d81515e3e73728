"""The first of Django's upload handlers: what is larger than anything we take is not written to the disk at all."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MARK = "too_large_upload"
REFUSED = "文件超过 {} MB，没有接收，请压缩图片或拆分后再上传"


class LargestUpload(FileUploadHandler):
    """Passes over a file as soon as it has grown too large; `refusal` then tells the view."""

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size += len(raw_data)
        if self.size > settings.UPLOAD_BYTES:
            setattr(self.request, MARK, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing: the next handler keeps the file."""


def refusal(request: HttpRequest) -> str:
    """Why a file that was sent is not among the request's files; empty where none was passed over."""
    return REFUSED.format(settings.UPLOAD_BYTES >> 20) if getattr(request, MARK, False) else ""

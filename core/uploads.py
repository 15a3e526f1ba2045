from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler


class FileRefused(SuspiciousOperation):
    """Somebody sent a file. No form asks for one, so the request was not made by our pages."""


class Refuse(FileUploadHandler):
    """Refuse every file before a byte of it is kept: the answer is 400."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise FileRefused("A file was sent")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        raise FileRefused("A file was sent")

    def file_complete(self, file_size: int) -> NoReturn:
        raise FileRefused("A file was sent")

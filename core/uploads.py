"""Files that somebody sends. None, but for the one page that asks for a file, and that one stays in memory."""

from io import BytesIO
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve

LARGEST = 1_048_576
# The names of the pages that ask for a file.
ASKED_FOR = frozenset({"administration:import"})


class FileRefused(SuspiciousOperation):
    """Somebody sent a file to a page that asks for none, so the request was not made by our pages."""


class Refuse(FileUploadHandler):
    """Refuse every file before a byte of it is kept: the answer is 400. Where one is asked for, keep it in memory.

    Of a file that is too large no more is kept than the limit; its size says so to the form.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not self._is_asked_for():
            raise FileRefused("A file was sent")
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.kept.tell() <= LARGEST:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )

    def _is_asked_for(self) -> bool:
        try:
            return resolve(self.request.path_info).view_name in ASKED_FOR if self.request else False
        except Resolver404:
            return False

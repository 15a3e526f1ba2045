"""Reads a paper the way somebody who finds the file would: its text, its properties, what is packed inside it."""

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO

import pikepdf


@dataclass(frozen=True)
class Paper:
    pages: list[str]
    title: str
    language: str
    tagged: bool
    properties: dict[str, str]
    files: int
    pictures: int
    size_mm: tuple[int, int]
    raw: str

    @property
    def text(self):
        return "\n".join(self.pages)

    @property
    def lines(self):
        return [" ".join(line.split()) for line in self.text.splitlines() if line.strip()]


def read(pdf: bytes) -> Paper:
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    with pikepdf.open(BytesIO(pdf)) as document:
        properties = {str(key): str(value) for key, value in (document.docinfo or {}).items()}
        box = [float(number) for number in document.pages[0].mediabox]
        return Paper(
            pages=text.rstrip("\f").split("\f"),
            title=properties.get("/Title", ""),
            language=str(document.Root.get("/Lang", "")),
            tagged=bool(document.Root.MarkInfo.Marked) and "/StructTreeRoot" in document.Root,
            properties=properties,
            files=len(document.attachments),
            pictures=sum(len(page.get_images()) for page in document.pages),
            size_mm=(round(box[2] / 72 * 25.4), round(box[3] / 72 * 25.4)),
            raw=_uncompressed(document),
        )


def beyond_the_paper(pdf: bytes) -> list[str]:
    """Every word that begins or ends outside its page: nobody can read it."""
    found, width = [], 0.0
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    for page, left, right, word in re.findall(
        r'<page width="([\d.]+)"|<word xMin="(\S+?)".*?xMax="(\S+?)".*?>(.*?)<', boxes
    ):
        width = float(page) if page else width
        if not page and (float(left) < 0 or float(right) > width):
            found.append(word)
    assert width
    return found


def _uncompressed(document) -> str:
    """Everything in the file, with nothing left compressed: for looking for what should not be there."""
    out = BytesIO()
    document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return out.getvalue().decode("latin-1")

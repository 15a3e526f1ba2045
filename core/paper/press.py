"""The child that makes a PDF: HTML and CSS in as JSON on standard input, PDF out, nothing else.

    python -m core.paper.press --seconds 20

It knows no settings, no database and no Django, so there is nothing in it to steal but the one paper it is making.
How many outside resources the paper asked for (all refused) is the only line on standard error.
"""

import json
import logging
import sys
import tempfile
from io import BytesIO
from typing import Any, NoReturn

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from core.paper import cell

MEGABYTES = 768
# pdf/ua-1: tagged, with language and title, so that a screen reader can read it out.
AS: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


class RefuseAll(URLFetcher):
    """A fetcher that fetches nothing: not the web, not a file, not even data written into the page."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused = 0

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
        self.refused += 1
        # The address is not repeated: it may be text out of somebody's file.
        raise ValueError("A paper fetches nothing.")


# Sizes of letters, in points, for a small paper that does not fit. The last can still be read.
SMALLER = (9.5, 8.5, 7.5)


def press(html: str, css: str, fetcher: URLFetcher, *, most_pages: int = 0) -> bytes:
    """Return the PDF. With `most_pages` its letters shrink until it fits, or until none are smaller."""
    document = HTML(string=html, base_url=None, url_fetcher=fetcher)
    sheets = [CSS(string=css, base_url=None, url_fetcher=fetcher)]
    laid = document.render(stylesheets=sheets, **AS)
    for size in SMALLER if most_pages else ():
        # The smallest letters take half the room: what needs far more than twice of it fits in none.
        if not most_pages < len(laid.pages) <= 3 * most_pages:
            break
        smaller = CSS(string=f"body {{ font-size: {size}pt !important }}", base_url=None, url_fetcher=fetcher)
        laid = document.render(stylesheets=[*sheets, smaller], **AS)
    pdf = BytesIO()
    laid.write_pdf(pdf, **AS)
    return pdf.getvalue()


def main() -> None:
    # WeasyPrint's warnings quote the page.
    logging.getLogger("weasyprint").handlers = [logging.NullHandler()]
    # Finding the place for temporary files means writing one, which the cell forbids.
    tempfile.gettempdir()
    cell.enter(seconds=int(sys.argv[2]), megabytes=MEGABYTES)
    order = json.load(sys.stdin.buffer)
    fetcher = RefuseAll()
    pdf = press(order["html"], order["css"], fetcher, most_pages=order["most_pages"])
    sys.stdout.buffer.write(pdf)
    sys.stderr.write(json.dumps({"refused": fetcher.refused}))


if __name__ == "__main__":
    main()

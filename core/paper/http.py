"""How a paper leaves: as a download under a name that says nothing, kept by no cache and stored nowhere here."""

from secrets import token_hex

from django.http import HttpResponse


def download(pdf: bytes) -> HttpResponse:
    """Answer with the paper. The name is new each time: it ends up in the downloads folder of a shared computer."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="papier-{token_hex(4)}.pdf"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response

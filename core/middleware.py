from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.errors import DomainError, NotAllowed, WrongState

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivatePages:
    """Let nothing be kept: not by the browser, not by a proxy, not by a search engine.

    Every page, also the ones for everybody: which pages were looked at is nobody's business. Static files are
    answered by WhiteNoise, before this.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class ReadableAddress:
    """Answer an address that asks for a text with a NUL in it as one that is not there: no database takes such a text.

    In a form it is said beside the field.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


class DomainErrors:
    """Turn a refusal of the domain into a page. The only place that does; anything else is a fault of ours, and a 500.

    It answers where the view stood, inside the request's transaction: what was written down about the refusal stays.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case WrongState():
                messages.warning(request, str(exception))
                return redirect(exception.about.get_absolute_url())
            case NotAllowed():
                refused = {"reason": str(exception), "typed": _words_typed(request)}
                return render(request, "errors/not_allowed.html", refused, status=403)
            case DomainError():
                refused = {"reason": str(exception), "typed": _words_typed(request)}
                return render(request, "errors/refused.html", refused, status=400)
        return None


_KEPT_BACK = {"value", "password"}


def _words_typed(request: HttpRequest) -> list[str]:
    """Return the sentences that came with a refused form, so that nobody has to write them twice.

    Not what was to be protected: that goes back with the error of its own form, and nowhere else.
    """
    sent = [value for name, values in request.POST.lists() if name not in _KEPT_BACK for value in values]
    return [text for value in sent if " " in (text := value.strip())]

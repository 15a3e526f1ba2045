"""C0, the page everything is compared with: fifty rows of eight columns, no database, one date filter, no middleware.

A test holds this file to its digest. Whoever makes the control slower makes every ratio look better.
"""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

_TEMPLATE = Engine().from_string(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Control</title></head><body><table>
<thead><tr><th>a</th><th>b</th><th>c</th><th>d</th><th>e</th><th>f</th><th>g</th><th>h</th></tr></thead>
<tbody>{% for row in rows %}<tr><td>{{ row.a }}</td><td>{{ row.b }}</td><td>{{ row.c }}</td><td>{{ row.d }}</td>
<td>{{ row.e }}</td><td>{{ row.f }}</td><td>{{ row.g }}</td><td>{{ row.h|date:"j F Y H:i" }}</td></tr>
{% endfor %}</tbody></table></body></html>"""
)
_BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_ROWS = [
    {
        "a": f"Family {n}",
        "b": f"reference {n}",
        "c": n,
        "d": n * 7 % 13,
        "e": "open",
        "f": "a note & more",
        "g": "Somebody",
        "h": _BEGAN + timedelta(hours=n),
    }
    for n in range(50)
]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_TEMPLATE.render(Context({"rows": _ROWS})))


urlpatterns = [path("", page)]

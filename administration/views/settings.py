from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.policy import FUNCTIONAL_ADMINISTRATOR
from accounts.requests import UserRequest
from administration import operations
from administration import settings as known
from administration.forms.settings import From
from administration.models import SettingChange
from administration.reading import PAGE
from administration.settings import Place, Setting
from organisations.models import Organisation


@dataclass(frozen=True)
class _Desk:
    """On whose behalf somebody keeps the settings, and for which places."""

    organisation: Organisation
    places: dict[str, Place]


@require_GET
def settings(request: UserRequest) -> HttpResponse:
    desk, today = _desk(request), timezone.localdate()
    listed = []
    for one in known.settings():
        lines = [line for place in _of(one, desk) for line in one.lines(place, today)]
        listed.append({"setting": one, "rows": len(lines), "unsure": sum(not line.is_sure for line in lines)})
    return render(request, "administration/settings.html", {"listed": listed})


@require_GET
def setting(request: UserRequest, slug: str) -> HttpResponse:
    desk, found = _desk(request), _find(slug)
    places = [(place, found.lines(place, timezone.localdate())) for place in _of(found, desk)]
    # What a row looks like now goes along with the button that confirms it.
    seen = {line.key: found.fingerprint(line.row) for _place, lines in places for line in lines}
    shown = [(place, [(line, seen[line.key]) for line in lines]) for place, lines in places]
    return render(request, "administration/setting.html", {"setting": found, "places": shown})


@require_GET
def history(request: UserRequest, slug: str) -> HttpResponse:
    _desk(request)
    found = _find(slug)
    after = request.GET.get("na", "")
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    rows = SettingChange.objects.filter(setting=slug).select_related("made_by").order_by("-made_at", "pk")
    changes = list(rows[start : start + PAGE + 1])
    context = {
        "setting": found,
        "changes": [(change, _differences(change.before, change.after)) for change in changes[:PAGE]],
        "after": start + PAGE if len(changes) > PAGE else "",
    }
    return render(request, "administration/history.html", context)


@require_http_methods(["GET", "POST"])
def add(request: UserRequest, slug: str, place: str) -> HttpResponse:
    found = _find(slug)
    if not found.may_add:
        raise Http404
    return _change(request, found, place, None)


@require_http_methods(["GET", "POST"])
def change(request: UserRequest, slug: str, place: str, pk: UUID) -> HttpResponse:
    found = _find(slug)
    return _change(request, found, place, _row(request, found, place, pk))


@require_POST
def confirm(request: UserRequest, slug: str, place: str, pk: UUID) -> HttpResponse:
    found, desk = _find(slug), _desk(request)
    operations.confirm_setting(
        found,
        _row(request, found, place, pk),
        place=desk.places[place],
        seen=request.POST.get("seen", ""),
        within_organisation=desk.organisation.pk,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Confirmed."))
    return redirect("administration:setting", slug)


def _change(request: UserRequest, found: Setting, place: str, row: Any | None) -> HttpResponse:
    """Show the form, then what will be different, and only then change it."""
    desk, today = _desk(request), timezone.localdate()
    if place not in {one.key for one in _of(found, desk)}:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = found.form(posted, initial=found.initial(row) if row is not None else {})
    for name in found.fixed if row is not None else ():
        del form.fields[name]
    found.prepare(form, row, desk.places[place])
    since = From(posted, initial={"valid_from": today}, today=today)
    if not found.is_dated:
        since = From({"valid_from": today.isoformat()}, today=today)
    seen = request.POST.get("seen", "") or found.fingerprint(row)
    context = {"setting": found, "place": desk.places[place], "row": row, "form": form, "since": since, "seen": seen}
    if posted is None or "change" in posted or not (form.is_valid() & since.is_valid()):
        return render(request, "administration/change.html", context)
    valid_from = since.cleaned_data["valid_from"]
    if "save" in posted:
        operations.change_setting(
            found,
            row,
            form.cleaned_data,
            place=desk.places[place],
            valid_from=valid_from,
            seen=seen,
            within_organisation=desk.organisation.pk,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Changed. What was there before is kept in the history."))
        return redirect("administration:setting", found.slug)
    before = found.kept(found.initial(row)) if row is not None else {}
    context |= {
        "valid_from": valid_from,
        "differences": _differences(before, found.kept(form.cleaned_data)),
        "effects": found.effects(form.cleaned_data, row, today),
    }
    return render(request, "administration/preview.html", context)


def _differences(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str, bool]]:
    """Return per field what it was, what it becomes, and whether that is different."""
    return [(name, before.get(name, "–"), value, before.get(name) != value) for name, value in after.items()]


def _desk(request: UserRequest) -> _Desk:
    here = request.user.organisations_as(FUNCTIONAL_ADMINISTRATOR)
    organisations = Organisation.objects.filter(pk__in=here).select_related("municipality__veilig_thuis_region")
    organisation = organisations.order_by("pk").first()
    if organisation is None:
        raise Http404
    return _Desk(organisation, {one.key: one for one in known.places_of(organisation.municipality)})


def _find(slug: str) -> Setting:
    found = known.find(slug)
    if found is None:
        raise Http404
    return found


def _of(found: Setting, desk: _Desk) -> list[Place]:
    return [place for key, place in desk.places.items() if key in found.places]


def _row(request: UserRequest, found: Setting, place: str, pk: UUID) -> Any:
    """Return a row of this setting in a place that this user keeps, or 404."""
    places = {one.key: one for one in _of(found, _desk(request))}
    rows = found.rows(places[place], timezone.localdate()) if place in places else []
    row = next((one for one in rows if one.pk == pk), None)
    if row is None:
        raise Http404
    return row

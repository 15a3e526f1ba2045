from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations
from cases.forms import persons as forms
from cases.models import Family, ParentalAuthority, Person, Place, Stay, StayPlace


@require_GET
def persons(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    authorities, stays = (
        _by_person(
            ParentalAuthority.objects.visible_to(request.user)
            .filter(family=family, ends_on=None)
            .select_related("holder")
            .order_by("starts_on", "pk"),
            "child_id",
        ),
        _by_person(
            Stay.objects.visible_to(request.user).filter(family=family).order_by("-starts_on", "pk"), "person_id"
        ),
    )
    found = Person.objects.visible_to(request.user).filter(family=family).in_reading_order()
    return render(
        request,
        "cases/persons.html",
        {
            "family": family,
            "lines": [
                {
                    "person": person,
                    "is_child": person.place == Place.CHILD,
                    "authorities": authorities.get(person.pk, []),
                    "stays": stays.get(person.pk, []),
                }
                for person in found
            ],
            "may_edit": Family.objects.permitting(request.user, Action.EDIT_FAMILY).filter(pk=family.pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def add_person(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    has_client = Person.objects.visible_to(request.user).filter(family=family, place=Place.CLIENT).exists()
    form = forms.AddPerson(request.POST if request.method == "POST" else None, has_client=has_client)
    if form.is_valid():
        operations.enter_person(family, Place(form.cleaned_data["place"]), form.person, by=request.user)
        messages.success(request, _("This person is in the file now."))
        return redirect("cases:persons", family.pk)
    return render(request, "cases/add_person.html", {"family": family, "form": form})


@require_http_methods(["GET", "POST"])
def record_authority(request: UserRequest, pk: UUID) -> HttpResponse:
    child = get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    adults = Person.objects.visible_to(request.user).filter(family=child.family_id).exclude(place=Place.CHILD)
    form = forms.RecordAuthority(
        request.POST if request.method == "POST" else None,
        holders=adults.in_reading_order(),
        initial={"starts_on": child.born_on},
    )
    if form.is_valid():
        operations.record_authority(
            child, holder=form.cleaned_data["holder"], starts_on=form.cleaned_data["starts_on"], by=request.user
        )
        messages.success(request, _("It is written down who has authority."))
        return redirect("cases:persons", child.family_id)
    return render(request, "cases/record_authority.html", {"child": child, "form": form})


@require_http_methods(["GET", "POST"])
def record_stay(request: UserRequest, pk: UUID) -> HttpResponse:
    person = get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    form = forms.RecordStay(
        request.POST if request.method == "POST" else None, initial={"starts_on": timezone.localdate()}
    )
    if form.is_valid():
        operations.record_stay(
            person,
            place=StayPlace(form.cleaned_data["place"]),
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
        )
        messages.success(request, _("It is written down where this person stays."))
        return redirect("cases:persons", person.family_id)
    return render(request, "cases/record_stay.html", {"person": person, "form": form})


def _by_person(rows: object, key: str) -> dict[UUID, list]:
    found: dict[UUID, list] = {}
    for row in rows:  # type: ignore[attr-defined]
        found.setdefault(getattr(row, key), []).append(row)
    return found

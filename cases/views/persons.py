from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations, persons_page
from cases.forms import persons as forms
from cases.models import AuthoritySource, Family, ParentalAuthority, Person, Place, StayPlace
from cases.views.step import Page, step


@require_GET
def persons(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    page = persons_page.read(
        family,
        request.user,
        today=timezone.localdate(),
        sees_working_file=Family.objects.permitting(request.user, Action.VIEW_WORKING_FILE)
        .filter(pk=family.pk)
        .exists(),
    )
    may_edit = Family.objects.permitting(request.user, Action.EDIT_FAMILY).filter(pk=family.pk).exists()
    return render(request, "cases/persons.html", {"family": family, "page": page, "may_edit": may_edit})


def _person(request: UserRequest, pk: UUID) -> Person:
    return get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)


def _page(family_id: UUID, title: str, said: str, *, heading: str = "", lead: str = "", submit: str = "") -> Page:
    back = reverse("cases:persons", args=[family_id])
    return Page(title, back, _("Persons"), said, heading=heading, lead=lead, submit=submit)


@require_http_methods(["GET", "POST"])
def add_person(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    has_client = Person.objects.visible_to(request.user).filter(family=family, place=Place.CLIENT).exists()
    lead = _("Everybody counts: a child, the ex-partner, a new partner, a grandmother who lives there too.")
    said = _("This person is in the file now.")
    return step(
        request,
        _page(family.pk, _("Add somebody"), said, lead=lead, submit=_("Add this person")),
        about=family.pk,
        form=partial(forms.AddPerson, has_client=has_client),
        do=lambda form: operations.enter_person(
            family, Place(form.cleaned_data["place"]), form.person, by=request.user
        ),
    )


@require_http_methods(["GET", "POST"])
def correct_person(request: UserRequest, pk: UUID) -> HttpResponse:
    person = _person(request, pk)
    heading = _("Correct what is written down of %(name)s") % {"name": person.given_name}
    return step(
        request,
        _page(person.family_id, _("Correct"), _("It is corrected."), heading=heading),
        about=person.pk,
        form=forms.AboutPerson,
        initial={name: getattr(person, name) for name in operations.NewPerson.__dataclass_fields__},
        do=lambda form: operations.correct_person(person, form.person, by=request.user, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
def add_name_variant(request: UserRequest, pk: UUID) -> HttpResponse:
    person = _person(request, pk)
    heading = _("Another name of %(name)s") % {"name": person.given_name}
    said = _("This person is found by that name too.")
    return step(
        request,
        _page(person.family_id, _("Another name"), said, heading=heading),
        about=person.pk,
        form=forms.AddNameVariant,
        do=lambda form: operations.add_name_variant(person, form.cleaned_data["name"], by=request.user),
    )


@require_http_methods(["GET", "POST"])
def record_authority(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _person(request, pk)
    adults = Person.objects.visible_to(request.user).filter(family=child.family_id).exclude(place=Place.CHILD)
    page = _page(
        child.family_id,
        _("Authority"),
        _("It is written down who has authority."),
        heading=_("Who has authority over %(name)s?") % {"name": child.given_name},
        lead=_("One person at a time. Did both parents have authority? Then do this twice."),
    )
    return step(
        request,
        page,
        about=child.pk,
        form=partial(forms.RecordAuthority, holders=adults.in_reading_order()),
        initial={"starts_on": child.born_on},
        do=lambda form: operations.record_authority(
            child,
            holder=form.cleaned_data["holder"],
            starts_on=form.cleaned_data["starts_on"],
            source=AuthoritySource(form.cleaned_data["source"]),
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def end_authority(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, ParentalAuthority, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    names = {"holder": found.holder.given_name, "child": found.child.given_name}
    heading = _("%(holder)s has no authority over %(child)s any more") % names
    return step(
        request,
        _page(found.family_id, _("Authority"), _("It is written down that the authority ended."), heading=heading),
        about=found.pk,
        form=forms.EndAuthority,
        do=lambda form: operations.end_authority(
            found,
            ends_on=form.cleaned_data["ends_on"],
            source=AuthoritySource(form.cleaned_data["source"]),
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def record_stay(request: UserRequest, pk: UUID) -> HttpResponse:
    person = _person(request, pk)
    heading = _("Where does %(name)s stay?") % {"name": person.given_name}
    lead = _("What was written down before ends on this day.")
    return step(
        request,
        _page(
            person.family_id, _("Stay"), _("It is written down where this person stays."), heading=heading, lead=lead
        ),
        about=person.pk,
        form=forms.RecordStay,
        initial={"starts_on": timezone.localdate()},
        do=lambda form: operations.record_stay(
            person,
            place=StayPlace(form.cleaned_data["place"]),
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
        ),
    )

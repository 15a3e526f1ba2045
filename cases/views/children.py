from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations
from cases.forms import children as forms
from cases.models import AroundChild, ChildContact, IndexAnswer, Person
from cases.views.step import Page, step


def _child(request: UserRequest, pk: UUID) -> Person:
    return get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)


def _page(child: Person, title: str, said: str, *, heading: str, lead: str = "") -> Page:
    back = reverse("cases:persons", args=[child.family_id])
    return Page(title, back, _("Persons"), said, heading=heading % {"name": child.given_name}, lead=lead)


@require_http_methods(["GET", "POST"])
def around_child(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _child(request, pk)
    own = ChildContact.objects.visible_to(request.user).filter(child=child, kind=AroundChild.OWN_WORKER, ends_on=None)
    return step(
        request,
        _page(child, _("Around the child"), _("It is written down."), heading=_("Who is around %(name)s?")),
        about=child.pk,
        form=partial(forms.RecordAround, has_own_worker=own.exists()),
        initial={"starts_on": timezone.localdate()},
        do=lambda form: operations.record_child_contact(
            child,
            form.around,
            starts_on=form.cleaned_data["starts_on"],
            because=form.cleaned_data.get("because", ""),
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def hear_child(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _child(request, pk)
    page = _page(
        child,
        _("Voice of the child"),
        _("What the child said is written down."),
        heading=_("What does %(name)s say?"),
        lead=_(
            "Ask it apart, in words that fit the age. What is good, what must be different, what are you afraid of?"
        ),
    )
    return step(
        request,
        page,
        about=child.pk,
        form=forms.HearChild,
        initial={"asked_on": timezone.localdate(), "asked_by": request.user.name},
        do=lambda form: operations.hear_child(child, **form.cleaned_data, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def index_status(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _child(request, pk)
    page = _page(
        child,
        _("Referral index"),
        _("It is written down."),
        heading=_("Is %(name)s in the referral index (VIR)?"),
        lead=_("Registering is a right, not a duty. The index says that you know the child, never why."),
    )
    return step(
        request,
        page,
        about=child.pk,
        form=forms.RecordIndexStatus,
        initial={"decided_on": timezone.localdate()},
        do=lambda form: operations.record_index_status(
            child,
            IndexAnswer(form.cleaned_data["answer"]),
            decided_on=form.cleaned_data["decided_on"],
            expires_on=form.cleaned_data["expires_on"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def protection_measure(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _child(request, pk)
    page = _page(
        child,
        _("Child protection measure"),
        _("The measure is written down. Agree who is regisseur."),
        heading=_("A child protection measure for %(name)s"),
        lead=_("As long as it runs, the child protection worker is seen as regisseur by everybody."),
    )
    return step(
        request,
        page,
        about=child.pk,
        form=forms.RecordProtectionMeasure,
        do=lambda form: operations.record_protection_measure(child, form.measure, by=request.user),
    )

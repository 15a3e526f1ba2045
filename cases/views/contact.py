from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations
from cases.forms import contact as forms
from cases.models import Person, SafeContact, Way
from cases.views.step import Page, step


@require_http_methods(["GET", "POST"])
def safe_contact(request: UserRequest, pk: UUID) -> HttpResponse:
    person = get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    now = SafeContact.objects.visible_to(request.user).filter(person=person).current().first()
    page = Page(
        _("Reach safely"),
        reverse("cases:persons", args=[person.family_id]),
        _("Persons"),
        _("It is written down how to reach this person. In a month you ask again."),
        heading=_("How do we reach %(name)s safely?") % {"name": person.given_name},
        lead=_("Go through it together. What was not asked is not allowed."),
        needs=person.needs_in_contact,
    )
    known = {} if now is None else {name: getattr(now, name) for name in operations.Reachable.__dataclass_fields__}
    return step(
        request,
        page,
        about=person.pk,
        form=forms.ConfirmSafeContact,
        initial=known | {"confirmed_on": timezone.localdate()},
        do=lambda form: operations.confirm_safe_contact(
            person,
            form.reachable,
            confirmed_on=form.cleaned_data["confirmed_on"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def arrange_contact(request: UserRequest, pk: UUID) -> HttpResponse:
    person = get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    now = SafeContact.objects.visible_to(request.user).filter(person=person).current().first()
    # Not a way that this person said no to, and none at all once the answer is too old: then there is no such form.
    allowed = [way for way in Way if now and now.is_confirmed(timezone.localdate()) and now.allows(way)]
    if not allowed:
        raise Http404
    page = Page(
        _("Plan a contact"),
        reverse("cases:persons", args=[person.family_id]),
        _("Persons"),
        _("It stands on the list of the regisseur."),
        heading=_("Plan a contact with %(name)s") % {"name": person.given_name},
        lead=_("Only the ways that this person said yes to."),
        needs=person.needs_in_contact,
    )
    return step(
        request,
        page,
        about=person.pk,
        form=partial(forms.ArrangeContact, allowed=allowed),
        do=lambda form: operations.arrange_contact(
            person,
            Way(form.cleaned_data["way"]),
            due_on=form.cleaned_data["due_on"],
            today=timezone.localdate(),
            by=request.user,
        ),
    )

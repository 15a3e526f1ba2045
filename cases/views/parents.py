from datetime import date
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases import operations, papers, parents_page
from cases.forms import parents as forms
from cases.models import (
    Answer,
    Family,
    HelpConsent,
    Involved,
    Knows,
    ParentalAuthority,
    ParentInvolvement,
    Perpetrator,
    Person,
    Relationship,
    RelationshipKind,
)
from cases.reading import bans_between
from cases.views.step import Page, step
from core.paper.http import download


@require_GET
def parents(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.PERPETRATOR_VIEWED, may=Action.VIEW_WORKING_FILE)
    may_edit = Family.objects.permitting(request.user, Action.EDIT_FAMILY).filter(pk=family.pk).exists()
    page = parents_page.read(family, today=timezone.localdate())
    return render(request, "cases/parents.html", {"family": family, "page": page, "may_edit": may_edit})


def _person(request: UserRequest, pk: UUID) -> Person:
    return get_visible_or_404(request, Person, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)


def _page(family_id: UUID, title: str, said: str, *, heading: str = "", lead: str = "") -> Page:
    return Page(title, reverse("cases:parents", args=[family_id]), _("Parents"), said, heading=heading, lead=lead)


@require_http_methods(["GET", "POST"])
def relate(request: UserRequest, pk: UUID) -> HttpResponse:
    person = _person(request, pk)
    others = Person.objects.visible_to(request.user).filter(family=person.family_id).exclude(pk=person.pk)
    heading = _("What is %(name)s to the others?") % {"name": person.given_name}
    return step(
        request,
        _page(person.family_id, _("Relationship"), _("The relationship is written down."), heading=heading),
        about=person.pk,
        form=partial(forms.Relate, others=others.in_reading_order()),
        do=lambda form: operations.relate(
            person,
            RelationshipKind(form.cleaned_data["kind"]),
            to=form.cleaned_data["other"],
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def end_relationship(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Relationship, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    heading = f"{found.person.given_name} {found.get_kind_display()} {found.other.given_name}"
    return step(
        request,
        _page(found.family_id, _("Relationship"), _("It is written down that this ended."), heading=heading),
        about=found.pk,
        form=forms.EndOnADay,
        initial={"ends_on": timezone.localdate()},
        do=lambda form: operations.end_relationship(found, ends_on=form.cleaned_data["ends_on"], by=request.user),
    )


@require_http_methods(["GET", "POST"])
def perpetrator(request: UserRequest, pk: UUID) -> HttpResponse:
    person = _person(request, pk)
    known = Perpetrator.objects.visible_to(request.user).filter(person=person).first()
    page = _page(
        person.family_id,
        _("Who caused harm"),
        _("It is written down. Nobody you share with sees this."),
        heading=_("What do we know of %(name)s?") % {"name": person.given_name},
        lead=_("This is kept apart. Only who works with the family sees it, and nobody you share with."),
    )
    names = ("what_happened", "knows_address", "ways_to_find")
    return step(
        request,
        page,
        about=person.pk,
        form=forms.DescribePerpetrator,
        initial={name: getattr(known, name) for name in names} if known else {},
        do=lambda form: operations.describe_perpetrator(
            person,
            what_happened=form.cleaned_data["what_happened"],
            knows_address=Knows(form.cleaned_data["knows_address"]),
            ways_to_find=form.cleaned_data["ways_to_find"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def involvement(request: UserRequest, pk: UUID) -> HttpResponse:
    parent = _person(request, pk)
    page = _page(
        parent.family_id,
        _("Involve a parent"),
        _("The decision is written down."),
        heading=_("Is %(name)s involved in the help?") % {"name": parent.given_name},
        lead=_("Involving the other parent helps children, but only when it is safe."),
    )
    return step(
        request,
        page,
        about=parent.pk,
        form=forms.DecideInvolvement,
        do=lambda form: operations.decide_involvement(
            parent,
            Involved(form.cleaned_data["involved"]),
            decision=form.decision,
            contact_person=form.cleaned_data["contact_person"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def contact_arrangement(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _person(request, pk)
    safe = ParentInvolvement.objects.visible_to(request.user).filter(
        family=child.family_id, replaced_at=None, involved=Involved.YES
    )
    parents_ = Person.objects.visible_to(request.user).filter(pk__in=safe.values("parent_id")).in_reading_order()

    def is_banned(parent: Person, first: date, last: date | None) -> bool:
        return bool(bans_between(child, parent, from_on=first, until_on=last))

    heading = _("When does %(name)s see a parent?") % {"name": child.given_name}
    return step(
        request,
        _page(child.family_id, _("Contact arrangement"), _("The arrangement is written down."), heading=heading),
        about=child.pk,
        form=partial(forms.ArrangeWithParent, parents=parents_, is_banned=is_banned),
        do=lambda form: operations.arrange_contact_with_parent(
            child,
            form.arrangement,
            parent=form.cleaned_data["parent"],
            despite_ban_because=form.cleaned_data["despite_ban_because"],
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def ask_consent(request: UserRequest, pk: UUID) -> HttpResponse:
    child = _person(request, pk)
    with_authority = ParentalAuthority.objects.visible_to(request.user).filter(child=child, ends_on=None)
    holders = Person.objects.visible_to(request.user).filter(pk__in=with_authority.values("holder_id"))
    page = _page(
        child.family_id,
        _("Consent to help"),
        _("The question is written down. You can make the letter now."),
        heading=_("Ask consent to help for %(name)s") % {"name": child.given_name},
        lead=_("Under 12 the parents with authority decide. From 12 to 15 the child decides too. From 16 alone."),
    )
    return step(
        request,
        page,
        about=child.pk,
        form=partial(forms.AskConsent, holders=holders.in_reading_order()),
        initial={"asked_on": timezone.localdate()},
        do=lambda form: operations.ask_consent(child, **form.cleaned_data, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def answer_consent(request: UserRequest, pk: UUID) -> HttpResponse:
    consent = get_visible_or_404(request, HelpConsent, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    heading = _("What did %(name)s answer?") % {"name": consent.holder.given_name}
    return step(
        request,
        _page(consent.family_id, _("Consent to help"), _("The answer is written down."), heading=heading),
        about=consent.pk,
        form=partial(forms.AnswerConsent, asked_on=consent.asked_on),
        initial={"answered_on": timezone.localdate()},
        do=lambda form: operations.answer_consent(
            consent,
            Answer(form.cleaned_data["answer"]),
            answered_on=form.cleaned_data["answered_on"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_POST
def consent_letter(request: UserRequest, pk: UUID) -> HttpResponse:
    consent = get_visible_or_404(request, HelpConsent, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    paper, mark = papers.consent_letter(
        consent, printed_by=request.user, at=timezone.now(), language=get_language() or "nl"
    )
    details: dict[str, object] = {"paper": "consent_letter", "number": mark.number}
    record(Event.PAPER_ISSUED, actor=request.user, subject=consent, details=details)
    return download(paper)

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.policy import ORGANISATION_ADMINISTRATOR, TEAM_LEAD, Action
from accounts.models import Invitation, Lost, Membership
from accounts.requests import UserRequest
from accounts.step_up import second_factor_at
from administration import forms, operations, reading
from administration.colleagues import others_who_can, roles_of
from audit.events import Event
from audit.record import record
from cases.caseload import counts_of, families_with
from cases.operations import Moved
from organisations.models import Organisation

_LOOKS_AFTER = ORGANISATION_ADMINISTRATOR | TEAM_LEAD


@require_GET
def members(request: UserRequest) -> HttpResponse:
    here = _organisations(request)
    asked = request.GET.get("bij", "")
    organisation = next((one for one in here if str(one.pk) == asked), here[0])
    record(Event.MEMBERS_VIEWED, actor=request.user, organisation_id=organisation.pk)
    page = reading.members(organisation, now=timezone.now(), after=request.GET.get("na", ""))
    others = [one for one in here if one != organisation]
    context = {"organisation": organisation, "others": others, "page": page, "today": timezone.localdate()}
    return render(request, "administration/members.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: UserRequest, pk: UUID) -> HttpResponse:
    organisation = _organisation(request, pk)
    form = forms.Invite(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        roles=roles_of(organisation, by=request.user),
    )
    if form.is_valid():
        operations.invite(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Invited. The mail goes out within a minute, and works for seven days."))
        return redirect("administration:members")
    return render(request, "administration/invite.html", {"form": form, "organisation": organisation})


@require_POST
def invite_again(request: UserRequest, pk: UUID) -> HttpResponse:
    operations.invite_again(_invitation(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("It is sent again. Only the new link works."))
    return redirect("administration:members")


@require_POST
def withdraw_invitation(request: UserRequest, pk: UUID) -> HttpResponse:
    operations.withdraw_invitation(_invitation(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Withdrawn. The link does not work any more."))
    return redirect("administration:members")


@require_GET
def colleague(request: UserRequest, pk: UUID) -> HttpResponse:
    """Lead from a person on the page of the team to her page here."""
    live = Membership.objects.live(timezone.localdate())
    found = live.filter(user_id=pk, organisation_id__in=request.user.organisations_as(_LOOKS_AFTER)).order_by("pk")
    membership = found.first()
    if membership is None:
        raise Http404
    return redirect("administration:member", membership.pk)


@require_GET
def member(request: UserRequest, pk: UUID) -> HttpResponse:
    membership = _membership(request, pk, _LOOKS_AFTER)
    who, organisation = membership.user, membership.organisation
    held = Membership.objects.live(timezone.localdate()).filter(user=who, organisation=organisation)
    return render(
        request,
        "administration/member.html",
        {
            "membership": membership,
            "who": who,
            "held": held.select_related("team").order_by("role", "pk"),
            "families": counts_of(organisation, timezone.now()).get(who.pk, 0),
            "is_self": who.pk == request.user.pk,
            "manages": organisation.pk in request.user.organisations_as(ORGANISATION_ADMINISTRATOR),
        },
    )


@require_http_methods(["GET", "POST"])
def change_function(request: UserRequest, pk: UUID) -> HttpResponse:
    membership = _membership(request, pk, ORGANISATION_ADMINISTRATOR)
    who, organisation, now = membership.user, membership.organisation, timezone.now()
    held = Membership.objects.live(timezone.localdate()).filter(user=who, organisation=organisation)
    form = forms.ChangeFunction(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        roles=roles_of(organisation, by=request.user),
        receivers=others_who_can(who, organisation, at=now),
        families=_count(request, membership),
        initial={"roles": list(held.values_list("role", flat=True)), "team": membership.team_id},
    )
    if form.is_valid():
        moved = operations.change_function(who, organisation, **form.cleaned_data, by=request.user, at=now)
        messages.success(request, _("Changed. It holds from her next click.") + _said(moved))
        return redirect("administration:members")
    return render(request, "administration/change_function.html", {"form": form, "membership": membership})


@require_http_methods(["GET", "POST"])
def leave(request: UserRequest, pk: UUID) -> HttpResponse:
    membership = _membership(request, pk, ORGANISATION_ADMINISTRATOR)
    now, families = timezone.now(), _count(request, membership)
    receivers = others_who_can(membership.user, membership.organisation, at=now)
    form = forms.Leave(request.POST if request.method == "POST" else None, receivers=receivers, families=families)
    if form.is_valid():
        moved = operations.leave(
            membership.user,
            membership.organisation,
            to=form.cleaned_data.get("to"),
            because=form.cleaned_data.get("because", ""),
            by=request.user,
            at=now,
        )
        messages.success(request, _("Everything has ended for this person.") + _said(moved))
        return redirect("administration:members")
    context = {"form": form, "membership": membership, "families": families, "nobody": not receivers.exists()}
    return render(request, "administration/leave.html", context)


@require_http_methods(["GET", "POST"])
def move(request: UserRequest, pk: UUID) -> HttpResponse:
    membership = _membership(request, pk, _LOOKS_AFTER)
    now, families = timezone.now(), _count(request, membership)
    receivers = others_who_can(membership.user, membership.organisation, at=now)
    form = forms.MoveCaseload(
        request.POST if request.method == "POST" and families and receivers.exists() else None,
        receivers=receivers,
        families=families,
    )
    if form.is_valid():
        moved = operations.move_caseload(
            membership.user, membership.organisation, **form.cleaned_data, by=request.user, at=now
        )
        messages.success(request, _("Given to a colleague.") + _said(moved))
        return redirect("administration:member", membership.pk)
    context = {"form": form, "membership": membership, "families": families, "nobody": not receivers.exists()}
    return render(request, "administration/move.html", context)


@require_http_methods(["GET", "POST"])
def help_sign_in(request: UserRequest, pk: UUID) -> HttpResponse:
    membership = _membership(request, pk, _LOOKS_AFTER)
    form = forms.HelpColleague(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        operations.help_colleague(
            membership.user,
            membership.organisation,
            lost=Lost(form.cleaned_data["lost"]),
            recognised_by=form.cleaned_data["recognised_by"],
            second_factor_at=second_factor_at(request),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("A link goes to her own mail within a minute. It works for a day."))
        return redirect("administration:member", membership.pk)
    return render(request, "administration/help_sign_in.html", {"form": form, "membership": membership})


@require_POST
def reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    membership = _membership(request, pk, ORGANISATION_ADMINISTRATOR)
    operations.reopen(membership.user, membership.organisation, by=request.user, at=timezone.now())
    messages.success(request, _("The account is open again. Password and second step are still asked."))
    return redirect("administration:member", membership.pk)


def _organisations(request: UserRequest) -> list[Organisation]:
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR)
    if not here:
        raise Http404
    return list(Organisation.objects.filter(pk__in=here).select_related("kind").order_by("plain_name", "pk"))


def _organisation(request: UserRequest, pk: UUID) -> Organisation:
    found = next((one for one in _organisations(request) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _invitation(request: UserRequest, pk: UUID) -> Invitation:
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR)
    found: Invitation | None = Invitation.objects.filter(pk=pk, organisation_id__in=here).first()
    if found is None:
        raise Http404
    return found


def _membership(request: UserRequest, pk: UUID, roles: frozenset[str]) -> Membership:
    """Return what somebody is at an organisation where this user has one of these roles, or 404."""
    live = Membership.objects.live(timezone.localdate()).filter(
        organisation_id__in=request.user.organisations_as(roles)
    )
    found: Membership | None = live.select_related("user", "organisation__kind", "team").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _count(request: UserRequest, membership: Membership) -> int:
    families = families_with(membership.user, membership.organisation)
    return int(families.permitting(request.user, Action.MOVE_CASELOAD).count())


def _said(moved: Moved) -> str:
    """Return the sentences about the families that an act took along."""
    said = ""
    if moved.moved:
        said += " " + ngettext(
            "One family went to the colleague.", "%(count)s families went to the colleague.", moved.moved
        ) % {"count": moved.moved}
    if moved.left:
        said += " " + ngettext(
            "One family could not go along: somebody must be found for it.",
            "%(count)s families could not go along: somebody must be found for them.",
            moved.left,
        ) % {"count": moved.left}
    return said

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import consent, disclosures, operations
from cases.alert import Alert, last_day
from cases.forms import sharing as forms
from cases.models import Consent, Family, Law, NotShared, Person, Place, Share
from core.paper.http import download


@require_GET
def consents(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    today = timezone.localdate()
    everybody = list(Person.objects.filter(family=family).in_reading_order())
    children = [person for person in everybody if person.place == Place.CHILD]
    holders = consent.holders_of(family, on=today)
    per_law = {
        law: consent.needed(family, law, about=children, on=today, holders=holders) for law in (Law.JEUGDWET, Law.WMO)
    }
    rows = (
        Consent.objects.visible_to(request.user)
        .filter(family=family)
        .select_related("given_by", "about")
        .prefetch_related("ground__shares__organisation")
        .order_by("withdrawn_at", "-given_on", "pk")
    )
    return render(
        request,
        "cases/consents.html",
        {
            "family": family,
            "children": [
                {"child": child, "youth": per_law[Law.JEUGDWET][number], "wmo": per_law[Law.WMO][number]}
                for number, child in enumerate(children)
            ],
            "given": [row for row in rows if row.withdrawn_at is None and row.ends_on > today],
            "over": [row for row in rows if row.withdrawn_at is not None or row.ends_on <= today],
            "shares": _missing_per_share(family, everybody, holders),
            "may_share": Family.objects.permitting(request.user, Action.SHARE).filter(pk=family.pk).exists(),
            "labels": {"youth": Law.JEUGDWET.label, "wmo": Law.WMO.label},
        },
    )


def _missing_per_share(
    family: Family, everybody: list[Person], holders: dict[UUID, list[Person]]
) -> list[dict[str, object]]:
    """Return per open share on consent whose consent is there, and whose is missing as of today."""
    today, now = timezone.localdate(), timezone.now()
    found: list[dict[str, object]] = []
    for share in disclosures.shares_of(family):
        if share.ground.kind != "consent" or not (share.is_live(now) or share.is_waiting(now)):
            continue
        about = consent.among(everybody, level=share.level, persons=share.persons)
        needed = consent.needed(family, share.task, about=about, on=today, holders=holders)
        given = {(row.given_by_id, row.about_id) for row in share.ground.consents.all() if row.withdrawn_at is None}
        lines = [
            {
                "about": line.about,
                "givers": [{"person": giver, "given": (giver.pk, line.about.pk) in given} for giver in line.givers],
                "gaps": line.gaps,
            }
            for line in needed
        ]
        found.append({"share": share, "lines": lines, "gap": share.ground.get_consent_gap_display()})
    return found


@require_http_methods(["GET", "POST"])
def withdraw_consent(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Consent, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.SHARE)
    form = forms.WithdrawConsent(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.withdraw_consent(found, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("The consent is withdrawn. From now on they see nothing any more."))
        return redirect("cases:consents", found.family_id)
    return render(request, "cases/withdraw_consent.html", {"consent": found, "form": form})


@require_GET
def to_weigh(request: UserRequest) -> HttpResponse:
    waiting = (
        Share.objects.permitting(request.user, Action.WEIGH_ALONG)
        .waiting(timezone.now())
        .select_related("ground__recorded_by")
        .order_by("starts_at", "pk")
    )
    return render(request, "cases/to_weigh.html", {"waiting": waiting[:50]})


@require_http_methods(["GET", "POST"])
def weigh(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Share, pk=pk, seen_as=Event.SHARE_VIEWED, may=Action.WEIGH_ALONG)
    form = forms.WeighAlong(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            operations.confirm_share(found, by=request.user, at=timezone.now())
            messages.success(request, _("Confirmed. It is shared from now on."))
        else:
            operations.refuse_share(found, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
            messages.success(request, _("Nothing is shared. The regisseur reads why."))
        return redirect("cases:to_weigh")
    last = last_day(found.ends_at)
    return render(
        request,
        "cases/weigh.html",
        {
            "share": found,
            "waiting": found.is_waiting(timezone.now()),
            "last_day": last,
            "alert": Alert.as_it_would_be(found.family, found.organisation, persons=found.persons, until=last),
            "form": form,
        },
    )


@require_GET
def told(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.DISCLOSURES_VIEWED, may=Action.EDIT_FAMILY)
    return render(
        request,
        "cases/disclosures.html",
        {
            "family": family,
            "told": disclosures.told_about(family, now=timezone.now()),
            "papers": disclosures.papers_of(family),
        },
    )


@require_GET
def told_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY)
    now = timezone.now()
    pdf, mark = disclosures.paper(family, printed_by=request.user, at=now, language=get_language() or "nl")
    operations.issue_paper(
        family, "disclosures", number=mark.number, about=family, action=Action.EDIT_FAMILY, by=request.user, at=now
    )
    return download(pdf)


@require_http_methods(["GET", "POST"])
def record_not_shared(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    form = forms.RecordNotShared(
        request.POST if request.method == "POST" else None,
        organisations=forms.recipients(other_than=list(request.user.standing), today=timezone.localdate()),
    )
    if form.is_valid():
        answers = form.cleaned_data
        operations.record_not_shared(
            family,
            organisation=answers["organisation"],
            by_partner=answers["who"] == "partner",
            because=answers["because"],
            on_day=answers["on_day"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Recorded, with the reason."))
        return redirect("cases:who_knows", family.pk)
    return render(request, "cases/record_not_shared.html", {"family": family, "form": form})


@require_GET
def not_shared(request: UserRequest) -> HttpResponse:
    rows = list(NotShared.objects.visible_to(request.user))
    return render(request, "cases/not_shared.html", {"reasons": disclosures.counted(rows), "count": len(rows)})

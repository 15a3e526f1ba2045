from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import SIGNALLING, Action
from accounts import drafts
from accounts.requests import UserRequest
from audit.events import Event
from cases import disclosures, operations
from cases.agreed import is_agreed
from cases.alert import Alert, last_day, shown_to
from cases.forms import sharing as forms
from cases.look_along import answer_to, places_in, rehearse
from cases.models import Family, Level, NotShared, Person, Place, Share

SHARE_DRAFT = "cases:share"


@require_GET
def who_knows(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    now = timezone.now()
    shares = sorted(disclosures.shares_of(family), key=lambda share: share.organisation.plain_name)
    lines = [
        {
            "share": share,
            "last_day": last_day(share.ends_at),
            "givers": list(dict.fromkeys(row.given_by.given_name for row in share.ground.consents.all())),
            "open": share.is_live(now),
            "waiting": share.is_waiting(now),
        }
        for share in shares
    ]
    kept_back = NotShared.objects.visible_to(request.user).filter(family=family).select_related("organisation")
    return render(
        request,
        "cases/who_knows.html",
        {
            "family": family,
            "open": [line for line in lines if line["open"]],
            "waiting": [line for line in lines if line["waiting"]],
            "ended": [line for line in lines if not line["open"] and not line["waiting"]],
            "kept_back": kept_back.order_by("-on_day", "pk"),
            "may_share": Family.objects.permitting(request.user, Action.SHARE).filter(pk=family.pk).exists(),
            "labels": {
                "level": _("Knows"),
                "ground": _("Why it is allowed"),
                "discussed": _("Discussed with the client"),
                "until": _("Until"),
            },
        },
    )


@require_http_methods(["GET", "POST"])
def share(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.SHARE)
    kept = drafts.kept(request.user, SHARE_DRAFT, now=timezone.now(), about=family.pk)
    chosen = forms.ChooseRecipient(
        request.POST or request.GET or drafts.initial(kept) or None,
        organisations=forms.recipients(other_than=list(request.user.standing), today=timezone.localdate()),
    )
    if not chosen.is_valid():
        return render(request, "cases/choose_recipient.html", {"family": family, "form": chosen})
    if "save_draft" in request.POST:
        drafts.keep(request.user, SHARE_DRAFT, dict(request.POST.lists()), at=timezone.now(), about=family.pk)
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("cases:share", family.pk)
    recipient = chosen.cleaned_data["organisation"]
    form = forms.ShareForm(
        request.POST if request.method == "POST" else None,
        family=family,
        recipient=recipient,
        by=request.user,
    )
    if drafts.initial(kept).get("organisation") == str(recipient.pk):
        drafts.fill_in(form, kept)
    agreed = is_agreed(recipient, request.user.standing, on=timezone.localdate())
    context = {"family": family, "recipient": recipient, "form": form, "kept": kept, "agreed": agreed}
    if not form.is_valid() or "change" in request.POST:
        return render(request, "cases/share.html", context)
    answers = form.cleaned_data
    make = partial(
        operations.share,
        family,
        with_organisation=recipient,
        level=answers["level"],
        task=answers["task"],
        purpose=answers["purpose"],
        ground=form.new_ground,
        ends_at=form.ends_at,
        reader=answers["reader"] if answers["level"] > Level.ALERT else None,
        persons=[child.pk for child in answers["children"]],
        by=request.user,
        at=timezone.now(),
    )
    preview = _preview(request, family, form, make)
    if "confirm" not in request.POST or not preview["looked_at"]:
        return render(request, "cases/share_preview.html", context | preview)
    made = make()
    drafts.discard(request.user, SHARE_DRAFT, about=family.pk)
    if made.opened_at:
        messages.success(request, _("It is shared. You can stop this any moment."))
    else:
        messages.success(request, _("Your colleague is asked to weigh along. Until then nothing is shared."))
    return redirect("cases:who_knows", family.pk)


@require_http_methods(["GET", "POST"])
def withdraw_share(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Share, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.SHARE)
    form = forms.WithdrawShare(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.withdraw_share(found, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("From now on they see nothing any more."))
        return redirect("cases:who_knows", found.family_id)
    return render(request, "cases/withdraw_share.html", {"share": found, "form": form})


@require_GET
def alerts(request: UserRequest) -> HttpResponse:
    allowed = Family.objects.permitting(request.user, Action.VIEW_ALERT)
    shown = shown_to(request.user.organisations_as(SIGNALLING), now=timezone.now())
    may_see = set(allowed.filter(pk__in=[row.family_id for row in shown]).values_list("pk", flat=True))
    lines = [Alert.by(row) for row in shown if row.family_id in may_see]
    return render(request, "cases/alerts.html", {"alerts": lines})


@require_GET
def alert(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.VIEW_ALERT)
    shown = shown_to(request.user.organisations_as(SIGNALLING), now=timezone.now(), family_id=family.pk)
    if not shown:
        raise Http404
    return render(request, "cases/alert.html", {"alert": Alert.by(shown[0])})


def _preview(
    request: UserRequest, family: Family, form: forms.ShareForm, make: Callable[[], Share]
) -> dict[str, object]:
    """Return what the recipient will see, and what it will not; and what in it looks like a place (R18)."""
    answers = form.cleaned_data
    chosen = [child.pk for child in answers["children"]]
    others = Person.objects.filter(family=family, place=Place.CHILD).once().exclude(pk__in=chosen) if chosen else None
    reader, level = answers["reader"], answers["level"]
    pages = rehearse(request, family, reader=reader, level=level, make=make) if level > Level.ALERT else []
    found = places_in(pages)
    return {
        "alert": Alert.as_it_would_be(family, form.recipient, persons=chosen, until=answers["until"]),
        "level": level,
        "others": others,
        "pages": pages,
        "found": found,
        "answer": answer_to(found),
        "looked_at": not found or request.POST.get("places_seen") == answer_to(found),
        "sent": "confirm" in request.POST,
    }

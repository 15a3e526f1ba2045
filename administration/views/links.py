"""What the links by mail open. Before somebody is signed in; a link that is over, used or made up looks the same."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Invitation, Lost, Readmission, User
from accounts.ways_in import hash_of
from administration import forms, operations


@login_not_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    invitation = Invitation.objects.open(now).filter(token_hash=hash_of(token)).select_related("organisation").first()
    if invitation is None:
        return render(request, "administration/link_over.html", status=404)
    known = User.objects.filter(email=invitation.email).first()
    posted = request.POST if request.method == "POST" else None
    if known is not None and (known.is_active or known.suspended_at):
        if posted is not None and request.user == known:
            operations.accept_as_member(invitation, by=known, at=now)
            messages.success(request, _("You can start here."))
            return redirect("overview:today")
        return render(request, "administration/accept_signed_in.html", {"invitation": invitation, "known": known})
    form = forms.ChoosePassword(posted, user=User(email=invitation.email, name=invitation.name))
    if form.is_valid():
        operations.accept_as_new(invitation, password=form.cleaned_data["password"], at=now)
        messages.success(request, _("Your account is ready. Sign in, and set up your second step."))
        return redirect("account_login")
    return render(request, "administration/accept.html", {"form": form, "invitation": invitation})


@login_not_required
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    found = Readmission.objects.open(now).filter(token_hash=hash_of(token), user__is_active=True)
    readmission = found.select_related("user").first()
    if readmission is None:
        return render(request, "administration/link_over.html", status=404)
    posted = request.POST if request.method == "POST" else None
    form: forms.ChoosePassword | forms.ShowPassword
    if readmission.lost == Lost.PASSWORD:
        form = forms.ChoosePassword(posted, user=readmission.user)
    else:
        form = forms.ShowPassword(posted, user=readmission.user, request=request)
    if form.is_valid():
        operations.use_readmission(readmission, password=form.cleaned_data["password"], at=now)
        messages.success(request, _("Done. Sign in again."))
        return redirect("account_login")
    return render(request, "administration/recover.html", {"form": form, "readmission": readmission})

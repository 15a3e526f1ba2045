"""Who can be called, who was introduced where, and who came to a meeting: professionals, and no family."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.requests import UserRequest
from collaboration import operations
from collaboration.models import ContactPerson, NetworkMeeting
from municipalities.forms import expertise as forms
from municipalities.place import organisation_of
from municipalities.views.kept import VIEW, form_page, kept_or_404, may_keep, own_or_404, partners_of, posted
from organisations.models import Supporter


@require_http_methods(["GET", "POST"])
def record_contact_person(request: UserRequest) -> HttpResponse:
    own, now = own_or_404(request), timezone.now()
    there = ContactPerson.objects.current(timezone.localdate(now)).filter(owner=own).order_by("name", "pk")
    form = forms.RecordContactPerson(posted(request), choices={"organisation": partners_of(own), "backup": there})
    if form.is_valid():
        said = dict(form.cleaned_data)
        operations.record_contact_person(said.pop("organisation"), **said, owner=own, by=request.user, at=now)
        messages.success(request, _("It stands in the directory."))
        return redirect("municipalities:directory")
    back, title = reverse("municipalities:directory"), _("Add a contact person")
    return form_page(request, form, title=title, back=back, back_text=_("Directory"))


@require_POST
def end_contact_person(request: UserRequest, pk: UUID) -> HttpResponse:
    person = kept_or_404(request, ContactPerson, pk)
    operations.end_contact_person(person, by=request.user, at=timezone.now())
    messages.success(request, _("From tomorrow it stands in the directory no more."))
    return redirect("municipalities:directory")


@require_http_methods(["GET", "POST"])
def record_introduction(request: UserRequest) -> HttpResponse:
    own, now = own_or_404(request), timezone.now()
    here = Supporter.objects.for_municipality(own.municipality, timezone.localdate(now))
    users = User.objects.filter(pk__in=here.order_by().values("user_id")).order_by("name", "pk")
    form = forms.RecordIntroduction(posted(request), choices={"user": users, "shelter": partners_of(own).shelters()})
    if form.is_valid():
        said = dict(form.cleaned_data)
        operations.record_introduction(said.pop("user"), **said, owner=own, by=request.user, at=now)
        messages.success(request, _("The visit is written down."))
        return redirect("municipalities:expertise")
    back, title = reverse("municipalities:expertise"), _("Write down a visit to a shelter")
    return form_page(request, form, title=title, back=back, back_text=_("Expertise"))


@require_GET
def meeting(request: UserRequest, pk: UUID) -> HttpResponse:
    """For whoever reads the register in the region of the meeting."""
    own = organisation_of(request.user, VIEW)
    found = NetworkMeeting.objects.filter(pk=pk).select_related("region").first()
    if own is None or found is None or found.region != own.municipality.veilig_thuis_region:
        raise Http404
    guests = found.guests.select_related("organisation__kind").order_by("organisation__plain_name", "pk")
    context = {
        "meeting": found,
        "guests": guests,
        "may_keep": may_keep(request) and found.owner_id in request.user.standing,
        "has_been": found.meets_on <= timezone.localdate(),
    }
    return render(request, "municipalities/meeting.html", context)


@require_http_methods(["GET", "POST"])
def record_attendance(request: UserRequest, pk: UUID) -> HttpResponse:
    found = kept_or_404(request, NetworkMeeting, pk)
    form = forms.RecordAttendance(posted(request), choices={"organisation": partners_of(found.owner)})
    if form.is_valid():
        came = {form.cleaned_data["organisation"]: form.cleaned_data["came"]}
        operations.record_attendance(found, came, by=request.user, at=timezone.now())
        messages.success(request, _("It is written down who came."))
        return redirect(found)
    title = _("Write down who came")
    return form_page(request, form, title=title, back=found.get_absolute_url(), back_text=found.theme)

"""Forms of what people and organisations know and can show: about no family."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from collaboration.models import Indicator, Shown, TrainingSubject, WishSource
from core.forms import Choices, Day, DayGoneBy, ManyChoices, SensitiveText, phone_number
from municipalities.forms.collaboration import AboutOrganisations, OrganisationsChoice, text
from municipalities.forms.fields import OrganisationChoice


def line(label: Any, *, required: bool = True, most: int = 200, **fields: Any) -> forms.CharField:
    """Return a field of one line, searched for what does not belong here: these pages are read by many."""
    return forms.CharField(label=label, max_length=most, required=required, widget=SensitiveText(), **fields)


# In years: further on it is a slip of the finger.
MEETINGS_AHEAD = 2
_YES_NO = [("yes", _("yes")), ("no", _("no"))]


class PersonChoice(forms.ModelChoiceField):
    default_error_messages = {"required": _("Choose an answer.")}

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class RequirementChoice(forms.ModelChoiceField):
    default_error_messages = {"required": _("Choose an answer.")}

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}: {obj.text}"


class RecordTraining(AboutOrganisations):
    user = PersonChoice(None, label=_("Who followed it"), empty_label=_("Choose"))
    at_organisation = OrganisationChoice(None, label=_("At which organisation"), empty_label=_("Choose"))
    subject = forms.ChoiceField(label=_("Which training"), choices=TrainingSubject, widget=Choices)
    followed_on = DayGoneBy(label=_("Followed on"))
    valid_until = Day(label=_("Counts until"), required=False, help_text=_("Leave empty when it always counts."))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("followed_on"), answers.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day comes after the first."))
        return answers


class RecordContactPerson(AboutOrganisations):
    organisation = OrganisationChoice(None, label=_("At which organisation"), empty_label=_("Choose"))
    name = line(_("Name"), most=120)
    function_name = line(_("Function"), most=100)
    direct_phone = phone_number(_("Direct number"), help_text=_("A work number."))
    backup = PersonChoice(None, label=_("Who answers when she or he does not"), required=False, empty_label=_("Nobody"))


class RecordIntroduction(AboutOrganisations):
    user = PersonChoice(None, label=_("Which supporter"), empty_label=_("Choose"))
    shelter = OrganisationChoice(None, label=_("In which shelter"), empty_label=_("Choose"))
    visited_on = DayGoneBy(label=_("Visited on"))


class PlanMeeting(AboutOrganisations):
    theme = line(_("Theme"))
    meets_on = Day(label=_("Day"), help_text=_("One that was held earlier this year counts too."))
    guests = OrganisationsChoice(None, label=_("Who is invited"), widget=ManyChoices, help_text=_("One or more."))

    def clean_meets_on(self) -> date:
        day: date = self.cleaned_data["meets_on"]
        this_year = timezone.localdate().year
        if not this_year <= day.year <= this_year + MEETINGS_AHEAD:
            raise forms.ValidationError(
                _("Choose a day from %(first)s up to and including %(last)s."),
                params={"first": this_year, "last": this_year + MEETINGS_AHEAD},
            )
        return day


class RecordAttendance(AboutOrganisations):
    organisation = OrganisationChoice(None, label=_("Which organisation"), empty_label=_("Choose"))
    came = forms.IntegerField(label=_("How many came"), min_value=0, max_value=500)


class RecordProtocol(AboutOrganisations):
    organisation = OrganisationChoice(None, label=_("Which organisation"), empty_label=_("Choose"))
    has_one = forms.ChoiceField(label=_("Is there a protocol?"), choices=_YES_NO, widget=Choices(row=True))
    dated_on = DayGoneBy(label=_("Date of the protocol"), required=False, help_text=_("Only when there is one."))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        answers["has_one"] = answers.get("has_one") == "yes"
        if answers["has_one"] and not answers.get("dated_on"):
            self.add_error("dated_on", _("Say of which date it is."))
        if not answers["has_one"]:
            answers["dated_on"] = None
        return answers


class CheckQuality(AboutOrganisations):
    shelter = OrganisationChoice(None, label=_("Which shelter"), empty_label=_("Choose"))
    requirement = RequirementChoice(None, label=_("What is asked"), empty_label=_("Choose"))
    shown = forms.ChoiceField(label=_("Can it be shown?"), choices=Shown, widget=Choices(row=True))
    proof = line(_("By which document"), required=False, help_text=_("Title and place. Needed when it can be shown."))
    checked_on = DayGoneBy(label=_("Looked at on"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("shown") == Shown.YES and not answers.get("proof"):
            self.add_error("proof", _("Say by which document it can be shown."))
        return answers


class RecordVision(AboutOrganisations):
    title = line(_("Title of the document"))
    kept_at = line(_("Where it is kept"))
    adopted_on = DayGoneBy(label=_("Adopted on"))


class RecordDecision(AboutOrganisations):
    decided_on = DayGoneBy(label=_("Decided on"))
    decided_by = line(_("By whom"), most=120, help_text=_("For example: the council, the aldermen."))
    what = line(_("What was decided"), most=300)
    kept_at = line(_("Where it is kept"), required=False)


class RecordWish(AboutOrganisations):
    received_on = DayGoneBy(label=_("Received on"))
    source = forms.ChoiceField(label=_("From whom"), choices=WishSource, widget=Choices)
    words = text(_("The wish"), scanned=True, help_text=_("No names, and nothing by which somebody is known."))
    indicator = forms.ChoiceField(
        label=_("Which figure it says something about"),
        choices=[("", _("None of these")), *Indicator.choices],
        required=False,
    )

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, Exists, OuterRef, QuerySet, SmallIntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from core.forms import Choices, Day, DayGoneBy, Form, ManyChoices, SensitiveText, SensitiveTextarea
from handover.models import Kept, Part
from handover.operations import NewHandover
from organisations.kinds import DefaultKind
from organisations.models import Municipality, Organisation

_LINES = {"rows": 4}


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.municipality.name}"


def receivers(*, other_than: Organisation, near: Municipality | None, today: date) -> QuerySet[Organisation]:
    """Return the organisations where somebody could answer, the neighbourhood teams of `near` first (B14)."""
    workers = Membership.objects.live(today).filter(organisation=OuterRef("pk"), role=Role.WORKER)
    first = Case(
        When(municipality=near, kind__slug=DefaultKind.NEIGHBOURHOOD_TEAM, then=Value(0)),
        When(municipality=near, then=Value(1)),
        default=Value(2),
        output_field=SmallIntegerField(),
    )
    return (
        Organisation.objects.active()
        .filter(Exists(workers))
        .exclude(pk=other_than.pk)
        .select_related("municipality", "kind")
        .order_by(first, "plain_name", "pk")
    )


class OfferHandover(Form):
    to = OrganisationChoice(
        Organisation.objects.none(),
        label=_("Who takes over?"),
        empty_label=_("Choose"),
        help_text=_("The neighbourhood team of the new municipality stands first."),
    )
    risk_of_care_avoidance = forms.CharField(
        label=_("Might the client avoid help?"),
        help_text=_("Write this down too when you think not, and why."),
        widget=SensitiveTextarea(_LINES),
    )
    background = forms.CharField(
        label=_("What must the receiver know?"),
        help_text=_("The background, what helps, what runs now. No address, no place of the shelter."),
        widget=SensitiveTextarea({"rows": 6}),
    )
    discussed_on = DayGoneBy(label=_("When did you discuss this with the client?"))
    shows = forms.MultipleChoiceField(
        label=_("What does the receiver read before it answers?"),
        choices=Part.choices,
        required=False,
        widget=ManyChoices,
        help_text=_("Only what you choose. After accepting it works with the file."),
    )
    passes_words = forms.BooleanField(
        label=_("The new side may read what the client said in earlier contacts"),
        required=False,
        help_text=_(
            "Ask the client. Without this they stay yours: the new side sees when there was contact, not the words."
        ),
    )
    involvement_ends_on = Day(
        label=_("Last day on which you give aftercare"),
        required=False,
        help_text=_("Leave this empty when you give none."),
    )
    keeps = forms.MultipleChoiceField(
        label=_("What do you go on reading during the aftercare?"),
        choices=Kept.choices,
        required=False,
        widget=ManyChoices,
        help_text=_(
            "As it is on the day of acceptance, and nothing newer. What you wrote yourself you can always read."
        ),
    )
    visit_on = Day(
        label=_("When do you go to the family together?"),
        required=False,
        help_text=_("Without such a visit this is a cold handover."),
    )
    visit_attendees = forms.CharField(label=_("Who come along?"), max_length=200, required=False, widget=SensitiveText)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = organisations  # type: ignore[attr-defined]

    @property
    def what(self) -> NewHandover:
        return NewHandover(**{name: value for name, value in self.cleaned_data.items() if name != "to"})


class Reason(Form):
    because = forms.CharField(
        label=_("Why?"), max_length=200, help_text=_("The other side reads this."), widget=SensitiveText
    )


class SettleTopic(Form):
    answer = forms.ChoiceField(
        label=_("Was it discussed?"),
        choices=[("discussed", _("Yes, it was discussed")), ("left_out", _("No, it was left out"))],
        widget=Choices,
    )
    on = DayGoneBy(label=_("Discussed on"), required=False)
    because = forms.CharField(label=_("Why was it left out?"), max_length=200, required=False, widget=SensitiveText)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") == "discussed" and not answers.get("on") and "on" not in self.errors:
            self.add_error("on", _("Fill in the day."))
        if answers.get("answer") == "left_out" and not answers.get("because"):
            self.add_error("because", _("Say why."))
        return answers


class PlanVisit(Form):
    on = Day(label=_("When do you go to the family together?"))
    attendees = forms.CharField(label=_("Who come along?"), max_length=200, required=False, widget=SensitiveText)


class HoldVisit(Form):
    on = DayGoneBy(label=_("When did the visit take place?"))

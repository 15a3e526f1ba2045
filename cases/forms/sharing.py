from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, User
from cases.forms.fields import PersonChoice
from cases.models import Family, GroundKind, Level, Person, Place
from cases.operations import SHORTEST_WEIGHING, NewGround
from core.forms import Choices, DateInput, Form, ManyChoices, SensitiveText, SensitiveTextarea
from core.working_days import add_months
from organisations.kinds import DefaultKind
from organisations.models import Organisation

LONGEST = 12  # months; whatever must last longer is decided on again
OLD_ENOUGH = 12  # years; from then on somebody's own consent counts

_READS = {
    Level.SAFETY_PLAN: {Role.WORKER, Role.SIGNALLER},
    Level.DOMAINS: {Role.WORKER},
    Level.FILE: {Role.WORKER},
}


class OrganisationChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.municipality.name}"


class UserChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ChooseRecipient(Form):
    organisation = OrganisationChoice(
        Organisation.objects.none(), label=_("With whom do you share?"), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class ShareForm(Form):
    """What is shared with one organisation, and why that may be."""

    organisation = forms.UUIDField(widget=forms.HiddenInput)
    level = forms.TypedChoiceField(
        label=_("How much may they know?"),
        coerce=lambda value: Level(int(value)),
        widget=Choices(
            hints={
                str(Level.ALERT.value): _("The names of the children, be alert, whom to call"),
                str(Level.SAFETY_PLAN.value): _("Also: the safety plan"),
                str(Level.DOMAINS.value): _("Also: the family plan"),
                str(Level.FILE.value): _("Also: the file, to read"),
            }
        ),
    )
    children = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("About which children?"),
        required=False,
        widget=ManyChoices,
        help_text=_("Choose none, and it is about all children of the family."),
    )
    reader = UserChoice(
        User.objects.none(),
        label=_("Who reads it there?"),
        required=False,
        empty_label=_("Nobody in particular"),
        help_text=_("Needed for everything above “Be alert”. Tell the client this name."),
    )
    purpose = forms.CharField(label=_("What for?"), max_length=200, widget=SensitiveText)
    until = forms.DateField(
        label=_("Until when?"),
        widget=DateInput,
        help_text=_("After that day they see nothing any more. At most a year. Stopping earlier is always possible."),
    )
    ground = forms.ChoiceField(
        label=_("Why is this allowed?"),
        help_text=_("Choose one ground. It always stays with this share."),
        widget=Choices(
            hints={
                GroundKind.CONSENT: _("Only when saying no is really possible"),
                GroundKind.STATUTORY_TASK: _("You name the article below"),
                GroundKind.CONFLICT_OF_DUTIES: _("You write down below how you weighed it; a colleague reads along"),
                GroundKind.RIGHT_TO_REPORT: _("Only for a report to Veilig Thuis"),
            }
        ),
    )
    given_by = PersonChoice(
        Person.objects.none(), label=_("Consent: who gave it?"), required=False, empty_label=_("Choose")
    )
    article = forms.CharField(
        label=_("Statutory task: which article of which law?"), max_length=120, required=False, widget=SensitiveText
    )
    weighing = forms.CharField(
        label=_("Conflict of duties: how did you weigh it?"), required=False, widget=SensitiveTextarea({"rows": 4})
    )
    second_professional = UserChoice(
        User.objects.none(),
        label=_("Which colleague weighed along?"),
        required=False,
        empty_label=_("Choose"),
        help_text=_("Needed for a conflict of duties, and when you did not discuss it with the client."),
    )
    discussed_on = forms.DateField(
        label=_("When did you discuss this with the client?"), required=False, widget=DateInput
    )
    not_discussed_because = forms.CharField(
        label=_("Not discussed? Why was that not safe?"), max_length=200, required=False, widget=SensitiveText
    )

    def __init__(self, *args: Any, family: Family, recipient: Organisation, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.today = timezone.localdate()
        persons = Person.objects.visible_to(by).filter(family=family).in_reading_order()
        self.fields["organisation"].initial = recipient.pk
        self.fields["children"].queryset = persons.filter(place=Place.CHILD)  # type: ignore[attr-defined]
        self.fields["children"].label_from_instance = lambda child: child.given_name  # type: ignore[attr-defined]
        self.fields["reader"].queryset = _members([recipient.pk], {Role.WORKER, Role.SIGNALLER})  # type: ignore[attr-defined]
        self.fields["given_by"].queryset = _old_enough(persons, self.today)  # type: ignore[attr-defined]
        self.fields["second_professional"].queryset = _members(  # type: ignore[attr-defined]
            by.organisations_as({Role.WORKER.value}), {Role.WORKER, Role.TEAM_LEAD}
        ).exclude(pk=by.pk)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in Level.choices if not (value == Level.FILE and recipient.kind.is_school)
        ]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (value, label)
            for value, label in GroundKind.choices
            if value != GroundKind.RIGHT_TO_REPORT or recipient.kind.slug == DefaultKind.VEILIG_THUIS
        ]
        self.recipient = recipient

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        self._check_reader(answers)
        self._check_until(answers)
        self._check_ground(answers)
        return answers

    def _check_reader(self, answers: dict[str, Any]) -> None:
        roles = _READS.get(answers.get("level", Level.ALERT), set())
        if not roles:
            return
        if not answers.get("reader"):
            self.add_error("reader", _("Choose who reads it there."))
        elif not answers["reader"].standing.get(self.recipient.pk, frozenset()) & roles:
            self.add_error("reader", _("This person may not read that much. Choose somebody else, or less."))

    def _check_until(self, answers: dict[str, Any]) -> None:
        until = answers.get("until")
        if until and until < self.today:
            self.add_error("until", _("This day is in the past."))
        elif until and until > add_months(self.today, LONGEST):
            self.add_error("until", _("Choose a day within a year."))

    def _check_ground(self, answers: dict[str, Any]) -> None:
        """Say beside the field what the operation would refuse."""
        ground = answers.get("ground")
        for kind, field, words in (
            (GroundKind.CONSENT, "given_by", _("Say who gave consent.")),
            (GroundKind.STATUTORY_TASK, "article", _("Name the article of the law.")),
            (GroundKind.CONFLICT_OF_DUTIES, "weighing", _("Write down how you weighed this.")),
            (GroundKind.CONFLICT_OF_DUTIES, "second_professional", _("A second professional weighs along.")),
        ):
            if ground == kind and not answers.get(field):
                self.add_error(field, words)
        weighing = answers.get("weighing") or ""
        if ground == GroundKind.CONFLICT_OF_DUTIES and 0 < len(weighing.strip()) < SHORTEST_WEIGHING:
            self.add_error("weighing", _("This is too short to be a weighing. Say what you weighed against what."))
        if answers.get("discussed_on") or "discussed_on" in self.errors:
            return
        if not answers.get("not_discussed_because"):
            words = _("Say when this was discussed with the client, or why that was not safe.")
            self.add_error("discussed_on", words)
        elif not answers.get("second_professional") and "second_professional" not in self.errors:
            self.add_error("second_professional", _("A second professional weighs along."))

    @property
    def new_ground(self) -> NewGround:
        """Return the ground with only what belongs to its kind: what else was typed is not kept with it."""
        answers = self.cleaned_data
        kind = GroundKind(answers["ground"])
        weighed = kind == GroundKind.CONFLICT_OF_DUTIES
        return NewGround(
            kind=kind,
            given_by=answers["given_by"] if kind == GroundKind.CONSENT else None,
            article=answers["article"] if kind == GroundKind.STATUTORY_TASK else "",
            weighing=answers["weighing"] if weighed else "",
            second_professional=answers["second_professional"] if weighed or not answers["discussed_on"] else None,
            discussed_on=answers["discussed_on"],
            not_discussed_because="" if answers["discussed_on"] else answers["not_discussed_because"],
        )

    @property
    def ends_at(self) -> datetime:
        """Return the midnight that closes the last day."""
        after = self.cleaned_data["until"] + timedelta(days=1)
        return timezone.make_aware(datetime.combine(after, time.min))


class WithdrawShare(Form):
    because = forms.CharField(label=_("Why do you stop sharing?"), max_length=200, widget=SensitiveText)


def recipients(*, other_than: list[Any], today: date) -> QuerySet[Organisation]:
    """Return the organisations where somebody could read something."""
    members = Membership.objects.live(today).filter(organisation=OuterRef("pk"), role__in=[Role.WORKER, Role.SIGNALLER])
    return (
        Organisation.objects.active()
        .filter(Exists(members))
        .exclude(pk__in=other_than)
        .select_related("municipality", "kind")
        .order_by("plain_name", "pk")
    )


def _members(organisations: list[Any], roles: set[Role]) -> QuerySet[User]:
    live = Membership.objects.live(timezone.localdate()).filter(
        user=OuterRef("pk"), organisation__in=organisations, role__in=roles
    )
    return User.objects.active().filter(Exists(live)).order_by("name", "pk")


def _old_enough(persons: QuerySet[Person], today: date) -> QuerySet[Person]:
    return persons.filter(~Q(place=Place.CHILD) | Q(born_on__lte=add_months(today, -12 * OLD_ENOUGH)))

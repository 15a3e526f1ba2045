from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, User
from cases import consent
from cases.grounds import NewGround, missing_from
from cases.models import (
    ConsentGap,
    ConsentHow,
    Family,
    GroundKind,
    Law,
    Level,
    NotDiscussed,
    Person,
    Place,
    WhyNot,
)
from core.forms import Choices, Day, DayGoneBy, Form, ManyChoices, SensitiveText, SensitiveTextarea
from core.working_days import add_months
from organisations.kinds import DefaultKind
from organisations.models import CodeItem, Organisation

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


class ArticleChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)


class ManyPersons(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


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
    task = forms.TypedChoiceField(
        label=_("For which task do they need it?"),
        choices=Law.choices,
        coerce=Law,
        widget=Choices,
        help_text=_("They may use it for this task only. Another task asks for a ground of its own."),
    )
    purpose = forms.CharField(label=_("What for?"), max_length=200, widget=SensitiveText)
    until = Day(
        label=_("Until when?"),
        help_text=_("After that day they see nothing any more. At most a year. Stopping earlier is always possible."),
    )
    ground = forms.ChoiceField(
        label=_("Why is this allowed?"),
        help_text=_("Choose one ground. It always stays with this share."),
        widget=Choices(
            hints={
                GroundKind.CONSENT: _("Only when saying no is really possible"),
                GroundKind.STATUTORY_TASK: _("You choose the article below"),
                GroundKind.CONFLICT_OF_DUTIES: _("You write down below how you weighed it; a colleague confirms"),
                GroundKind.RIGHT_TO_REPORT: _("Only for a report to Veilig Thuis"),
            }
        ),
    )
    given_by = ManyPersons(Person.objects.none(), label=_("Consent: who gave it?"), required=False, widget=ManyChoices)
    how = forms.ChoiceField(
        label=_("Consent: how was it given?"), choices=ConsentHow.choices, required=False, widget=Choices
    )
    consent_gap = forms.ChoiceField(
        label=_("Consent: somebody did not give it. Why does it hold?"),
        choices=[("", _("Everybody who must consent did")), *ConsentGap.choices],
        required=False,
        help_text=_("A colleague must confirm this."),
    )
    article = ArticleChoice(
        CodeItem.objects.none(),
        label=_("Statutory task: which article of which law?"),
        required=False,
        empty_label=_("Choose"),
    )
    weighing = forms.CharField(
        label=_("Conflict of duties: how did you weigh it?"), required=False, widget=SensitiveTextarea({"rows": 4})
    )
    second_professional = UserChoice(
        User.objects.none(),
        label=_("Which colleague weighs along?"),
        required=False,
        empty_label=_("Choose"),
        help_text=_(
            "Needed for a conflict of duties, when it was not discussed with the client, and when a consent is "
            "missing. Nothing is shared before your colleague confirms."
        ),
    )
    discussed_on = DayGoneBy(label=_("When did you discuss this with the client?"), required=False)
    not_discussed_because = forms.ChoiceField(
        label=_("Not discussed? Why not?"), choices=[("", _("It was discussed")), *NotDiscussed.choices], required=False
    )

    def __init__(self, *args: Any, family: Family, recipient: Organisation, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.family, self.recipient = by, family, recipient
        self.today = timezone.localdate()
        persons = Person.objects.visible_to(by).filter(family=family).in_reading_order()
        chosen: dict[str, QuerySet[Any]] = {
            "children": persons.filter(place=Place.CHILD),
            "reader": _members([recipient.pk], {Role.WORKER, Role.SIGNALLER}),
            "given_by": _old_enough(persons, self.today),
            "article": CodeItem.objects.of("legal_bases").valid_on(self.today).in_order(),
            "second_professional": _members(
                by.organisations_as({Role.WORKER.value}), {Role.WORKER, Role.TEAM_LEAD}
            ).exclude(pk=by.pk),
        }
        for name, rows in chosen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["organisation"].initial = recipient.pk
        self.fields["children"].label_from_instance = lambda child: child.given_name  # type: ignore[attr-defined]
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in Level.choices if not (value == Level.FILE and recipient.kind.is_school)
        ]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (value, label)
            for value, label in GroundKind.choices
            if value != GroundKind.RIGHT_TO_REPORT or recipient.kind.slug == DefaultKind.VEILIG_THUIS
        ]

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
        """Say beside the field what the operation would refuse, in the words of the operation."""
        if {"ground", "task", "level", "until", "discussed_on", "weighing"} - answers.keys():
            return
        children = [child.pk for child in answers.get("children") or []]
        about = consent.subjects(self.family, level=answers["level"], persons=children)
        missing = missing_from(
            self.new_ground,
            task=answers["task"],
            lines=consent.needed(self.family, answers["task"], about=about, on=self.today),
            ends_at=self.ends_at,
            by=self.by,
            today=self.today,
        )
        if missing:
            self.add_error(missing.answer, missing.words)
        elif answers["ground"] == GroundKind.CONSENT and not answers.get("how"):
            self.add_error("how", _("Choose an answer."))

    @property
    def new_ground(self) -> NewGround:
        """Return the ground with only what belongs to its kind: what else was typed is not kept with it."""
        answers = self.cleaned_data
        kind = GroundKind(answers["ground"])
        article = answers.get("article") if kind == GroundKind.STATUTORY_TASK else None
        consented = kind == GroundKind.CONSENT
        made = NewGround(
            kind=kind,
            given_by=list(answers.get("given_by") or []) if consented else [],
            how=ConsentHow(answers.get("how") or ConsentHow.SPOKEN),
            consent_gap=answers.get("consent_gap", "") if consented else "",
            law=article.code.split("-")[0] if article else "",
            article=article.label_nl if article else "",
            weighing=answers.get("weighing", "") if kind == GroundKind.CONFLICT_OF_DUTIES else "",
            second_professional=answers.get("second_professional"),
            discussed_on=answers["discussed_on"],
            not_discussed_because="" if answers["discussed_on"] else answers.get("not_discussed_because", ""),
        )
        return made if made.takes_two else replace(made, second_professional=None)

    @property
    def ends_at(self) -> datetime:
        """Return the midnight that closes the last day."""
        after = self.cleaned_data["until"] + timedelta(days=1)
        return timezone.make_aware(datetime.combine(after, time.min))


class WithdrawShare(Form):
    because = forms.CharField(label=_("Why do you stop sharing?"), max_length=200, widget=SensitiveText)


class WithdrawConsent(Form):
    because = forms.CharField(label=_("What did she or he say?"), max_length=200, widget=SensitiveText)


class WeighAlong(Form):
    """The answer of the second professional."""

    answer = forms.ChoiceField(
        label=_("May this be shared?"),
        choices=[("yes", _("Yes, share it")), ("no", _("No, do not share it"))],
        widget=Choices,
    )
    because = forms.CharField(
        label=_("If not: why?"),
        max_length=200,
        required=False,
        widget=SensitiveText,
        help_text=_("The regisseur reads this."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("answer") == "no" and not answers.get("because"):
            self.add_error("because", _("Say why not."))
        return answers


class RecordNotShared(Form):
    """That something was not shared, and the reason as a code (I3, C39)."""

    organisation = OrganisationChoice(Organisation.objects.none(), label=_("Which partner?"), empty_label=_("Choose"))
    who = forms.ChoiceField(
        label=_("Who did not share?"),
        choices=[("partner", _("The partner did not share with us")), ("we", _("We did not share with the partner"))],
        widget=Choices,
    )
    because = forms.TypedChoiceField(label=_("Why?"), choices=WhyNot.choices, coerce=WhyNot, widget=Choices)
    on_day = DayGoneBy(label=_("On which day?"))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


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

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.forms.family import OwnOrganisation
from cases.models import Person
from core.forms import Choices, DayGoneBy, Form, SensitiveText, SensitiveTextarea
from organisations.models import Organisation
from signals.known_child import KnownChild
from signals.models import Acute, Discussed, SignalKind, Source
from signals.operations import Account

ANOTHER = "another"
# Which question asks for words, by where the worry comes from.
_ASKED_BY_KIND = {SignalKind.HEARD: "what_heard", SignalKind.FEELING: "what_i_think"}


class Report(Form):
    """Four questions and a telephone number: five fields at most must be filled, everything else may stay empty."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    acute = forms.ChoiceField(
        label=_("1. Is the child in danger now?"), choices=Acute, widget=Choices(row=True, reveal=[Acute.YES])
    )
    child = forms.ChoiceField(label=_("2. Which child is it about?"), widget=Choices)
    child_name = forms.CharField(
        label=_("First and last name of the child"), max_length=200, required=False, widget=SensitiveText(scanned=False)
    )
    child_born_on = DayGoneBy(
        label=_("Date of birth of the child"),
        required=False,
        help_text=_("If you know it. With it, your worry is with the right person sooner. For example 24-3-2018."),
    )
    also_about = forms.CharField(
        label=_("Are you worried about somebody else in this family too?"),
        max_length=300,
        required=False,
        widget=SensitiveText(scanned=False),
        help_text=_("For example a brother, a sister or the mother. It stays one signal."),
    )
    kind = forms.ChoiceField(
        label=_("3. What is your worry based on?"), choices=SignalKind, widget=Choices, required=False
    )
    what_seen = forms.CharField(
        label=_("What did you see?"), required=False, widget=SensitiveTextarea(attrs={"rows": 4}, scanned=False)
    )
    what_heard = forms.CharField(
        label=_("What did you hear from others?"),
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}, scanned=False),
    )
    what_i_think = forms.CharField(
        label=_("What do you think or feel?"),
        required=False,
        widget=SensitiveTextarea(attrs={"rows": 3}, scanned=False),
        help_text=_("Only a feeling is allowed too: ‘something is not right’ is enough."),
    )
    callback_phone = forms.CharField(
        label=_("4. How can we reach you?"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("You are called back on this number."),
    )
    discussed_with = forms.CharField(
        label=_("Whom did you discuss this with?"), max_length=200, required=False, widget=SensitiveText(scanned=False)
    )
    discussed = forms.ChoiceField(
        label=_("Did you discuss it with the parents?"),
        choices=Discussed,
        required=False,
        widget=Choices(row=True),
        help_text=_("You do not have to. Do not do it when you think it is not safe."),
    )
    source = forms.ChoiceField(
        label=_("Who tells this?"),
        choices=[(Source.ORGANISATION, _("I do myself")), (Source.NETWORK, Source.NETWORK.label)],
        widget=Choices,
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        children: QuerySet[Person],
        known_child: Callable[[UUID], KnownChild | None],
        is_worker: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4
        self._permitted = children
        self._children: dict[str, Person] = {}
        self._chosen = self._look_up(known_child)
        names = [(str(self._chosen.person.pk), self._chosen.person.name)] if self._chosen else []
        self.fields["child"].choices = [*names, (ANOTHER, _("Another child"))]  # type: ignore[attr-defined]
        if self._chosen is None and self.data.get(self.add_prefix("child")) != ANOTHER:
            self._offer()
        if is_worker:
            self.fields["source"].initial = Source.ORGANISATION
        else:
            del self.fields["source"]
        self.fields["organisation"] = OwnOrganisation(organisations)
        self.order_fields(["organisation", "acute", "child", "child_name", "child_born_on", "also_about", "source"])

    def _look_up(self, known_child: Callable[[UUID], KnownChild | None]) -> KnownChild | None:
        """Ask about the one child that was chosen: the others on the list are of no use to what is sent."""
        try:
            return known_child(UUID(self.data.get(self.add_prefix("child"), "")))
        except ValueError:
            return None

    def _offer(self) -> None:
        """Read the children on the list: not when one was chosen or it is another, and nothing is asked again."""
        self._children = {str(child.pk): child for child in self._permitted}
        names = [(pk, child.name) for pk, child in self._children.items()]
        self.fields["child"].choices = [*names, (ANOTHER, _("Another child"))]  # type: ignore[attr-defined]
        if not names:
            # Nothing to choose from: the name is the question.
            self.fields["child"].initial = ANOTHER
            self.fields["child"].required = False
            self.fields["child"].widget = forms.HiddenInput()
            self.fields["child_name"].required = True
            self.fields["child_name"].label = _("2. Which child is it about? First and last name")

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors and not self._children:
            self._offer()

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("child") and answers.get("child_name"):
            # Whoever fills in a name has said that it is a child that is not in the list.
            self.errors.pop("child", None)
            answers["child"] = ANOTHER
        if answers.get("child") == ANOTHER and not answers.get("child_name") and "child_name" not in self.errors:
            self._offer()
            say = (
                _("Choose a child in the list, or fill in a name.")
                if self._children
                else self.fields["child_name"].error_messages["required"]
            )
            self.add_error("child_name", ValidationError(say))
        if not any(answers.get(field) for field in ("what_seen", "what_heard", "what_i_think")):
            # Beside the question that goes with where the worry comes from: who has a feeling saw nothing.
            field = _ASKED_BY_KIND.get(answers.get("kind", ""), "what_seen")
            self.add_error(field, ValidationError(_("Fill in one of these three: what you saw, heard or think.")))
        return answers

    @property
    def account(self) -> Account:
        answers = self.cleaned_data
        child = None if answers["child"] == ANOTHER else self._chosen
        return Account(
            token=answers["token"],
            acute=answers["acute"],
            kind=answers["kind"] or self._kind,
            callback_phone=answers["callback_phone"],
            child=child,
            child_name="" if child else answers["child_name"],
            child_born_on=None if child else answers["child_born_on"],
            also_about=answers["also_about"],
            what_seen=answers["what_seen"],
            what_heard=answers["what_heard"],
            what_i_think=answers["what_i_think"],
            discussed=answers["discussed"],
            discussed_with=answers["discussed_with"],
            source=answers.get("source") or Source.ORGANISATION,
        )

    @property
    def _kind(self) -> str:
        """Say what the worry is based on by where it was written, for whoever skipped the question."""
        answers = self.cleaned_data
        if answers["what_seen"]:
            return SignalKind.FACTS
        return SignalKind.HEARD if answers["what_heard"] else SignalKind.FEELING

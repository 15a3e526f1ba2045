from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import day, gone_by, line, one_of
from cases.models import Knows, NetworkRelation, Strength, SupportKind
from cases.operations import NewMember
from core.forms import Choices, Form, ManyChoices


class AddToNetwork(Form):
    name = line(_("Name"), 120, required=True)
    relation = one_of(_("Who is this to them?"), NetworkRelation)
    support = forms.MultipleChoiceField(
        label=_("What kind of support?"), choices=SupportKind.choices, widget=ManyChoices
    )
    strength = forms.TypedChoiceField(
        label=_("How strong is it?"), choices=Strength.choices, coerce=int, widget=Choices
    )
    knows_address = one_of(_("Does this person know where they live?"), Knows, row=True)
    task = line(_("What does this person do in the safety plan?"))
    agreed_on = gone_by(_("Agreed with this person on"), required=False)
    reviewed_because = line(
        _("Who judged that this relative is safe, and why?"),
        300,
        help_text=_("Honour plays a part in this family. A relative may tell others, or be put under pressure."),
    )
    starts_on = day(_("Since when?"))

    def __init__(self, *args: Any, needs_review: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_review = needs_review
        if not needs_review:
            del self.fields["reviewed_because"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        is_relative = answers.get("relation") == NetworkRelation.RELATIVE
        if self.needs_review and is_relative and not answers.get("reviewed_because"):
            reason = _("Honour plays a part here. Say who judged that this relative is safe, and why.")
            self.add_error("reviewed_because", ValidationError(reason))
        return answers

    @property
    def member(self) -> NewMember:
        answers = {"reviewed_because": "", **self.cleaned_data}
        return NewMember(**{name: answers[name] for name in NewMember.__dataclass_fields__})

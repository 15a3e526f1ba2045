from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from core.forms import Form, ManyChoices, SensitiveText
from organisations.models import Organisation, Team

_HINTS = {
    Role.WORKER: _("Works with families."),
    Role.TEAM_LEAD: _("Sees over the work of all, and reads no file."),
    Role.SIGNALLER: _("Shares a worry, and sees no file."),
    Role.ORGANISATION_ADMINISTRATOR: _("Sees who works here, and no family."),
    Role.PRIVACY_OFFICER: _("Reads who looked, and no file."),
    Role.COORDINATOR: _("Sees references and numbers of the municipality."),
    Role.DUTY_DESK: _("Takes what fits nobody."),
    Role.FUNCTIONAL_ADMINISTRATOR: _("Keeps the settings."),
    Role.PROJECT_LEADER: _("Sees the figures of the region, and no family."),
    Role.EXPERIENCE_EXPERT: _("Reads the agreements and the texts, and no family."),
}


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


class _TeamChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Team) -> str:
        return obj.name


class _Function(Form):
    """What somebody is here. Which functions there are depends on the organisation and on who gives them."""

    def __init__(self, *args: Any, organisation: Organisation, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_field(
            "roles",
            forms.MultipleChoiceField(
                label=_("Function"), choices=roles, widget=ManyChoices(hints={str(k): v for k, v in _HINTS.items()})
            ),
        )
        self.add_field(
            "team",
            _TeamChoice(
                label=_("Team"),
                required=False,
                queryset=Team.objects.filter(organisation=organisation).order_by("name", "pk"),
                empty_label=_("No team"),
            ),
        )


class Invite(_Function):
    name = forms.CharField(label=_("Name"), max_length=120, widget=SensitiveText(scanned=False))
    email = forms.EmailField(
        label=_("Work e-mail"),
        max_length=254,
        help_text=_("Of this person alone. A shared address is not possible."),
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class _HandsOn(Form):
    """Who takes over the families, and why. Asked only where there are families."""

    def __init__(self, *args: Any, receivers: Any, families: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not families:
            return
        if receivers.exists():
            self.add_field(
                "to",
                _Person(label=_("Who takes over the families?"), queryset=receivers, empty_label=_("Choose")),
            )
        self.add_field("because", forms.CharField(label=_("Why?"), max_length=200, widget=SensitiveText()))


class ChangeFunction(_Function):
    """The families are asked about only when somebody stops working with them; the operation insists."""

    def __init__(self, *args: Any, receivers: Any, families: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.families = families
        if families:
            self.add_field(
                "to",
                _Person(
                    label=_("Who takes over the families?"),
                    required=False,
                    queryset=receivers,
                    empty_label=_("Nobody: she keeps working with them"),
                ),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        stops = Role.WORKER not in cleaned.get("roles", [Role.WORKER])
        if self.families and stops and not cleaned.get("to") and self.fields["to"].queryset.exists():  # type: ignore[attr-defined]
            self.add_error("to", _("Choose who takes over the families."))
        return cleaned


class Leave(_HandsOn):
    pass


class MoveCaseload(_HandsOn):
    pass

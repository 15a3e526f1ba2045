"""The fields that forms of the plan share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Person
from core.forms import Form, SensitiveText
from family_plans.models import DOMAINS, SUB_DOMAINS
from family_plans.rules import Responsible
from organisations.models import CodeItem, Organisation

NO_PLACE = _("Write no address, no place and no name of an organisation. This also goes home on paper.")
NETWORK = "network"
CHOOSE = _("Choose")


class NamedChoice(forms.ModelChoiceField):
    """One of a few rows, by name."""

    default_error_messages = {"required": _("Choose an answer.")}

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class CodeChoice(forms.ModelChoiceField):
    """One choice of a code list, as it is on this day."""

    default_error_messages = {"required": _("Choose an answer.")}

    def __init__(self, slug: str, today: date, **kwargs: Any) -> None:
        super().__init__(CodeItem.objects.of(slug).valid_on(today).in_order(), empty_label=CHOOSE, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.label)[:1].upper() + str(obj.label)[1:]


class DomainChoice(forms.ChoiceField):
    """A domain of life or a part of one, grouped by the six; `parts` narrows to those a partner was given."""

    default_error_messages = {"required": _("Choose an answer.")}

    def __init__(
        self, today: date, *, parts: frozenset[str] | None = None, only_six: bool = False, **kwargs: Any
    ) -> None:
        slugs = [DOMAINS] if only_six else [DOMAINS, SUB_DOMAINS]
        items = list(
            CodeItem.objects.filter(code_list__slug__in=slugs)
            .valid_on(today)
            .select_related("parent")
            .order_by("parent__order", "order", "code")
        )
        self.rows = {str(item.pk): item for item in items if parts is None or (item.parent or item).code in parts}
        super().__init__(choices=[("", CHOOSE), *self._groups(only_six)], label=_("Domain"), **kwargs)

    def _groups(self, only_six: bool) -> list[Any]:
        tops = sorted((item for item in self.rows.values() if item.parent is None), key=lambda top: top.order)
        if only_six:
            return [(str(top.pk), top.label.capitalize()) for top in tops]
        groups = []
        for top in tops:
            under = [one for one in self.rows.values() if one.parent_id == top.pk and one.code != top.code]
            whole = (str(top.pk), _("%(domain)s, as a whole") % {"domain": top.label.capitalize()})
            groups.append((top.label.capitalize(), [whole, *((str(one.pk), one.label.capitalize()) for one in under)]))
        return groups

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, CodeItem) else value

    def clean(self, value: Any) -> CodeItem | None:
        chosen = super().clean(value)
        return self.rows.get(str(chosen))


def for_whom(persons: QuerySet[Person], **kwargs: Any) -> NamedChoice:
    kwargs.setdefault("label", _("For whom"))
    kwargs.setdefault("empty_label", _("For the whole family"))
    return NamedChoice(persons, required=False, **kwargs)


@dataclass(frozen=True)
class Around:
    """Everybody around the family to whom something can fall, the family first: who can, leads."""

    persons: Sequence[Person]
    users: Sequence[User]
    organisations: Sequence[Organisation]

    @property
    def groups(self) -> Sequence[tuple[Any, Iterable[Person | User | Organisation]]]:
        return [
            (_("The family"), self.persons),
            (_("Who works with the family"), self.users),
            (_("Organisations that help"), self.organisations),
        ]

    @property
    def rows(self) -> dict[str, Person | User | Organisation]:
        return {str(row.pk): row for _title, rows in self.groups for row in rows}

    def choices(self, *, network: bool = True) -> list[Any]:
        named = [(title, [(str(row.pk), row.name) for row in rows]) for title, rows in self.groups]
        somebody = [(_("The network"), [(NETWORK, _("Somebody of the network, see below"))])] if network else []
        return [("", CHOOSE), *(group for group in [*named, *somebody] if group[1])]


class WhoForm(Form):
    """A form that says who does something: chosen from those around the family, or somebody of the network in words."""

    who_label = _("Who does this")

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = around.rows
        self.fields["responsible"] = forms.ChoiceField(
            label=self.who_label,
            choices=around.choices(),
            error_messages={"required": _("Say who does this. An action of nobody is done by nobody.")},
        )
        self.fields["network"] = forms.CharField(
            label=_("Who of the network"),
            max_length=120,
            required=False,
            widget=SensitiveText,
            help_text=_("Only when you chose somebody of the network: a first name, or what this person is to them."),
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        chosen, words = answers.get("responsible"), answers.get("network", "").strip()
        if chosen == NETWORK and not words:
            self.add_error("network", _("Say who of the network."))
        if chosen and chosen != NETWORK and words:
            self.add_error("network", _("Leave this empty, or choose somebody of the network above."))
        return answers

    @property
    def responsible(self) -> Responsible:
        chosen = self.cleaned_data["responsible"]
        return self.cleaned_data["network"].strip() if chosen == NETWORK else self._rows[chosen]


class Versioned(Form):
    """A form on something that others may change meanwhile: it carries the version it was filled in on.

    When that is not the newest, it says so, keeps what was typed, and takes the next attempt as knowing it.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, current: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": current} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.current = current

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("version") not in {None, self.current}:
            # The next attempt is on what is shown now.
            data: Any = self.data
            self.data = data = data.copy()
            data[self.add_prefix("version")] = str(self.current)
            for name in self.fields:
                self._compare(name, answers.get(name))
            raise forms.ValidationError(
                _("Somebody changed this while you were typing. What you typed is still here. Compare, and save again.")
            )
        return answers

    def _compare(self, name: str, typed: Any) -> None:
        """Say beside a field what stands there now, when that is something else than what was typed."""
        now = self.initial.get(name)
        if name != "version" and name not in self.errors and (typed or "") != (now or ""):
            words = _in_words(self.fields[name], now) or _("nothing")
            self.add_error(name, _("Now it says: %(words)s") % {"words": words})


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, CodeItem):
        return str(value.label)
    if isinstance(field, forms.ModelChoiceField) and value:
        return field.label_from_instance(value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, ""))
    return str(value or "")

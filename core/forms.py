"""What every form of ours shares: labels, hints and errors are written by templates/django/forms/."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import places

Words = str | Promise

_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)
_WITHIN = 366


class SensitiveText(forms.TextInput):
    """One line about a person: nothing on the machine remembers it, spells it or translates it.

    What is typed is searched for places before it is kept (R18). `scanned=False` is for the few fields that are there
    to hold a place; a test lists them.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, scanned: bool = True) -> None:
        super().__init__(attrs)
        self.scanned = scanned


class SensitiveTextarea(forms.Textarea):
    """More lines about a person. See SensitiveText."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, scanned: bool = True) -> None:
        super().__init__(attrs)
        self.scanned = scanned


_PHONE = RegexValidator(r"^\+?[0-9][0-9 ()-]{2,18}$", _("Write a phone number: digits, spaces and dashes."))


def phone_number(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Return a field for the number of an organisation or of a work phone: it is there to hold one, so not scanned."""
    return forms.CharField(
        label=label,
        max_length=20,
        required=required,
        help_text=help_text,
        validators=[_PHONE],
        widget=SensitiveText(attrs={"inputmode": "tel"}, scanned=False),
    )


@dataclass(frozen=True)
class PlaceWarning:
    """What looks like a place in one field, and the answer with which the writer says that it can stay."""

    name: str
    value: str
    found: tuple[str, ...]
    confirmed: bool


class DateInput(forms.DateInput):
    """A day, with the calendar of the browser itself. Without one, 24-3-1991 is understood."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Day(forms.DateField):
    """A day that somebody can have meant. A slip in the year would remind of it now and for ever, or never."""

    widget = DateInput

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not _FIRST <= value < _LAST:
            raise forms.ValidationError(_("Look at the year once more."))


class DayGoneBy(Day):
    """The day on which something was done: today or before. What is still to come was not done."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))


class DayToCome(Day):
    """The day before the end of which somebody acts: today or later, and within a year, or nobody is held to it."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = timezone.localdate()
        if value is not None and value < today:
            raise forms.ValidationError(_("This day has passed."))
        if value is not None and value > today + timedelta(days=_WITHIN):
            raise forms.ValidationError(_("Choose a day within a year."))


class Consequences(forms.widgets.ChoiceWidget):
    """Choices that say what they lead to (`then`), what they mean (`hints`), or that this is a moment to call 112.

    Keys are the values of the choices. `row` puts short answers beside each other.
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        then: Mapping[str, Words] | None = None,
        hints: Mapping[str, Words] | None = None,
        reveal: Iterable[str] = (),
        row: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.then, self.hints, self.reveal, self.row = dict(then or {}), dict(hints or {}), set(reveal), row

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["row"] = self.row
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        key = str(value)
        option |= {"then": self.then.get(key, ""), "hint": self.hints.get(key, "")}
        if key in self.reveal:
            option["attrs"]["data-reveal"] = True
        if option["then"] and option["attrs"].get("id"):
            option["then_id"] = f"{option['attrs']['id']}_then"
            option["attrs"]["aria-describedby"] = option["then_id"]
        return option


class Choices(Consequences, forms.RadioSelect):
    """One answer out of a few. No answer is chosen beforehand."""


class ManyChoices(Consequences, forms.CheckboxSelectMultiple):
    """Any number of answers out of a few."""


class Form(forms.Form):
    """The form to build on. It checks shape only: who may, and whether it can, is for the operation."""

    # The browser's own messages differ per browser and vanish; ours stay beside the field.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def add_field(self, name: str, field: forms.Field) -> None:
        """Add a field that depends on what the form is about."""
        self.fields[name] = field

    def full_clean(self) -> None:
        """Check the answers, and ask about places in what was typed until the writer says that they can stay."""
        # Here and not only at the start: a form adds the fields that depend on what it is about.
        for field in self.fields.values():
            _say_what_is_missing(field)
            _say_what_is_gone(field)
        super().full_clean()
        for name, field in self.fields.items():
            field.place_warning = self._places_in(name, field)  # type: ignore[attr-defined]
            if field.place_warning and not field.place_warning.confirmed:  # type: ignore[attr-defined]
                found = ", ".join(f"“{text}”" for text in field.place_warning.found)  # type: ignore[attr-defined]
                self.add_error(name, _("This looks like a place: %(found)s. Leave it out?") % {"found": found})

    def add_error(self, field: str | None, error: Any) -> None:
        """Add what is wrong. A key of a row that is not even a key is a choice that is gone, like any other."""
        chosen = field is not None and isinstance(self.fields.get(field), forms.ModelChoiceField)
        if chosen and isinstance(error, ValidationError) and getattr(error, "code", "") == "invalid":
            error = _GONE
        super().add_error(field, error)

    def place_warnings(self) -> list[PlaceWarning]:
        """Return what was found and may stay, for a page that sends the answers on without showing the fields."""
        warnings = [getattr(field, "place_warning", None) for field in self.fields.values()]
        return [warning for warning in warnings if warning and warning.confirmed]

    def _places_in(self, name: str, field: forms.Field) -> PlaceWarning | None:
        typed = getattr(self, "cleaned_data", {}).get(name)
        if not typed or not isinstance(typed, str) or not getattr(field.widget, "scanned", False):
            return None
        found = tuple(dict.fromkeys(one.text for one in places.find(typed)))
        if not found:
            return None
        # The answer holds for what was found now: another place asks again.
        value = sha256("|".join(found).encode()).hexdigest()[:16]
        key = f"{self.add_prefix(name)}-place"
        return PlaceWarning(key, value, found, confirmed=self.data.get(key) == value)


def _say_what_is_missing(field: forms.Field) -> None:
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("Tick this to go on.")
        return
    chooses = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    field.error_messages["required"] = _("Choose an answer.") if chooses else _("Fill this in.")


# What Django says of a choice that is not among those offered, in words that show what was sent.
_NOT_AMONG_THEM = ("invalid_choice", "invalid_pk_value", "invalid_list", "list")
_GONE = _("What you chose is no longer there. Choose again.")


def _say_what_is_gone(field: forms.Field) -> None:
    """Speak of a choice that went in an old tab or was ended meanwhile, without the key that stands for it."""
    if not isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return
    for kind in type(field).__mro__:
        for code, words in getattr(kind, "default_error_messages", {}).items():
            if code in _NOT_AMONG_THEM and field.error_messages[code] == words:
                field.error_messages[code] = _GONE

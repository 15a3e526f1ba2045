"""What can be typed in a setting. It is about nobody, so nothing is searched for places."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Law
from core.forms import Day, Form, SensitiveText, SensitiveTextarea, phone_number
from organisations.kinds import DefaultKind
from organisations.models import EVERYWHERE, MOST, CodeItem, OrganisationKind, Subject
from organisations.models.passage import MOST as MOST_OF_A_PASSAGE
from organisations.models.passage import WITHOUT_PLACE
from organisations.passages import names_a_place
from signals.models.veilig_thuis import TermUnit

_PLAIN = RegexValidator(r"^[^=+\-@\t\r\n<>]", _("Begin with a letter or a digit."))


def plain_text(label: Any, most: int, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        validators=[_PLAIN],
        widget=SensitiveText(scanned=False),
    )


def _number(label: Any, most: int, *, least: int = 1, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


class Norm(Form):
    subject = forms.ChoiceField(label=_("What is it about?"), choices=[("", _("Choose")), *Subject.choices])
    kind = forms.ChoiceField(label=_("Which kind of help?"), required=False)
    days = _number(_("How many?"), 730)
    source = plain_text(_("Where does it come from?"), 200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(item.code, item.label) for item in CodeItem.objects.of("help_kinds").in_order()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField

        # The norm that is there, and for which place; the setting says which.
        self.row: Any = None
        self.place: Any = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        subject, days = self.row.subject if self.row else cleaned.get("subject", ""), cleaned.get("days")
        if subject in MOST and days and days > MOST[Subject(subject)]:
            self.add_error(
                "days", _("At most %(most)s: more than that is not safe.") % {"most": MOST[Subject(subject)]}
            )
        if subject in EVERYWHERE and self.place is not None and (self.place.municipality or self.place.region):
            self.add_error(
                "subject" if "subject" in self.fields else "days",
                _("This holds everywhere. It is set in one place for all."),
            )
        return cleaned


class Rung(Form):
    rung = _number(_("Which step?"), 9)
    function_nl = plain_text(_("Function in Dutch"), 100, help_text=_("A function, never a name."))
    function_en = plain_text(_("Function in English"), 100, required=False)
    answer_within = _number(_("Working days to answer"), 60)


class ContactPoint(Form):
    function_name = plain_text(_("Function"), 100, help_text=_("A function, never a name."))
    central_phone = phone_number(_("Central phone number"))
    duty_desk_hours = plain_text(_("Hours of the duty desk"), 200, required=False)


class _Numbers(forms.CharField):
    """Whole numbers with commas between them, each once, in order."""

    widget = SensitiveText

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        kwargs["widget"] = SensitiveText(scanned=False)
        super().__init__(max_length=400, required=False, **kwargs)
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        typed = super().clean(value).replace(";", ",")
        parts = [part.strip() for part in typed.split(",") if part.strip()]
        if any(not re.fullmatch(r"[0-9]{1,4}", part) or not 1 <= int(part) <= self.most for part in parts):
            raise forms.ValidationError(
                _("Write numbers from 1 to %(most)s, with commas between them.") % {"most": self.most}
            )
        return sorted({int(part) for part in parts})


class Rhythm(Form):
    days = _Numbers(label=_("After how many days?"), most=365, help_text=_("With commas between them: 7, 14, 30"))
    weeks = _Numbers(label=_("After how many weeks?"), most=52, help_text=_("With commas between them: 1, 2, 4"))
    months = _Numbers(label=_("After how many months?"), most=12, help_text=_("With commas between them: 2, 3, 4"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("days", "weeks", "months")):
            self.add_error("weeks", _("A family is contacted at least once: nobody is left alone for a year."))
        return cleaned


class Term(Form):
    label_nl = plain_text(_("Dutch"), 200)
    label_en = plain_text(_("English"), 200)
    amount = _number(_("How many?"), 104)
    unit = forms.ChoiceField(label=_("Of what?"), choices=TermUnit.choices)
    legal_source = plain_text(_("Which article?"), 200)


class Retention(Form):
    # Shorter than any law here asks, or longer than anybody can answer for, is a slip of the finger.
    years = _number(_("Years"), 40, least=10)
    article = plain_text(_("Which article?"), 60)


def _passage() -> SensitiveTextarea:
    return SensitiveTextarea(attrs={"rows": 4}, scanned=False)


class Words(Form):
    """The words of one passage. They go on paper, to whoever holds it: so no number, no address, no name of a place."""

    text_nl = forms.CharField(label=_("Dutch"), required=False, max_length=MOST_OF_A_PASSAGE, widget=_passage())
    text_en = forms.CharField(label=_("English"), required=False, max_length=MOST_OF_A_PASSAGE, widget=_passage())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text_nl"].help_text = _(
            "Never a place, a name or a number: somebody who may not know it can find the paper. Leave empty for the"
            " words that came with the application."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("text_nl", "text_en"):
            text = " ".join(cleaned.get(name, "").split())
            if not re.match(WITHOUT_PLACE, text) or any(sign.isnumeric() and not sign.isascii() for sign in text):
                self.add_error(name, _("Only words, and no number but 112 and 0800-2000."))
            elif found := names_a_place(text):
                self.add_error(name, _("%(name)s says where or who somebody is. Leave it out.") % {"name": found})
            elif text:
                cleaned[name] = text
        if cleaned.get("text_en") and not cleaned.get("text_nl") and "text_nl" not in self.errors:
            self.add_error("text_nl", _("Write it in Dutch too: most people read it in Dutch."))
        return cleaned


class Choice(Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=50,
        help_text=_("Small letters and underscores. It stays for good."),
        widget=SensitiveText(scanned=False),
    )
    label_nl = plain_text(_("Dutch"), 200)
    label_en = plain_text(_("English"), 200, required=False)
    order = _number(_("Which place in the list?"), 999, least=0)
    valid_until = Day(label=_("First day on which it is no longer offered"), required=False)

    # The choice that is there, and the codes that are; the setting says which.
    row: Any = None
    taken: frozenset[str] = frozenset()

    def clean_valid_until(self) -> date | None:
        until: date | None = self.cleaned_data["valid_until"]
        since = self.row.valid_from if self.row else timezone.localdate()
        if until is not None and until <= since:
            raise forms.ValidationError(_("It cannot end before it began."))
        return until

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code):
            raise forms.ValidationError(_("Small letters, with underscores between words."))
        return self._free(code)

    def _free(self, code: str) -> str:
        if code in self.taken:
            raise forms.ValidationError(_("This code is there already, maybe of a choice that ended."))
        return code


class LegalBasis(Choice):
    """An article that a share can stand on. Its code begins with the law: that decides who must consent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The law, a dash and the article, such as wmo-5.1.1. It stays for good.")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        law, _dash, article = code.partition("-")
        if law not in Law.values or not re.fullmatch(r"[0-9]+(\.[0-9]+)*", article):
            raise forms.ValidationError(
                _("Begin with one of these and a dash, and end with the article: %(laws)s."),
                params={"laws": ", ".join(Law.values)},
            )
        return self._free(code)


class _Kind(forms.ModelChoiceField):
    def label_from_instance(self, obj: OrganisationKind) -> str:
        return obj.label


class Organisation(Form):
    name = plain_text(_("Name"), 150)
    kind = _Kind(label=_("Kind"), queryset=OrganisationKind.objects.order_by("slug"), empty_label=_("Choose"))
    central_phone = phone_number(_("Central phone number"), required=False)
    aftercare_months = _number(_("Months of aftercare, of a shelter"), 60, least=0, required=False)
    is_active = forms.BooleanField(label=_("Works here"), required=False, initial=True)

    def clean_kind(self) -> OrganisationKind:
        kind: OrganisationKind = self.cleaned_data["kind"]
        if kind.slug == DefaultKind.MUNICIPALITY:
            raise forms.ValidationError(_("A municipality is not added here."))
        return kind


class ReferralIndex(Form):
    referral_index_ends_on = Day(
        label=_("First day on which it no longer does"), required=False, help_text=_("Leave empty while it does.")
    )


class From(Form):
    """The day from which a change holds: today or later, never a day that has passed."""

    valid_from = Day(label=_("From which day?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise forms.ValidationError(_("What has passed is not changed any more. Choose today or later."))
        if day.year > self.today.year + 5:
            raise forms.ValidationError(_("Choose a day within five years."))
        return day

import re
from urllib.parse import quote

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template import engines
from django.urls import get_resolver

from core.forms import (
    Choices,
    DateInput,
    Day,
    DayGoneBy,
    DayToCome,
    Form,
    ManyChoices,
    SensitiveText,
    SensitiveTextarea,
)
from organisations.models import Municipality
from tests.factories import NOW


class Signal(Form):
    danger = forms.ChoiceField(
        label="Is er nu gevaar?", choices=[("yes", "Ja"), ("no", "Nee")], widget=Choices(row=True, reveal=["yes"])
    )
    help = forms.ChoiceField(
        label="Loopt de hulp?",
        help_text="Per hulp.",
        choices=[("yes", "Ja"), ("no", "Nee")],
        widget=Choices(then={"no": "Er komt een stagnatie."}, hints={"yes": "Elke maand"}),
    )
    share = forms.MultipleChoiceField(label="Met wie?", choices=[("1", "School")], widget=ManyChoices, required=False)
    what = forms.CharField(label="Wat zag je?", help_text="In je eigen woorden.", widget=SensitiveTextarea)
    who = forms.CharField(label="Voornaam", widget=SensitiveText, required=False)
    day = forms.DateField(label="Eerste dag", widget=DateInput)
    agreed = forms.BooleanField(label="Dit is besproken", help_text="Met haar.")

    def clean(self):
        if self.data.get("who") == "laat":
            self.add_error(None, "Deze dag ligt te laat.")


@pytest.fixture
def empty():
    return Signal()


@pytest.fixture
def wrong():
    return Signal({"who": "laat", "what": ""})


def tag(html, beginning):
    return re.search(rf"<{beginning}[^>]*>", html)[0]


def summary(*given):
    return engines["django"].from_string("{% errors one two %}").render(dict(zip(("one", "two"), given, strict=False)))


@pytest.mark.row("L9")
def test_a_field_has_a_label_and_a_hint_that_belong_to_it(empty):
    shown = empty["what"].as_field_group()
    assert '<label class="vp-field__label" for="id_what">' in shown
    assert 'id="id_what_helptext">In je eigen woorden.' in shown
    assert 'aria-describedby="id_what_helptext"' in tag(shown, "textarea")
    assert "aria-invalid" not in shown


@pytest.mark.row("L9")
def test_a_wrong_field_says_so_in_words_next_to_itself(wrong):
    shown = wrong["what"].as_field_group()
    assert "vp-field--error" in shown
    assert 'id="id_what_error"' in shown
    assert 'aria-describedby="id_what_helptext id_what_error"' in tag(shown, "textarea")
    assert 'aria-invalid="true"' in tag(shown, "textarea")


@pytest.mark.row("L9")
def test_a_wrong_choice_says_so_for_the_group(wrong):
    assert 'aria-describedby="id_help_helptext id_help_error"' in tag(wrong["help"].as_field_group(), "fieldset")


@pytest.mark.row("L9")
def test_every_link_of_the_summary_leads_to_something_that_takes_focus(wrong):
    page = str(wrong)
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) == 5
    for target in targets:
        assert re.search(rf'<(input|textarea|select)\b[^>]*\bid="{target}"', page), target


def test_the_summary_counts_what_is_wrong_and_lists_what_belongs_to_no_field(wrong):
    shown = summary(wrong)
    assert "6" in shown
    assert "Deze dag ligt te laat." in shown
    assert 'role="alert"' in shown
    assert 'tabindex="-1"' in shown


def test_nothing_wrong_shows_no_summary(empty):
    assert summary(empty).strip() == ""
    assert summary(None).strip() == ""


def test_one_summary_serves_two_forms(wrong):
    assert summary(wrong, wrong).count("Deze dag ligt te laat.") == 2


def test_what_is_not_needed_is_said_and_what_is_needed_is_not_left_to_the_browser(empty):
    assert "vp-optional" in empty["who"].as_field_group()
    assert "vp-optional" not in empty["what"].as_field_group()
    assert "required" not in str(empty)


@pytest.mark.row("R32", "R33")
def test_no_machine_remembers_spells_or_translates_what_is_typed(empty):
    page = str(empty)
    for found in re.findall(r"<(?:input|textarea|select)\b[^>]*>", page):
        assert 'autocomplete="off"' in found, found
    for beginning in ('input class="vp-input"', "textarea"):
        assert 'spellcheck="false" translate="no"' in tag(page, beginning)


@pytest.mark.row("R32")
def test_a_password_may_still_be_filled_in_by_what_keeps_passwords():
    class Door(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    shown = str(Door())
    assert 'autocomplete="current-password"' in shown
    assert 'autocomplete="off"' not in shown


def test_no_answer_is_chosen_beforehand(empty):
    assert "checked" not in str(empty)


def test_a_choice_says_what_it_leads_to(empty):
    shown = empty["help"].as_field_group()
    assert 'aria-describedby="id_help_1_then"' in tag(shown, 'input type="radio" name="help" value="no"')
    assert 'id="id_help_1_then"' in shown
    assert "Er komt een stagnatie." in shown
    assert '<span class="vp-choice__help">Elke maand</span>' in shown


def test_a_choice_can_call_up_112(empty):
    shown = empty["danger"].as_field_group()
    assert "data-reveal" in tag(shown, 'input type="radio" name="danger" value="yes"')
    assert "data-reveal" not in tag(shown, 'input type="radio" name="danger" value="no"')
    assert "vp-choices--row" in shown


def test_answers_that_were_given_are_shown_again():
    form = Signal({"danger": "no", "share": ["1"], "what": "Hij <huilde>", "day": "2026-11-24", "agreed": "on"})
    shown = str(form)
    assert "checked" in tag(shown, 'input type="radio" name="danger" value="no"')
    assert "checked" not in tag(shown, 'input type="radio" name="danger" value="yes"')
    assert "checked" in tag(shown, 'input type="checkbox" name="share"')
    assert "checked" in tag(shown, 'input type="checkbox" name="agreed"')
    assert "Hij &lt;huilde&gt;" in shown
    assert 'value="2026-11-24"' in shown


@pytest.mark.parametrize("typed", ["24-3-1991", "1991-03-24"])
def test_a_day_is_understood_as_the_browser_sends_it_and_as_people_write_it(typed):
    form = Signal({"day": typed})
    assert "day" not in form.errors


GONE = "Wat je koos is er niet meer. Kies opnieuw."


class _Chosen(Form):
    one = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    typed = forms.TypedChoiceField(choices=[(1, "A")], coerce=int)
    typed_many = forms.TypedMultipleChoiceField(choices=[(1, "A")], coerce=int)
    row = forms.ModelChoiceField(Municipality.objects.none())
    rows = forms.ModelMultipleChoiceField(Municipality.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["later"] = forms.ChoiceField(choices=[("a", "A")])


@pytest.mark.parametrize("sent", ["qk77zx", "9f0c2f6e-0d0a-4c53-9d0e-6d1f0a9a7b11", "7"])
def test_a_choice_that_is_gone_is_said_in_words_and_not_by_its_key(db, sent):
    names = list(_Chosen().fields)
    form = _Chosen(QueryDict("&".join(f"{name}={quote(sent)}" for name in names)))

    assert {name: list(faults) for name, faults in form.errors.items()} == {name: [GONE] for name in names}


def test_a_required_choice_that_was_added_later_asks_for_an_answer_like_the_others(db):
    assert {tuple(faults) for faults in _Chosen({}).errors.values()} == {("Kies een antwoord.",)}


def test_every_form_of_the_product_is_built_on_this_one():
    assert get_resolver().url_patterns  # every view is there, and with it every form
    ours = {room.name.split(".")[0] for room in apps.get_app_configs() if "site-packages" not in room.path}
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {one for one in below if one.__module__.split(".")[0] in ours and one is not Form}
    assert len(found) > 150
    assert not [one for one in found if not issubclass(one, Form)]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (Day(), "0206-03-02", "Kijk het jaar nog eens na."),
        (DayGoneBy(), "0206-03-02", "Kijk het jaar nog eens na."),
        (DayGoneBy(), "2026-03-03", "Deze dag moet nog komen."),
        (DayToCome(), "2026-03-01", "Deze dag is voorbij."),
        (DayToCome(), "2062-03-02", "Kies een dag binnen een jaar."),
        (DayToCome(), "9999-12-31", "Kijk het jaar nog eens na."),
    ],
)
def test_a_slip_in_a_day_is_said_and_the_day_beside_it_is_right(field, typed, said):
    """A reminder at the end of 9999 is none: what somebody would act by then, nobody asks about any more."""
    with time_machine.travel(NOW, tick=False):
        assert field.clean("2026-03-02") == NOW.date()
        with pytest.raises(ValidationError) as wrong:
            field.clean(typed)
    assert wrong.value.messages == [said]

"""Every field in which somebody types is searched for places: a form that is not fails the build (R18)."""

from importlib import import_module
from pathlib import Path

import pytest
from django import forms

from core.forms import Form, SensitiveText, SensitiveTextarea

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for room in ROOT.glob("*/apps.py")
    for path in [*room.parent.glob("forms.py"), *room.parent.glob("forms/*.py")]
    if path.name != "__init__.py"
)
# Fields that are there to hold a place, or that hold no word about a person. Each has its reason.
NOT_SCANNED: dict[str, str] = {
    "cases.forms.merge.MergeInto.reference": "a reference, and kept nowhere",
    "cases.forms.protected.EnterPlace.value": "class A: a table of its own holds it",
    "cases.forms.search.FindFamily.name": "searched for, and kept nowhere",
    "cases.forms.search.FindFamily.phone": "searched for, and kept nowhere",
    "cases.forms.search.FindFamily.reference": "searched for, and kept nowhere",
    # A place in a worry may be where a child is in danger, and a question in between is a worry that is not sent.
    **{
        f"signals.forms.reporting.Report.{name}": "a signal goes out, whatever stands in it"
        for name in ("child_name", "also_about", "what_seen", "what_heard", "what_i_think", "discussed_with")
    },
    # Here a place is refused outright: there is no "it can stay".
    "signals.forms.veilig_thuis.AskAdvice.question": "the form itself refuses whatever identifies somebody",
    "signals.forms.veilig_thuis.AskExpertise.question": "the form itself refuses whatever identifies somebody",
    "administration.forms.settings.Words.text_nl": "the form itself refuses whatever names a place",
    "administration.forms.settings.Words.text_en": "the form itself refuses whatever names a place",
    "administration.forms.members.Invite.name": "the name of a colleague, and never of a family",
    **{
        f"administration.forms.settings.{name}": "a setting of a municipality, about nobody"
        for name in (
            "Norm.source",
            "Rung.function_nl",
            "Rung.function_en",
            "ContactPoint.function_name",
            "ContactPoint.central_phone",
            "ContactPoint.duty_desk_hours",
            "Term.label_nl",
            "Term.label_en",
            "Term.legal_source",
            "Choice.code",
            "Retention.article",
            "LegalBasis.code",
            "LegalBasis.label_nl",
            "LegalBasis.label_en",
            "Choice.label_nl",
            "Choice.label_en",
            "Organisation.name",
            "Organisation.central_phone",
        )
    },
    "municipalities.forms.expertise.RecordContactPerson.direct_phone": "the work number of a professional",
    "municipalities.forms.pilots.RecordPilot.title": "the name of a pilot, about nobody",
    **{
        f"municipalities.forms.pilots.SayIndicator.{name}": "what a pilot is judged by, about nobody"
        for name in ("text", "baseline", "target")
    },
    **{
        f"municipalities.forms.supporters.{form}.attention_area": "what a supporter knows about, and of no family"
        for form in ("AppointSupporter", "ChangeSupporter")
    },
    **{
        f"municipalities.forms.collaboration.{form}.{name}": "about organisations, and about no family"
        for form, names in {
            "_Terms": ("title", "kept_at", "whole_plans", "regie", "sharing"),
            "RecordAgreement": ("title", "kept_at", "whole_plans", "regie", "sharing"),
            "ChangeAgreement": ("title", "kept_at", "whole_plans", "regie", "sharing"),
            "DescribeTask": ("task",),
            "EvaluateCollaboration": ("participants", "findings", "what"),
            "EvaluateCase": ("reference",),
        }.items()
        for name in names
    },
    **{
        f"signals.forms.knowledge.WriteKnowledge.{name}": "a page for partners, about nobody"
        for name in ("title", "signs", "what_to_do", "what_to_say", "sources")
    },
}
# One line that holds no story: a code, a search word. Each has its reason.
NO_STORY: dict[str, str] = {
    "cases.forms.children.RecordProtectionMeasure.worker_phone": "the number of a professional",
    "cases.forms.contact.ConfirmSafeContact.phone": "the number at which somebody may be called",
    "signals.forms.reporting.Report.callback_phone": "the number at which the reporter asks to be called",
    **{
        f"administration.forms.readmission.{form}.code": "the code of the second factor"
        for form in ("_CalledBack", "HelpColleague", "HelpFromDesk")
    },
    "cases.forms.exceptions.BreakGlass.code": "the code of the second factor",
    "cases.forms.protected.GrantPlace.code": "the code of the second factor",
    "cases.forms.protected.Reveal.code": "the code of the second factor",
    "oversight.forms.misuse.Approve.code": "the code of the second factor",
    "oversight.forms.misuse.ReadOn.code": "the code of the second factor",
    "oversight.forms.misuse.TakeInspection.code": "the code of the second factor",
    "oversight.forms.misuse.TakeProof.code": "the code of the second factor",
    "signals.forms.address.AnswerAddressRequest.code": "the code of the second factor",
}


def forms_of(module):
    found = vars(import_module(module)).values()
    return [
        one for one in found if isinstance(one, type) and issubclass(one, forms.BaseForm) and one.__module__ == module
    ]


FORMS = [form for module in MODULES for form in forms_of(module)]


def name_of(form):
    return f"{form.__module__}.{form.__name__}"


def text_fields(form):
    for name, field in form.base_fields.items():
        if type(field) is forms.CharField and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput):
            yield f"{name_of(form)}.{name}", field


def test_there_are_forms():
    assert len(FORMS) > 30


@pytest.mark.row("R18")
@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_every_form_is_built_on_the_one_that_searches(form):
    texts = dict(text_fields(form))
    assert not texts or issubclass(form, Form)
    for name, field in texts.items():
        if name not in NO_STORY:
            assert isinstance(field.widget, SensitiveText | SensitiveTextarea), name
            assert field.widget.scanned != (name in NOT_SCANNED), name


@pytest.mark.row("R18")
def test_no_form_takes_the_search_out():
    for form in FORMS:
        own = [one for one in form.__mro__ if one.__module__ != "core.forms" and "_places_in" in vars(one)]
        assert not own, name_of(form)


def test_the_exceptions_still_exist():
    names = {name for form in FORMS for name, _ in text_fields(form)}
    assert not (set(NOT_SCANNED) | set(NO_STORY)) - names

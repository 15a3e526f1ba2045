"""What the database itself holds to in a file: each constraint, with a row that goes against it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F

from cases import models
from cases.models import Person, Place, Trajectory
from organisations.models import CodeItem, CodeList
from tests import factories

NOW = factories.NOW
TODAY = NOW.date()
BEFORE = date(2020, 1, 1)
EARLIER = NOW - timedelta(days=9999)
WORDS = "Twee woorden"
TOO_EARLY = {"ends_on": BEFORE}

# Of each check: which row, and what it is changed into.
WRONG = {
    "trajectory_kind_is_a_word": ("Trajectory", {}, {"kind": WORDS}),
    "trajectory_ends_after_it_starts": ("Trajectory", {}, TOO_EARLY),
    "trajectory_departs_after_it_starts": ("Trajectory", {}, {"departs_on": BEFORE, "destination": "unknown"}),
    "trajectory_departs_to_a_destination": ("Trajectory", {}, {"departs_on": TODAY}),
    "trajectory_municipality_only_with_that_destination": (
        "Trajectory",
        {},
        {"departs_on": TODAY, "destination": "unknown", "municipality": None},
    ),
    "trajectory_involvement_ends_after_departure": (
        "Trajectory",
        {},
        {"departs_on": TODAY, "destination": "unknown", "involvement_ends_on": BEFORE},
    ),
    "admission_is_complete_when_frozen": ("Admission", {}, {"frozen_at": NOW}),
    "admission_outside_for_a_known_reason": ("Admission", {}, {"outside_because": "x"}),
    "readytoleave_waits_for_known": ("ReadyToLeave", {}, {"waits_for": "x"}),
    "readytoleave_ends_after_it_starts": ("ReadyToLeave", {}, TOO_EARLY),
    "person_place_known": ("Person", {"place": "ex_partner"}, {"place": "x"}),
    "person_reading_known": ("Person", {"place": "ex_partner"}, {"reading": "x"}),
    "person_estimates_a_date": ("Person", {"place": "ex_partner"}, {"born_on_is_estimated": True}),
    "person_is_not_its_own_double": ("Person", {"place": "ex_partner"}, {"same_as": F("id")}),
    "namevariant_says_something": ("NameVariant", {}, {"name": ""}),
    "parentalauthority_source_known": ("ParentalAuthority", {}, {"source": "x"}),
    "parentalauthority_not_over_oneself": ("ParentalAuthority", {}, {"holder": F("child")}),
    "parentalauthority_ends_after_it_starts": ("ParentalAuthority", {}, TOO_EARLY),
    "stay_place_known": ("Stay", {}, {"place": "x"}),
    "stay_ends_after_it_starts": ("Stay", {}, TOO_EARLY),
    "childcontact_kind_known": ("ChildContact", {}, {"kind": "x"}),
    "childcontact_is_somebody": ("ChildContact", {}, {"name": ""}),
    "childcontact_ends_after_it_starts": ("ChildContact", {}, TOO_EARLY),
    "childcontact_own_worker_leaves_for_a_reason": ("ChildContact", {}, {"kind": "own_worker", "ends_on": TODAY}),
    "childvoice_says_something": ("ChildVoice", {}, {"words": ""}),
    "referralindexstatus_answer_known": ("ReferralIndexStatus", {}, {"answer": "x"}),
    "referralindexstatus_registration_expires": ("ReferralIndexStatus", {}, {"expires_on": None}),
    "childprotectionmeasure_kind_known": ("ChildProtectionMeasure", {}, {"kind": "x"}),
    "childprotectionmeasure_ends_after_it_starts": ("ChildProtectionMeasure", {}, TOO_EARLY),
    "safecontact_may_call": ("SafeContact", {}, {"may_call": "x"}),
    "safecontact_may_text": ("SafeContact", {}, {"may_text": "x"}),
    "safecontact_may_mail": ("SafeContact", {}, {"may_mail": "x"}),
    "safecontact_may_announce": ("SafeContact", {}, {"may_announce": "x"}),
    "protectivemeasure_kind_known": ("ProtectiveMeasure", {}, {"kind": "x"}),
    "protectivemeasure_ends_after_it_starts": ("ProtectiveMeasure", {}, TOO_EARLY),
    "protectivemeasure_exclusion_order_lasts_28_days_at_most": (
        "ProtectiveMeasure",
        {},
        {"kind": "exclusion_order", "ends_on": TODAY + timedelta(days=29)},
    ),
    "merge_is_of_two_families": ("Merge", {}, {"merged": F("family")}),
    "merge_for_a_reason": ("Merge", {}, {"reason": ""}),
    "relationship_kind_known": ("Relationship", {}, {"kind": "x"}),
    "relationship_is_between_two": ("Relationship", {}, {"other": F("person")}),
    "relationship_ends_after_it_starts": ("Relationship", {}, TOO_EARLY),
    "perpetrator_knows_address_known": ("Perpetrator", {}, {"knows_address": "x"}),
    "parentinvolvement_answer_known": ("ParentInvolvement", {}, {"involved": "x"}),
    "parentinvolvement_only_by_a_dated_safety_decision": ("ParentInvolvement", {}, {"involved": "yes"}),
    "contactarrangement_is_between_two": ("ContactArrangement", {}, {"child": F("parent")}),
    "contactarrangement_says_something": ("ContactArrangement", {}, {"what": ""}),
    "contactarrangement_ends_after_it_starts": ("ContactArrangement", {}, TOO_EARLY),
    "helpconsent_answer_known": ("HelpConsent", {}, {"answer": "x", "answered_on": TODAY}),
    "helpconsent_is_about_something": ("HelpConsent", {}, {"help": ""}),
    "helpconsent_answered_on_a_day": ("HelpConsent", {}, {"answer": "given", "answered_on": BEFORE}),
    "networkmember_relation_known": ("NetworkMember", {}, {"relation": "x"}),
    "networkmember_strength_known": ("NetworkMember", {}, {"strength": 9}),
    "networkmember_knows_known": ("NetworkMember", {}, {"knows_address": "x"}),
    "networkmember_ends_after_it_starts": ("NetworkMember", {}, TOO_EARLY),
    "protectedplace_kind_known": ("ProtectedPlace", {}, {"kind": "x"}),
    "protectedgrant_ends_after_it_starts": ("ProtectedGrant", {}, {"ends_at": F("starts_at")}),
    "protectedgrant_for_a_reason": ("ProtectedGrant", {}, {"reason": ""}),
    "protectedreveal_for_a_reason": ("ProtectedReveal", {}, {"reason": ""}),
    "regisseurperiod_kind_known": ("RegisseurPeriod", {}, {"kind": "x"}),
    "regisseurperiod_ends_after_it_starts": ("RegisseurPeriod", {}, {"ends_at": EARLIER}),
    "ground_kind_known": ("Ground", {}, {"kind": "x"}),
    "ground_task_names_its_law_and_article": ("Ground", {}, {"article": ""}),
    "ground_conflict_is_weighed_by_two": ("Ground", {}, {"kind": "conflict_of_duties"}),
    "ground_discussed_or_reasoned": ("Ground", {}, {"discussed_on": None}),
    "ground_exception_takes_two": ("Ground", {}, {"not_discussed_because": models.NotDiscussed.values[0]}),
    "ground_exception_known": ("Ground", {}, {"not_discussed_because": "x", "second_professional": F("recorded_by")}),
    "ground_gap_only_in_consent": (
        "Ground",
        {},
        {"consent_gap": models.ConsentGap.values[0], "second_professional": F("recorded_by")},
    ),
    "ground_confirmed_by_somebody": ("Ground", {}, {"confirmed_at": NOW}),
    "consent_how_known": ("Consent", {}, {"how": "x"}),
    "consent_ends_after_it_is_given": ("Consent", {}, {"ends_on": F("given_on")}),
    "consent_withdrawn_for_a_reason": ("Consent", {}, {"withdrawn_at": NOW}),
    "share_level_known": ("Share", {}, {"level": 9}),
    "share_task_known": ("Share", {}, {"task": "x"}),
    "share_ends_after_it_starts": ("Share", {}, {"ends_at": F("starts_at")}),
    "share_withdrawn_for_a_reason": ("Share", {}, {"withdrawn_at": NOW}),
    "notshared_because_is_a_word": ("NotShared", {}, {"because": WORDS}),
    "issuedpaper_paper_is_a_word": ("IssuedPaper", {}, {"paper": WORDS}),
}
# Of each that there may be only one of: which row a second one is like.
TWICE = {
    "trajectory_one_open_per_family": ("Trajectory", {}),
    "casecontext_once_at_a_time": ("CaseContext", {}),
    "readytoleave_one_open_per_trajectory": ("ReadyToLeave", {}),
    "person_one_client_per_family": ("Person", {"place": "client"}),
    "namevariant_once_per_person": ("NameVariant", {}),
    "parentalauthority_one_open_per_holder": ("ParentalAuthority", {}),
    "stay_one_open_per_person": ("Stay", {}),
    "childcontact_one_open_per_kind": ("ChildContact", {}),
    "referralindexstatus_one_open_per_child": ("ReferralIndexStatus", {}),
    "safecontact_one_open_per_person": ("SafeContact", {}),
    "measurescope_once_per_person": ("MeasureScope", {}),
    "merge_one_open_per_merged_family": ("Merge", {}),
    "relationship_once_at_a_time": ("Relationship", {}),
    "parentinvolvement_one_open_per_parent": ("ParentInvolvement", {}),
    "helpconsent_asked_once": ("HelpConsent", {}),
    "protectedplace_one_of_a_kind_per_person": ("ProtectedPlace", {}),
    "protectedgrant_one_open_per_person": ("ProtectedGrant", {}),
    "regisseurperiod_one_open_per_family": ("RegisseurPeriod", {}),
    "consent_once_per_giver_and_person": ("Consent", {}),
    "share_one_open_per_organisation": ("Share", {"opened_at__isnull": False}),
    "share_one_waiting_per_organisation": ("Share", {"opened_at": None}),
}


@pytest.fixture
def everything(world, father):
    family, by, daan, since = world.family, world.worker, world.daan, {"starts_on": TODAY}
    client = Person.objects.get(family=family, place=Place.CLIENT)
    by_hand, at_once = {"recorded_by": by}, {"recorded_by": by, "recorded_at": NOW}

    def make(model, **fields):
        return getattr(models, model).objects.create(family=family, **fields)

    trajectory = Trajectory.objects.get(family=family)
    codes = CodeList.objects.create(slug="case_context", title_nl="x", basis="verified", source="x")
    code = CodeItem.objects.create(code_list=codes, code="x", label_nl="x", basis="verified", valid_from=TODAY)
    make("Admission", trajectory=trajectory, **by_hand)
    make("CaseContext", code=code, **since, **by_hand)
    make("ReadyToLeave", trajectory=trajectory, waits_for="housing", **since)
    make("NameVariant", person=client, name="Anders")
    make("ParentalAuthority", child=daan, holder=father, source="court", **since)
    make("Stay", person=client, place="shelter", **since)
    make("ChildContact", child=daan, kind="school", name="Juf", **since)
    make("ChildVoice", child=daan, words="Judo.", asked_by="Veerle", asked_on=TODAY, **by_hand)
    make("ReferralIndexStatus", child=daan, answer="registered", decided_on=TODAY, expires_on=TODAY, **by_hand)
    make("ChildProtectionMeasure", child=daan, kind=models.MeasureForChild.values[0], **since)
    make("SafeContact", person=client, confirmed_on=TODAY, **by_hand)
    measure = make("ProtectiveMeasure", kind="contact_ban", **since, **by_hand)
    make("MeasureScope", measure=measure, person=daan)
    other = factories.family()
    make("Merge", merged=other, merged_reference="x", reason="x", moved={}, changed={}, merged_by=by, merged_at=NOW)
    make("Relationship", person=father, other=client, kind=models.RelationshipKind.values[0], **since)
    make("Perpetrator", person=father, **at_once)
    decision = make("ParentInvolvement", parent=father, involved="later", **at_once)
    make("ContactArrangement", child=daan, parent=father, decision=decision, what="x", **since, **by_hand)
    make("HelpConsent", child=daan, holder=father, help="x", asked_on=TODAY, **by_hand)
    make(
        "NetworkMember", name="Oma", relation="relative", support=["signals"], strength=1, knows_address="no",
        **since, **by_hand,
    )  # fmt: skip
    place = make("ProtectedPlace", person=client, kind="address", entered_by=by, entered_at=NOW)
    later = NOW + timedelta(days=1)
    make("ProtectedGrant", place=place, user=by, reason="x", granted_by=by, starts_at=NOW, ends_at=later)
    make("ProtectedReveal", place=place, user=by, reason="x", revealed_at=NOW)
    if not models.RegisseurPeriod.objects.filter(family=family, ends_at=None).exists():
        factories.regisseur(family, by, world.shelter)
    ground = make("Ground", kind="statutory_task", law="wmo", article="x", discussed_on=TODAY, **at_once)
    make(
        "Consent", ground=ground, given_by=client, about=client, how="spoken", given_on=TODAY,
        ends_on=TODAY + timedelta(days=1),
    )  # fmt: skip
    told = {"ground": ground, "level": 1, "task": "wmo", "purpose": "x", "starts_at": NOW, "ends_at": later}
    make("Share", organisation=world.team, opened_at=NOW, **told)
    make("Share", organisation=world.school, **told)
    make("NotShared", organisation=world.school, by_partner=True, because="no_ground", on_day=TODAY, **at_once)
    make("IssuedPaper", paper="x", number="ABCD-EFGH", issued_by=by, issued_at=NOW)


def go_against(name):
    if name in WRONG:
        model, which, changes = WRONG[name]
        row = getattr(models, model).objects.filter(**which).order_by("pk")[0]
        if "municipality" in changes:
            changes = changes | {"municipality": row.organisation.municipality}
        type(row).objects.filter(pk=row.pk).update(**changes)
        return
    model, which = TWICE[name]
    row = getattr(models, model).objects.filter(**which).order_by("pk")[0]
    row.pk = uuid4()
    row._state.adding = True
    row.save(force_insert=True)


def test_each_constraint_refuses_the_row_that_goes_against_it(everything):
    every = {
        constraint.name for model in apps.get_app_config("cases").get_models() for constraint in model._meta.constraints
    }
    assert every == set(WRONG) | set(TWICE)
    for name in sorted(every):
        with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
            go_against(name)

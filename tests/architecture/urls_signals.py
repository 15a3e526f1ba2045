"""Who gets which page about signals. The visitors are those of test_urls, in its order."""

FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
REPORTER = [302, 302, 200, 200, 404, 200, 200, 200]
NOT_FOR_THEM = [302, 302, 404, 404, 404, 404, 404, 404]
NO_POST = [302, 302, 405, 405, 405, 405, 405, 405]
EXPECTED = {
    "signals:report": {"get": REPORTER, "post": REPORTER},  # empty: the form again
    "signals:own": {"get": REPORTER, "post": NO_POST},
    # Of a reporter of another organisation.
    "signals:receipt": {"get": NOT_FOR_THEM, "post": NO_POST},
    "signals:signals": {"get": REPORTER, "post": NO_POST},
    "signals:signal": {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": NO_POST},
    "signals:take_up": {"get": NO_POST, "post": [302, 302, 404, 404, 404, 404, 404, 302]},
    "signals:judge": FORM,
    "signals:take_step": FORM,
    "signals:ask_advice": FORM,
    "signals:report_to_veilig_thuis": FORM,
    "signals:record_answer": FORM,
    "signals:answer_question": FORM,
    "signals:decide": FORM,
    "signals:name_persons": FORM,
    "signals:tell_police": FORM,
    "signals:tell_police_about": FORM,
    "signals:monitoring": FORM,
    "signals:of_family": {"get": FORM["get"], "post": NO_POST},
    "signals:report_paper": {"get": FORM["get"], "post": NO_POST},
    "signals:received_report": {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM},
    "signals:ask_address": {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM},
    "signals:address_requests": {"get": FORM["get"], "post": NO_POST},
    "signals:answer_address_request": FORM,
    # For everybody who signs in.
    "signals:knowledge": {"get": [302, 302, 200, 200, 200, 200, 200, 200], "post": NO_POST},
    "signals:knowledge_page": {"get": [302, 302, 200, 200, 200, 200, 200, 200], "post": NO_POST},
    "signals:write_knowledge": {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM},
    "signals:own_questions": {"get": [302, 302, 200, 200, 200, 200, 200, 200], "post": NO_POST},
    "signals:ask_expertise": {"get": REPORTER, "post": REPORTER},
    "signals:give_back": FORM,
    "signals:decide_reopening": FORM,
    # Of who is on duty at a municipality; the visitors are not.
    "signals:desk": {"get": NOT_FOR_THEM, "post": NO_POST},
    "signals:at_desk": {"get": NOT_FOR_THEM, "post": NO_POST},
    "signals:take_up_at_desk": {"get": NO_POST, "post": NOT_FOR_THEM},
    "signals:judge_at_desk": {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM},
    "signals:choose": {"get": NO_POST, "post": NOT_FOR_THEM},
    # Of who works at Veilig Thuis or at a shelter; in this cast the shelter's workers. The question was not theirs.
    "signals:advice_to_answer": {"get": [302, 302, 404, 200, 404, 200, 404, 200], "post": NO_POST},
    "signals:give_advice": {"get": NOT_FOR_THEM, "post": NOT_FOR_THEM},
}


def signal(world):
    """A routed signal about the family of `world`, reported by a school."""
    from uuid import uuid4

    from signals.models import Signal
    from tests import factories

    school = factories.organisation(kind="school_primary")
    return Signal.objects.create(
        number="S-TEST2345",
        token=uuid4(),
        reported_by=factories.user("signaller", at=school),
        organisation=school,
        reported_at=factories.NOW,
        child_name="Daan",
        child_born_on=factories.NOW.date(),
        acute="no",
        kind="facts",
        what_seen="Huilde.",
        callback_phone="088 000 04 56",
        family=world.family,
        routed_at=factories.NOW,
    )


def report(world):
    from signals.models import VeiligThuisReport
    from tests import factories

    return VeiligThuisReport.objects.create(
        family=world.family,
        signal=signal(world),
        to_organisation=factories.organisation(kind="veilig_thuis"),
        number="M-TEST2345",
        facts="Huilde.",
        reported_by=world.worker,
        reported_at=factories.NOW,
    )


def address_request(world):
    from signals.models import AddressRequest
    from tests import factories

    made = report(world)
    return AddressRequest.objects.create(
        family=world.family, report=made, asked_by=world.worker, asked_at=factories.NOW, because="Huisbezoek."
    )


def advice(world):
    from signals.models import AdviceRequest
    from tests import factories

    return AdviceRequest.objects.create(
        from_organisation=world.shelter,
        to_organisation=factories.organisation(kind="veilig_thuis"),
        question="Wat nu?",
        asked_by=world.worker,
        asked_at=factories.NOW,
    )


def to_reopen(world):
    """A signal about a family that was closed, with the proposal to open it again."""
    from signals.models import Reopening
    from tests import factories

    made = signal(world)
    Reopening.objects.create(family=world.family, about_id=made.pk, proposed_at=factories.NOW)
    return made


def candidate(world):
    from signals.models import SignalCandidate
    from tests import factories

    made = signal(world)
    found = SignalCandidate.objects.create(
        about_id=made.pk,
        family=world.family,
        reference=world.family.reference,
        fit="same",
        found_at=factories.NOW,
    )
    return [made.pk, found.pk]


def knowledge_page():
    from signals.models import KnowledgePage
    from tests import factories

    return KnowledgePage.objects.get_or_create(
        kind=None,
        replaced_at=None,
        defaults={"title": "Titel", "signs": "x", "what_to_do": "y", "written_at": factories.NOW},
    )[0].pk


ABOUT_A_SIGNAL = ["receipt", "signal", "take_up", "judge", "take_step", "ask_advice", "report_to_veilig_thuis"]
ABOUT_A_SIGNAL += ["answer_question", "decide", "name_persons", "tell_police"]
ABOUT_A_SIGNAL += ["give_back", "at_desk", "take_up_at_desk", "judge_at_desk"]
ARGUMENTS = {
    **{f"signals:{name}": lambda world: [signal(world).pk] for name in ABOUT_A_SIGNAL},
    "signals:decide_reopening": lambda world: [to_reopen(world).pk],
    "signals:choose": candidate,
    **{f"signals:{name}": lambda world: [world.family.pk] for name in ("tell_police_about", "monitoring", "of_family")},
    "signals:report_paper": lambda world: [report(world).pk],
    "signals:received_report": lambda world: [report(world).pk],
    "signals:ask_address": lambda world: [report(world).pk],
    "signals:address_requests": lambda world: [world.family.pk],
    "signals:answer_address_request": lambda world: [address_request(world).pk],
    "signals:knowledge_page": lambda world: [knowledge_page()],
    "signals:write_knowledge": lambda world: [knowledge_page()],
    "signals:record_answer": lambda world: [report(world).pk],
    "signals:give_advice": lambda world: [advice(world).pk],
}

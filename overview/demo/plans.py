"""The plans of the demonstration: one in the shelter, one on its way for months with what got stuck."""

from datetime import date, timedelta

from aftercare.models import Channel, FeelsSafe, HelpRunning, HelpState, Initiative, Outcome, YesNo
from aftercare.operations import Answers, Attempt, BroughtUp, record_check_in
from cases.models import Person, Place
from cases.operations import NewPerson, enter_person
from family_plans import operations as plans
from family_plans.models import (
    DOMAINS,
    HELP_KINDS,
    HELP_LAWS,
    MATRIX_DOMAINS,
    SUB_DOMAINS,
    Cause,
    DebtSituation,
    FamilyPlan,
    FindingKind,
    GoalResult,
    GoalTemplate,
    HelpLine,
    Occasion,
    Phase,
    RelianceLevel,
    Solution,
    Stagnation,
)
from organisations.models import CodeItem, Organisation
from overview.demo.steps import Story, as_in_the_browser


def _code(slug: str, code: str) -> CodeItem:
    return CodeItem.objects.select_related("parent").get(code_list__slug=slug, code=code)


def _child(story: Story, place: int = 0) -> Person:
    return Person.objects.filter(family=story.family, place=Place.CHILD).order_by("born_on")[place]


def _goal(story: Story, plan: FamilyPlan, domain: CodeItem, aim: str, problem: str, **fields: object) -> plans.NewGoal:
    defaults: dict[str, object] = {
        "phase": Phase.AFTER_DEPARTURE,
        "responsible": story.worker,
        "due_on": story.day(-60),
    }
    return plans.NewGoal(domain=domain, aim=aim, problem=problem, **(defaults | fields))  # type: ignore[arg-type]


def write_plan_together(story: Story) -> None:
    """In the shelter: what she wants, what goes well, a goal for herself and one for her daughter, and help asked."""
    by, at = story.worker, story.ago(20)
    with as_in_the_browser(by):
        plan = plans.start_plan(
            story.family, own_words="Ik wil een eigen huis, en dat de kinderen weer slapen.", by=by, at=at
        )
        plans.name_way_of_working(plan, words="Krachtwerk", by=by)
        plans.note_finding(
            plan,
            kind=FindingKind.STRENGTH,
            domain=_code(DOMAINS, "finances"),
            text="Zij houdt haar uitgaven zelf bij.",
            about=story.client,
            by=by,
            at=at,
        )
        plans.note_finding(
            plan,
            kind=FindingKind.NEED,
            domain=_code(SUB_DOMAINS, "trauma_and_behaviour"),
            text="Slaapt slecht en schrikt van harde stemmen.",
            about=_child(story, 1),
            by=by,
            at=at,
        )
        rest = plans.set_goal(
            plan,
            _goal(
                story,
                plan,
                _code(SUB_DOMAINS, "trauma_and_behaviour"),
                "Weer een nacht doorslapen.",
                "Wordt elke nacht wakker.",
                about=_child(story, 1),
                own_words="Ik wil niet meer bang zijn in het donker.",
                phase=Phase.IN_SHELTER,
            ),
            by=by,
            at=at,
        )
        plans.agree_action(
            rest, what="Elke avond hetzelfde ritje.", responsible=story.client, due_on=story.day(-7), by=by, at=at
        )
        template = GoalTemplate.objects.get(slug="debts_before_departure")
        plans.use_template(plan, template, domain=_code(SUB_DOMAINS, "debts"), by=by, at=at)
        plans.agree_plan(plan, on=story.day(15), by=by, at=story.ago(15))
        plans.record_income(
            story.family,
            plans.Income(occasion="intake", kind="benefit", earlier_until=story.day(41), applied_on=story.day(36)),
            by=by,
            at=at,
        )
        _assess(story, Occasion.INTAKE, story.day(30), {"01": (2, 3), "04": (1, 2), "11": (2, 2)})


def carry_on_after_the_move(story: Story) -> None:
    """Months later: agreements kept and late, help that waits too long, a gap in the income, and who is asked."""
    organisations = {name: story.cast.organisations[name] for name in ("Schuldhulp Het Kompas", "Praktijk Windstil")}
    by = story.worker
    with as_in_the_browser(by):
        plan = plans.start_plan(
            story.family, own_words="Rust in huis en geen brieven meer van incasso.", by=by, at=story.ago(95)
        )
        _goals(story, plan, organisations["Schuldhulp Het Kompas"])
        _help(story, organisations)
        _income_and_housing(story)
        plans.choose_route(
            plan,
            starts_on=story.day(130),
            months=9,
            focus=[_code(DOMAINS, "finances"), _code(DOMAINS, "family")],
            by=by,
            at=story.ago(94),
        )
        for days, level, mark in ((120, RelianceLevel.PROFESSIONAL, 3), (30, RelianceLevel.WITH_HELP, 6)):
            plans.assess_self_reliance(
                story.family,
                domain=_code(DOMAINS, "finances"),
                level=level,
                own_score=mark,
                on=story.day(days),
                by=by,
                at=story.ago(days),
            )
        _assess(story, Occasion.DEPARTURE, story.day(125), {"01": (2, 2), "04": (2, 3), "06": (2, 2), "11": (1, 2)})
        _assess(story, Occasion.IN_BETWEEN, story.day(30), {"01": (3, 4), "04": (4, 4), "06": (2, 3), "11": (3, 3)})
        plans.count_network(story.family, on=story.day(125), size=1, by=by, at=story.ago(125))
        plans.count_network(story.family, on=story.day(20), size=3, by=by, at=story.ago(20))
        _father(story)
    _push(story, organisations["Schuldhulp Het Kompas"])
    _hear_that_it_stopped(story, organisations["Praktijk Windstil"])


def _goals(story: Story, plan: FamilyPlan, debt_help: Organisation) -> None:
    by, at = story.worker, story.ago(90)
    source = plans.name_source(
        plan, organisation=debt_help, title="Plan van aanpak schulden", made_on=story.day(92), by=by, at=at
    )
    debts = plans.set_goal(
        plan,
        _goal(
            story,
            plan,
            _code(SUB_DOMAINS, "debts"),
            "Een regeling voor alle schulden.",
            "Negen schuldeisers.",
            own_words="Ik wil de deur weer open durven doen voor de post.",
            source=source,
        ),
        by=by,
        at=at,
    )
    plans.add_participant(debts, who=debt_help, task="Maakt de lijst van schuldeisers.", by=by, at=at)
    letters = plans.agree_action(
        debts, what="Alle post in één map.", responsible=story.client, due_on=story.day(80), by=by, at=at
    )
    plans.complete_action(letters, by=by, at=story.ago(82))
    plans.agree_action(debts, what="Bellen over de pauze.", responsible=by, due_on=story.day(6), by=by, at=at)
    network = plans.use_template(
        plan, GoalTemplate.objects.get(slug="network"), domain=_code(SUB_DOMAINS, "social_network"), by=by, at=at
    )
    plans.hold_conference(
        plan,
        held_on=story.day(25),
        discussed="De schulden, de school en wie er meekijkt.",
        attendees=[by, story.client, debt_help, "zus van de cliënt"],
        decisions=[
            plans.Decided(network, "Samen naar het buurthuis.", story.client, story.day(-5)),
            plans.Decided(debts, "De pauze schriftelijk vragen.", debt_help, story.day(-3)),
        ],
        by=by,
        at=story.ago(25),
    )
    school = plans.set_goal(
        plan,
        _goal(
            story,
            plan,
            _code(DOMAINS, "education"),
            "Elke dag op tijd op school.",
            "Vaak te laat.",
            about=_child(story),
        ),
        by=by,
        at=at,
    )
    plans.record_result(school, result=GoalResult.ACHIEVED, words="Zes weken op tijd.", by=by, at=story.ago(15))


def _help(story: Story, organisations: dict[str, Organisation]) -> None:
    by = story.worker
    plans.ask_help(
        story.family,
        plans.Help(
            organisation=organisations["Schuldhulp Het Kompas"],
            kind=_code(HELP_KINDS, "debt_help"),
            domain=_code(SUB_DOMAINS, "debts"),
            law=_code(HELP_LAWS, "wgs"),
            person=story.client,
            asked_on=story.day(60),
            indicated_on=story.day(40),
        ),
        by=by,
        at=story.ago(40),
    )
    plans.ask_help(
        story.family,
        plans.Help(
            organisation=organisations["Praktijk Windstil"],
            kind=_code(HELP_KINDS, "trauma_treatment"),
            domain=_code(SUB_DOMAINS, "trauma_and_behaviour"),
            person=_child(story, 1),
            asked_on=story.day(160),
            intake_on=story.day(120),
            starts_on=story.day(100),
            planned_end_on=story.day(-40),
            fit="fits",
            drop_out_risk="some",
        ),
        by=by,
        at=story.ago(90),
    )


def _income_and_housing(story: Story) -> None:
    by = story.worker
    plans.record_income(
        story.family,
        plans.Income(
            occasion="move",
            kind="benefit",
            earlier_until=story.day(130),
            applied_on=story.day(128),
            decision="granted",
            decided_on=story.day(112),
            first_payment_on=story.day(108),
            tailored="asked",
            suwinet_on=story.day(126),
        ),
        by=by,
        at=story.ago(105),
    )
    plans.note_debts(story.family, situation=DebtSituation.SOME, on=story.day(60), by=by, at=story.ago(60))
    plans.record_housing(
        story.family,
        plans.Housing(
            ready_since=story.day(190),
            waits_for="dwelling",
            urgency="granted",
            requested_on=story.day(200),
            decided_on=story.day(180),
            preferred_because="network",
            condition="Begeleiding aannemen",
            condition_until=story.day(-200),
            consequence="Gesprek met de verhuurder",
            found_on=story.day(135),
        ),
        by=by,
        at=story.ago(100),
    )


def _assess(story: Story, occasion: Occasion, on: date, levels: dict[str, tuple[int, int]]) -> None:
    plans.record_assessment(
        story.client,
        occasion=occasion,
        on=on,
        scores=[plans.NewScore(_code(MATRIX_DOMAINS, code), level, own) for code, (level, own) in levels.items()],
        by=story.worker,
        at=story.now,
    )


def _father(story: Story) -> None:
    father = enter_person(
        story.family, Place.EX_PARTNER, NewPerson("Karim", "Haddad", causes_harm=True), by=story.worker
    )
    plans.record_treatment(
        father,
        organisation=story.cast.organisations["Centrum De Kade"],
        kind=_code(HELP_KINDS, "violence_treatment"),
        starts_on=story.day(70),
        ground="Zijn toestemming, gegeven in het overleg van het zorg- en veiligheidshuis",
        by=story.worker,
        at=story.ago(69),
    )


def _push(story: Story, debt_help: Organisation) -> None:
    """The allowances go to the municipality; the debt help is bound to answer, and does not."""
    by = story.worker
    with as_in_the_browser(by):
        gap = Stagnation.objects.get(family=story.family, source="income")
        plans.solve_stagnation(
            gap, by_means_of=Solution.TAILORED, solution="De gemeente gaf een voorschot.", by=by, at=story.ago(104)
        )
        allowances = plans.report_stagnation(
            story.family,
            domain=gap.domain,
            cause=Cause.MONEY,
            since=story.day(40),
            note="De toeslagen staan nog op het oude adres.",
            tried="Wijziging doorgegeven, daarna twee keer gebeld.",
            by=by,
            at=story.ago(20),
        )
        plans.escalate_stagnation(allowances, by=by, at=story.ago(3))
        line = HelpLine.objects.get(family=story.family, organisation=debt_help)
        stuck = plans.report_stagnation(
            story.family,
            domain=line.domain,
            cause=Cause.WAITING,
            since=line.asked_on + timedelta(days=28),
            note="Er is geen datum voor het eerste gesprek.",
            tried="Twee keer gebeld.",
            help_line=line,
            by=by,
            at=story.ago(30),
        )
        plans.bind_partner(
            stuck,
            to=debt_help,
            what="Op welke dag is het eerste gesprek?",
            answer_by=story.day(2),
            by=by,
            at=story.ago(9),
        )


def _hear_that_it_stopped(story: Story, practice: Organisation) -> None:
    """By phone she tells that the help for her son stopped: the conversation itself raises the stagnation."""
    at = story.ago(2)
    with as_in_the_browser(story.worker):
        record_check_in(
            story.trajectory,
            Attempt(at, Channel.PHONE, Initiative.OURS, Outcome.REACHED),
            answers=Answers(
                help_running=HelpRunning.NO,
                feels_safe=FeelsSafe.YES,
                plan_up_to_date=YesNo.YES,
                needs_support=YesNo.NO,
                own_words="Ze belden af en daarna hoorde ik niets meer.",
                safety_score=6,
            ),
            brought_up=BroughtUp(
                help_lines={HelpLine.objects.get(family=story.family, organisation=practice): HelpState.STOPPED}
            ),
            by=story.worker,
            at=at,
        )

"""Steps that fill a file of the demonstration in depth, each through the operation a caseworker would use."""

from datetime import timedelta

from aftercare.models import Enough
from aftercare.operations import close_trajectory
from cases import operations
from cases.models import (
    AroundChild,
    IndexAnswer,
    Involved,
    Knows,
    MeasureForChild,
    MeasureKind,
    NetworkRelation,
    ParentalAuthority,
    Person,
    Place,
    RelationshipKind,
    Strength,
    TrajectoryKind,
    WaitsFor,
)
from organisations.models import CodeItem, Municipality
from overview.demo.steps import Step, Story, as_in_the_browser


def _children(story: Story) -> list[Person]:
    return list(Person.objects.filter(family=story.family, place=Place.CHILD).order_by("born_on"))


def reach_safely(days_ago: int, phone: str = "06-00 00 00 01") -> Step:
    """How the client is reached, as confirmed with her or him some days ago."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            operations.confirm_safe_contact(
                story.client,
                operations.Reachable(
                    phone=phone,
                    may_call="yes",
                    may_text="no",
                    may_mail="no",
                    may_announce="no",
                    hours="Op werkdagen tussen 9 en 11 uur",
                ),
                confirmed_on=story.day(days_ago),
                by=story.worker,
                at=story.ago(days_ago),
            )

    return step


def around_the_children(story: Story) -> None:
    """School, own worker, what they say, and the referral index: of the youngest nothing is decided there yet."""
    with as_in_the_browser(story.worker):
        children = _children(story)
        school = story.cast.organisations["Basisschool De Papieren Vlieger"]
        for number, child in enumerate(children):
            operations.record_child_contact(
                child,
                operations.Around(AroundChild.SCHOOL, school, "de mentor"),
                starts_on=story.trajectory.starts_on,
                by=story.worker,
            )
            operations.hear_child(
                child,
                words="Ik wil dat het rustig blijft. En ik wil weer naar judo.",
                asked_by="Begeleider van de kinderen",
                asked_on=story.day(10),
                hidden_from_parents=number == 0,
                by=story.worker,
            )
        operations.record_child_contact(
            children[0],
            operations.Around(AroundChild.OWN_WORKER, name="Veerle Postma"),
            starts_on=story.trajectory.starts_on,
            by=story.worker,
        )
        operations.record_index_status(
            children[0], IndexAnswer.REGISTERED, decided_on=story.day(12), by=story.worker, at=story.ago(12)
        )


def about_the_father(story: Story) -> None:
    """What is known of him, that he is not involved for now, a ban that ends soon, and the question he was asked."""
    with as_in_the_browser(story.worker):
        father = Person.objects.get(family=story.family, place=Place.EX_PARTNER)
        children = _children(story)
        for child in children:
            operations.relate(father, RelationshipKind.PARENT, to=child, starts_on=None, by=story.worker)
        operations.describe_perpetrator(
            father,
            what_happened="Jarenlang bedreigd en gevolgd.",
            knows_address=Knows.NO,
            ways_to_find="Via zijn zus, en via de tablet van de oudste.",
            by=story.worker,
            at=story.ago(20),
        )
        operations.decide_involvement(
            father,
            Involved.YES,
            decision=operations.SafetyDecision(
                "Alleen per brief en via een vaste contactpersoon.", story.day(15), "Begeleider en gedragswetenschapper"
            ),
            contact_person="Begeleider van de vader",
            by=story.worker,
            at=story.ago(15),
        )
        operations.record_measure(
            story.family,
            operations.NewMeasure(
                MeasureKind.CONTACT_BAN,
                story.day(60),
                story.day(-20),
                father,
                protects=[story.client, *children],
                authority="De rechter",
            ),
            by=story.worker,
        )
        operations.record_measure(
            story.family,
            operations.NewMeasure(MeasureKind.AWARE, story.day(30), story.day(-150), authority="De politie"),
            by=story.worker,
        )
        operations.arrange_contact_with_parent(
            children[0],
            operations.Arrangement(
                "Eén uur per twee weken", story.day(-7), supervised_by="Begeleider omgang", conditions="Op kantoor."
            ),
            parent=father,
            despite_ban_because="De rechter staat dit uur toe, met begeleiding erbij.",
            by=story.worker,
        )
        held = ParentalAuthority.objects.filter(family=story.family, holder=father, ends_on=None).first()
        if held is not None:
            operations.ask_consent(
                held.child, holder=father, help_="Speltherapie", asked_on=story.day(6), by=story.worker
            )


def seen_at_admission(story: Story) -> None:
    """The picture at admission, closed: it goes along when the family is handed over."""
    with as_in_the_browser(story.worker):
        operations.describe_admission(
            story.trajectory,
            operations.Picture(
                place="crisis",
                outside_because="safety",
                income="stopped",
                debts="yes",
                why_now="Na een nacht vol dreigementen.",
                background="Schulden uit de relatie, weinig slaap, weinig mensen om hen heen.",
                needs="Rust, inkomen, een school.",
            ),
            origin=Municipality.objects.get(name="Deventer"),
            freeze=True,
            by=story.worker,
            at=story.ago(30),
        )


def came_in(story: Story) -> None:
    """Since when they could leave, and who is around them."""
    with as_in_the_browser(story.worker):
        trajectory = story.trajectory
        operations.mark_ready(trajectory, waits_for=WaitsFor.HOUSING, starts_on=story.day(9), by=story.worker)
        operations.add_to_network(
            story.family,
            operations.NewMember(
                "Tante Ria",
                NetworkRelation.RELATIVE,
                ["signals", "emotional"],
                Strength.STRONG,
                Knows.NO,
                task="Belt elke zondag",
            ),
            starts_on=story.day(25),
            by=story.worker,
        )


def honour_plays_a_part(story: Story) -> None:
    """So a relative is no support before somebody looked at it, as was done with the aunt."""
    with as_in_the_browser(story.worker):
        code = CodeItem.objects.get(code_list__slug="case_context", code="honour_related_violence")
        operations.note_context(story.family, code, starts_on=story.day(11), by=story.worker)
        operations.add_to_network(
            story.family,
            operations.NewMember(
                "Tante Sevgi",
                NetworkRelation.RELATIVE,
                ["emotional"],
                Strength.FAIR,
                Knows.NO,
                reviewed_because="Els sprak haar alleen. Zij heeft met de rest van de familie geen contact.",
            ),
            starts_on=story.day(6),
            by=story.worker,
        )


def put_out_of_the_house(story: Story) -> None:
    """The other parent was put out of the house for ten days, and they end soon."""
    with as_in_the_browser(story.worker):
        father = operations.enter_person(
            story.family, Place.EX_PARTNER, operations.NewPerson("Kerem", "Aksoy", causes_harm=True), by=story.worker
        )
        order = operations.NewMeasure(
            MeasureKind.EXCLUSION_ORDER, story.day(8), against=father, authority="De burgemeester"
        )
        operations.record_measure(story.family, order, by=story.worker)


def another_own_worker(days_ago: int) -> Step:
    """The child got another worker of its own at the departure, for a reason."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            (child, *_others) = _children(story)
            starts = (
                (story.trajectory.starts_on, "Veerle Postma", ""),
                (
                    story.day(days_ago),
                    "Tess Noordhof",
                    "Veerle werkt alleen in de opvang. Zij hebben samen afscheid genomen.",
                ),
            )
            for starts_on, name, because in starts:
                around = operations.Around(AroundChild.OWN_WORKER, name=name)
                operations.record_child_contact(child, around, starts_on=starts_on, because=because, by=story.worker)

    return step


def came_back(closed_days_ago: int, days_ago: int) -> Step:
    """The first trajectory was closed after its year; now there is help at home, without a stay."""

    def step(story: Story) -> None:
        with as_in_the_browser(story.worker):
            close_trajectory(
                story.trajectory,
                enough=Enough.SUFFICIENT,
                enough_because="Het gezin redt zich en weet wie het kan bellen.",
                regisseur_after="Het wijkteam blijft bereikbaar.",
                by=story.worker,
                at=story.ago(closed_days_ago),
            )
            operations.start_trajectory(
                story.family,
                kind=TrajectoryKind.AMBULANT,
                organisation=story.cast.organisations["Wijkteam Oeverwijk"],
                starts_on=story.day(days_ago),
                by=story.worker,
                at=story.ago(days_ago),
            )

    return step


def under_supervision(story: Story) -> None:
    """A measure of the juvenile court for the youngest: its worker is proposed as regisseur."""
    with as_in_the_browser(story.worker):
        operations.record_protection_measure(
            _children(story)[-1],
            operations.CourtMeasure(
                MeasureForChild.SUPERVISION,
                story.day(5),
                story.day(5) + timedelta(days=365),
                institution="Jeugdbescherming Demoregio",
                worker_name="Gea Smit",
                worker_phone="088-000 00 21",
            ),
            by=story.worker,
        )

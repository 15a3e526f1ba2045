"""The families of the demonstration, each at another place of the story. `docs/demo.md` says which shows which step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from aftercare.models import HelpRunning
from cases.models import Family, Level
from cases.operations import NewPerson, open_family
from overview.demo import file, handover, plans, safety, steps, upkeep
from overview.demo.people import Cast
from overview.demo.protected import protect_a_place
from overview.demo.steps import Step, Story, as_in_the_browser
from safety_plans.models import Moment


@dataclass(frozen=True)
class Opening:
    """How a family of the demonstration comes in, what it shows, and the steps it has taken since."""

    by: str
    shelter: str
    client: NewPerson
    children: tuple[NewPerson, ...]
    days_ago: int
    shows: str
    steps: tuple[Step, ...] = ()


def openings(today: date) -> tuple[Opening, ...]:
    """Return the families, as of `today`: the demonstration is always about now."""

    def born(years: int, month: int, day: int) -> date:
        return date(today.year - years, month, day)

    school = steps.share_with("Basisschool De Papieren Vlieger", Level.ALERT)
    return (
        Opening(
            "els",
            "De Haven",
            NewPerson("Marloes", "de Wit", born(34, 5, 2)),
            (NewPerson("Daan", "de Wit", born(8, 2, 11)), NewPerson("Sofie", "de Wit", born(15, 9, 30))),
            41,
            "1-3: file, risk and safety plan, grounds and shares",
            (
                steps.complete_the_file,
                protect_a_place,
                file.reach_safely(8),
                file.around_the_children,
                file.about_the_father,
                file.seen_at_admission,
                file.came_in,
                safety.assess_twice,
                safety.write_safety_plan,
                school,
                steps.share_with("Wijkteam Oeverwijk", Level.FILE, "ilse"),
                safety.confirmed_by("ilse", "Wijkteam Oeverwijk"),
                # With the whole plan: the signs in it stand beside the form when he shares a worry.
                steps.share_with("Scholengemeenschap Wijdblik", Level.SAFETY_PLAN, "mentor"),
                safety.confirmed_by("mentor", "Scholengemeenschap Wijdblik"),
                handover.supported_by("ilse", 1),
                handover.watched_by("juf", handover.SCHOOL, 1),
                plans.write_plan_together,
                upkeep.kept_up(but=2),
            ),
        ),
        Opening(
            "els",
            "De Haven",
            NewPerson("Aylin", "Yıldız", born(27, 11, 19)),
            (NewPerson("Emre", "Yıldız", born(3, 4, 7)),),
            12,
            "1: a file that has just been opened, in which honour plays a part",
            (file.honour_plays_a_part, file.put_out_of_the_house, upkeep.assessed(Moment.ADMISSION, 10)),
        ),
        Opening(
            "els",
            "De Haven",
            NewPerson("Aylin", "Yildiz", born(27, 11, 19)),
            (NewPerson("Emre", "Yildiz", born(3, 4, 7)),),
            1,
            "1: a second file about a family that is there already, to be put together",
        ),
        Opening(
            "noor",
            "Het Anker",
            NewPerson("Ruben", "Oosterhof", born(41, 1, 23)),
            (NewPerson("Lotte", "Oosterhof", born(9, 6, 14)), NewPerson("Bram", "Oosterhof", born(6, 3, 3))),
            20,
            "1: a father as client, a child under a supervision order",
            (
                file.reach_safely(19, "06-00 00 00 02"),
                file.under_supervision,
                upkeep.assessed(Moment.ADMISSION, 15),
                upkeep.kept_up(but=1),
            ),
        ),
        Opening(
            "els",
            "De Haven",
            NewPerson("Rosa", "Ferreira", born(30, 8, 17)),
            (NewPerson("Mila", "Ferreira", born(5, 10, 9)),),
            95,
            "4-5: departure planned, handover offered and not answered",
            (
                steps.client_has_authority,
                file.seen_at_admission,
                upkeep.assessed(Moment.ADMISSION, 88),
                steps.share_with("Wijkteam Oeverwijk", Level.FILE, "ilse"),
                steps.depart(-16),
                upkeep.settled(3, at_most=9),
                upkeep.kept_up(but=1),
                handover.agreed("Sloten vervangen", "Woonstichting", due_in=9, days_ago=5),
                handover.supported_by("ilse", 1),
                steps.offer_to_neighbourhood_team(1),
            ),
        ),
        Opening(
            "els",
            "De Haven",
            NewPerson("Femke", "Jansen", born(29, 12, 4)),
            (NewPerson("Tijn", "Jansen", born(7, 5, 21)),),
            150,
            "5-6: handed over, contacts planned for the year",
            (
                steps.client_has_authority,
                school,
                file.another_own_worker(45),
                upkeep.assessed(Moment.ADMISSION, 145, score=3),
                upkeep.assessed(Moment.DEPARTURE, 55),
                steps.depart(45),
                upkeep.settled(50),
                steps.offer_to_neighbourhood_team(50),
                steps.hand_over_to("samir", 48),
                handover.supported_by("ilse", 40, met=38),
                handover.watched_by("juf", handover.SCHOOL, 1),
                steps.spoke(36, score=5),
                steps.spoke(14, score=6),
                upkeep.kept_up(),
            ),
        ),
        Opening(
            "joris",
            "De Haven",
            NewPerson(
                "Naima", "El Khatib", born(37, 7, 28), language="Arabisch", needs_interpreter=True, reading="aloud"
            ),
            (NewPerson("Yara", "El Khatib", born(8, 1, 16)), NewPerson("Adam", "El Khatib", born(13, 9, 2))),
            260,
            "7-8: help that stopped, work that it opened",
            (
                steps.client_has_authority,
                school,
                upkeep.assessed(Moment.ADMISSION, 255, score=4),
                upkeep.assessed(Moment.DEPARTURE, 139, score=6),
                steps.depart(130),
                upkeep.settled(140),
                steps.offer_to_neighbourhood_team(140),
                steps.hand_over_to("samir", 137),
                steps.spoke(100),
                steps.spoke(40, score=6),
                upkeep.kept_up(),
                steps.spoke(6, score=5, help_running=HelpRunning.NO),
                plans.carry_on_after_the_move,
            ),
        ),
        Opening(
            "joris",
            "De Haven",
            NewPerson("Iris", "van Loon", born(32, 2, 26)),
            (NewPerson("Noud", "van Loon", born(4, 11, 11)),),
            230,
            "9: three contacts failed, out of sight is proposed",
            (
                steps.client_has_authority,
                upkeep.assessed(Moment.ADMISSION, 225),
                upkeep.assessed(Moment.DEPARTURE, 119),
                steps.depart(110),
                upkeep.settled(120),
                steps.offer_to_neighbourhood_team(120),
                steps.hand_over_to("samir", 118),
                steps.spoke(60),
                upkeep.kept_up(),
                steps.not_reached(9),
                steps.not_reached(6),
                steps.not_reached(2),
            ),
        ),
        Opening(
            "fatma",
            "De Lichtboei",
            NewPerson("Sanne", "Terlouw", born(45, 4, 1)),
            # Turns eighteen in two months: that is work (D2).
            (NewPerson("Jip", "Terlouw", today + timedelta(days=62) - relativedelta(years=18)),),
            430,
            "10: the watch runs on, a strippenkaart keeps the door open",
            (
                steps.client_has_authority,
                upkeep.assessed(Moment.ADMISSION, 425, score=4),
                upkeep.assessed(Moment.DEPARTURE, 334, score=6),
                steps.depart(330, aftercare_days=150),
                upkeep.settled(335),
                steps.offer_to_neighbourhood_team(335),
                steps.hand_over_to("ilse", 333),
                steps.spoke(200),
                steps.spoke(60),
                steps.spoke(10, score=8),
                upkeep.kept_up(),
                steps.give_strippenkaart,
            ),
        ),
        Opening(
            "fatma",
            "De Lichtboei",
            NewPerson("Joyce", "Maduro", born(36, 6, 12)),
            (NewPerson("Kay", "Maduro", born(10, 10, 3)),),
            860,
            "10: closed after its year, and back for help at home",
            (
                steps.client_has_authority,
                upkeep.assessed(Moment.ADMISSION, 855, score=4),
                upkeep.assessed(Moment.DEPARTURE, 762, score=7),
                steps.depart(760, aftercare_days=90),
                upkeep.settled(765),
                steps.offer_to_neighbourhood_team(765),
                steps.hand_over_to("ilse", 763),
                steps.spoke(640, score=7),
                steps.spoke(500, score=8),
                upkeep.kept_up(),
                file.came_back(380, 14),
            ),
        ),
    )


def load_families(cast: Cast, *, now: datetime) -> int:
    """Open the families that are not there yet, and walk each to its place in the story; return how many."""
    return sum(_load(opening, cast, now) for opening in openings(timezone.localdate(now)))


def _load(opening: Opening, cast: Cast, now: datetime) -> bool:
    client = opening.client
    if Family.objects.filter(persons__given_name=client.given_name, persons__surname=client.surname).exists():
        return False
    by, at = cast.people[opening.by], now - timedelta(days=opening.days_ago)
    with as_in_the_browser(by):
        family = open_family(
            organisation=cast.organisations[opening.shelter],
            client=client,
            children=opening.children,
            starts_on=timezone.localdate(at),
            by=by,
            at=at,
        )
    story = Story(cast, family, by, now)
    for step in opening.steps:
        step(story)
    return True
